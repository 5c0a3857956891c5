package io.autorecharge.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is stored about an account besides its balance, settings and payment method. Immutable; the methods return changed copies.
 *
 * @param consent the user's agreement; null when there is none
 * @param suspension the suspension by the system; null when there is none
 * @param declines definite declines in a row
 * @param retryAt end of the back-off; null when there is none
 * @param lastOpenedAt start of the last recharge; null before the first
 * @param enablingBonusAt when the bonus of the first enabling purchase was granted; null before
 * @param stampedCustomer the provider's customer that carries this installation's id; null when none is known to. An account is charged only
 *     through this customer
 * @param dueAt when to check the account next; null when nothing is due. This field is the queue of due accounts
 */
public record AccountState(
        @Nullable Consent consent,
        @Nullable Suspension suspension,
        int declines,
        @Nullable Instant retryAt,
        @Nullable Instant lastOpenedAt,
        @Nullable Instant enablingBonusAt,
        @Nullable String stampedCustomer,
        @Nullable Instant dueAt) {
    /** The state of a new account. */
    public static final AccountState INITIAL = new AccountState(null, null, 0, null, null, null, null, null);

    public AccountState withConsent(@Nullable Consent value) {
        return new AccountState(
                value, suspension, declines, retryAt, lastOpenedAt, enablingBonusAt, stampedCustomer, dueAt);
    }

    /** After one more decline: the count, and the back-off or suspension that follows. */
    public AccountState declined(int inARow, @Nullable Instant next, @Nullable Suspension stop) {
        return new AccountState(consent, stop, inARow, next, lastOpenedAt, enablingBonusAt, stampedCustomer, dueAt);
    }

    /** Suspended; the count of declines and the back-off stay. */
    public AccountState stopped(Suspension stop) {
        return new AccountState(
                consent, stop, declines, retryAt, lastOpenedAt, enablingBonusAt, stampedCustomer, dueAt);
    }

    /** Without suspension and back-off, with {@code inARow} declines still counted. */
    public AccountState resumed(int inARow) {
        return new AccountState(consent, null, inARow, null, lastOpenedAt, enablingBonusAt, stampedCustomer, dueAt);
    }

    public AccountState backingOffUntil(Instant at) {
        return new AccountState(
                consent, suspension, declines, at, lastOpenedAt, enablingBonusAt, stampedCustomer, dueAt);
    }

    public AccountState openedAt(Instant at) {
        return new AccountState(consent, suspension, declines, retryAt, at, enablingBonusAt, stampedCustomer, dueAt);
    }

    public AccountState enablingBonusAt(Instant at) {
        return new AccountState(consent, suspension, declines, retryAt, lastOpenedAt, at, stampedCustomer, dueAt);
    }

    /** The provider's customer carries this installation's id. */
    public AccountState stamped(String customer) {
        return new AccountState(consent, suspension, declines, retryAt, lastOpenedAt, enablingBonusAt, customer, dueAt);
    }

    public AccountState dueAt(@Nullable Instant at) {
        return new AccountState(
                consent, suspension, declines, retryAt, lastOpenedAt, enablingBonusAt, stampedCustomer, at);
    }
}
