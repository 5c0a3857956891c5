package io.autorecharge.account;

import java.time.Instant;
import java.util.function.Consumer;
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
 * @param requested what a refused debit needs; null when none was refused
 * @param notSavedSince since when a purchase has promised to save a payment method and saved none; null when one was saved since, or none
 *     was promised
 * @param backups how many payment methods the account has beside its primary one
 * @param consents how many {@link ConsentRecord}s the account has
 * @param rules what the user decided besides the settings
 * @param announced the charge that was announced and not made yet; null when there is none
 * @param unused whether nothing was used since the last paid recharge, which left a balance that was not low. Kept by the store: false after the
 *     next ledger entry, and wherever others may change the balance
 * @param usage how fast the account uses its credits; null with a fixed threshold, and before it was measured
 * @param grace the grace after a decline, also after its end; null when there was none since the last payment
 */
public record AccountState(
        @Nullable Consent consent,
        @Nullable Suspension suspension,
        int declines,
        @Nullable Instant retryAt,
        @Nullable Instant lastOpenedAt,
        @Nullable Instant enablingBonusAt,
        @Nullable String stampedCustomer,
        @Nullable Instant dueAt,
        @Nullable RequestedCredits requested,
        @Nullable Instant notSavedSince,
        int backups,
        int consents,
        UserRules rules,
        @Nullable Announcement announced,
        boolean unused,
        @Nullable Usage usage,
        @Nullable Grace grace) {
    /**
     * Without a refused debit, a purchase that saved no payment method, backups, records of agreements, rules of the user, an announced
     * charge, measured use, and a grace.
     */
    public AccountState(
            @Nullable Consent consent,
            @Nullable Suspension suspension,
            int declines,
            @Nullable Instant retryAt,
            @Nullable Instant lastOpenedAt,
            @Nullable Instant enablingBonusAt,
            @Nullable String stampedCustomer,
            @Nullable Instant dueAt) {
        this(
                consent,
                suspension,
                declines,
                retryAt,
                lastOpenedAt,
                enablingBonusAt,
                stampedCustomer,
                dueAt,
                null,
                null,
                0,
                0,
                UserRules.NONE,
                null,
                false,
                null,
                null);
    }

    /** The state of a new account. */
    public static final AccountState INITIAL = new AccountState(null, null, 0, null, null, null, null, null);

    public AccountState withConsent(@Nullable Consent value) {
        return changed(it -> it.consent = value);
    }

    /** With a record of what the user agrees to, or no longer does. */
    public AccountState recorded(@Nullable Consent value, int records) {
        return changed(it -> {
            it.consent = value;
            it.consents = records;
        });
    }

    /** After one more decline: the count, and the back-off or suspension that follows. */
    public AccountState declined(int inARow, @Nullable Instant next, @Nullable Suspension stop) {
        return changed(it -> {
            it.suspension = stop;
            it.declines = inARow;
            it.retryAt = next;
        });
    }

    /** Suspended; the count of declines and the back-off stay. */
    public AccountState stopped(Suspension stop) {
        return changed(it -> it.suspension = stop);
    }

    /** Without suspension and back-off, with {@code inARow} declines still counted. */
    public AccountState resumed(int inARow) {
        return changed(it -> {
            it.suspension = null;
            it.declines = inARow;
            it.retryAt = null;
        });
    }

    public AccountState backingOffUntil(Instant at) {
        return changed(it -> it.retryAt = at);
    }

    public AccountState openedAt(Instant at) {
        return changed(it -> it.lastOpenedAt = at);
    }

    public AccountState enablingBonusAt(Instant at) {
        return changed(it -> it.enablingBonusAt = at);
    }

    /** The provider's customer carries this installation's id. */
    public AccountState stamped(@Nullable String customer) {
        return changed(it -> it.stampedCustomer = customer);
    }

    public AccountState dueAt(@Nullable Instant at) {
        return changed(it -> it.dueAt = at);
    }

    /** After a debit was refused, or with null after it was covered or expired. */
    public AccountState requesting(@Nullable RequestedCredits value) {
        return changed(it -> it.requested = value);
    }

    /** After a purchase saved no payment method although it was to save one, or with null after one was saved. */
    public AccountState notSaved(@Nullable Instant since) {
        return changed(it -> it.notSavedSince = since);
    }

    /** With another number of backups, which a store keeps when it saves the list. */
    public AccountState backups(int number) {
        return changed(it -> it.backups = number);
    }

    public AccountState withRules(UserRules value) {
        return changed(it -> it.rules = value);
    }

    /** After a charge was announced, or with null after it was made or withdrawn. */
    public AccountState announced(@Nullable Announcement value) {
        return changed(it -> it.announced = value);
    }

    /** After a paid recharge that has left enough, with true; a ledger entry makes it false by itself. */
    public AccountState unused(boolean value) {
        return changed(it -> it.unused = value);
    }

    /** After the use of credits was measured, or with null where it does not matter. */
    public AccountState using(@Nullable Usage value) {
        return changed(it -> it.usage = value);
    }

    /** After a grace began or ended, or with null after a payment that permits another one. */
    public AccountState grace(@Nullable Grace value) {
        return changed(it -> it.grace = value);
    }

    private AccountState changed(Consumer<Change> change) {
        Change copy = new Change(this);
        change.accept(copy);
        return copy.made();
    }

    /** A copy that one call changes. */
    private static final class Change {
        private @Nullable Consent consent;
        private @Nullable Suspension suspension;
        private int declines;
        private @Nullable Instant retryAt;
        private @Nullable Instant lastOpenedAt;
        private @Nullable Instant enablingBonusAt;
        private @Nullable String stampedCustomer;
        private @Nullable Instant dueAt;
        private @Nullable RequestedCredits requested;
        private @Nullable Instant notSavedSince;
        private int backups;
        private int consents;
        private UserRules rules;
        private @Nullable Announcement announced;
        private boolean unused;
        private @Nullable Usage usage;
        private @Nullable Grace grace;

        private Change(AccountState from) {
            consent = from.consent;
            suspension = from.suspension;
            declines = from.declines;
            retryAt = from.retryAt;
            lastOpenedAt = from.lastOpenedAt;
            enablingBonusAt = from.enablingBonusAt;
            stampedCustomer = from.stampedCustomer;
            dueAt = from.dueAt;
            requested = from.requested;
            notSavedSince = from.notSavedSince;
            backups = from.backups;
            consents = from.consents;
            rules = from.rules;
            announced = from.announced;
            unused = from.unused;
            usage = from.usage;
            grace = from.grace;
        }

        private AccountState made() {
            return new AccountState(
                    consent,
                    suspension,
                    declines,
                    retryAt,
                    lastOpenedAt,
                    enablingBonusAt,
                    stampedCustomer,
                    dueAt,
                    requested,
                    notSavedSince,
                    backups,
                    consents,
                    rules,
                    announced,
                    unused,
                    usage,
                    grace);
        }
    }
}
