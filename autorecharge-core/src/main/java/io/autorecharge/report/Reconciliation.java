package io.autorecharge.report;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link AutoRecharge#reconcileSince} read in the provider's books, and did.
 *
 * @param from since when the books were read
 * @param seen charges and pages of ours, each of which is one of the next four or among the concerns
 * @param known the database knew how they ended
 * @param granted were paid, and their credits were granted now
 * @param open are not decided: written down, so that they block a second charge and are looked at until they are
 * @param unpaid took no money and cannot any more
 * @param others charges and pages of the same time that are none of ours
 * @param reversed payments of ours whose refunds and disputes were settled, again or for the first time
 * @param concerns what needs a person
 */
public record Reconciliation(
        Instant from,
        int seen,
        int known,
        int granted,
        int open,
        int unpaid,
        int others,
        int reversed,
        List<Concern> concerns) {
    public Reconciliation {
        concerns = List.copyOf(concerns);
    }

    /** Whether the database now agrees with the provider's books, and nobody has to look. */
    public boolean isComplete() {
        return concerns.isEmpty();
    }

    /**
     * Something that a person must decide; nothing was granted or changed for it.
     *
     * @param account whose it is said to be; null when nobody says
     * @param reference the provider's id of the charge or page
     * @param detail for operators; ids and amounts, no secrets
     */
    public record Concern(Reason reason, @Nullable AccountId account, String reference, String detail) {}

    /** Why a person must look. */
    public enum Reason {
        /** It carries our marks and cannot be read: somebody changed its metadata. */
        UNREADABLE,
        /** It is not known here, and its metadata does not say what it pays for: grant it by hand, or refund it. */
        TERMS_UNKNOWN,
        /** Its account is not known here, and the host's table has none: grant it when the account is back, or refund it. */
        ACCOUNT_UNKNOWN,
        /** Its credits do not fit into the account's balance: make room, or refund it. */
        DOES_NOT_FIT,
        /** It is not known here, and was paid by another customer than the account's. */
        OTHER_CUSTOMER,
        /** What was captured differs from what was asked for, or was captured twice. */
        CAPTURE_DIFFERS,
        /** It is not decided, and another recharge of its account is open: reconcile again when that one has ended. */
        RECHARGE_OPEN,
        /** The provider did not tell what became of it: reconcile again. */
        NOT_ANSWERED,
        /** It was refunded or disputed, and no account here knows of the payment. */
        PAYMENT_UNKNOWN,
        /** The provider no longer tells of refunds and disputes before the reference, a time: look at its dashboard. */
        REVERSALS_FORGOTTEN
    }
}
