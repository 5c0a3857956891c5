package io.autorecharge.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the protocol remembers of an account beside its balance and settings.
 *
 * @param consent the user's agreement
 * @param suspension the system's stop
 * @param declines definite declines in a row
 * @param retryAt end of the back-off
 * @param lastOpenedAt start of the last recharge
 * @param enablingBonusAt when the bonus of the first enabling purchase was given
 * @param dueAt when to look at the account; null when nothing is due. The queue is this field
 */
public record AccountState(
        @Nullable Consent consent,
        @Nullable Suspension suspension,
        int declines,
        @Nullable Instant retryAt,
        @Nullable Instant lastOpenedAt,
        @Nullable Instant enablingBonusAt,
        @Nullable Instant dueAt) {
    /** Of an account that nothing ever happened to. */
    public static final AccountState INITIAL = new AccountState(null, null, 0, null, null, null, null);

    public AccountState withConsent(@Nullable Consent value) {
        return new AccountState(value, suspension, declines, retryAt, lastOpenedAt, enablingBonusAt, dueAt);
    }

    /** One more decline, and what follows from it. */
    public AccountState declined(int inARow, @Nullable Instant next, @Nullable Suspension stop) {
        return new AccountState(consent, stop, inARow, next, lastOpenedAt, enablingBonusAt, dueAt);
    }

    /** Stopped; what declines led to is kept. */
    public AccountState stopped(Suspension stop) {
        return new AccountState(consent, stop, declines, retryAt, lastOpenedAt, enablingBonusAt, dueAt);
    }

    /** No stop and no back-off; {@code inARow} declines are still remembered. */
    public AccountState resumed(int inARow) {
        return new AccountState(consent, null, inARow, null, lastOpenedAt, enablingBonusAt, dueAt);
    }

    public AccountState backingOffUntil(Instant at) {
        return new AccountState(consent, suspension, declines, at, lastOpenedAt, enablingBonusAt, dueAt);
    }

    public AccountState openedAt(Instant at) {
        return new AccountState(consent, suspension, declines, retryAt, at, enablingBonusAt, dueAt);
    }

    public AccountState enablingBonusAt(Instant at) {
        return new AccountState(consent, suspension, declines, retryAt, lastOpenedAt, at, dueAt);
    }

    public AccountState dueAt(@Nullable Instant at) {
        return new AccountState(consent, suspension, declines, retryAt, lastOpenedAt, enablingBonusAt, at);
    }
}
