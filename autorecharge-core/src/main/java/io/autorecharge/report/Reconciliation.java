package io.autorecharge.report;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link AutoRecharge#reconcileSince} read in the provider's payment history, and what it did.
 *
 * @param from the time from which the history was read
 * @param seen charges and checkouts of this installation; each is one of the next four or among the concerns
 * @param known those of which the database had the outcome
 * @param granted those that were paid, and whose credits were granted now
 * @param open those without an outcome; they are recorded, so that they block a second charge and are checked until they have one
 * @param unpaid those that took no money and no longer can
 * @param others charges and checkouts of the same time that do not belong to this installation
 * @param reversed payments of this installation whose refunds and disputes were settled, again or for the first time
 * @param concerns what a person must decide
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

    /** Whether the database now agrees with the payment history, and nothing is left for a person. */
    public boolean isComplete() {
        return concerns.isEmpty();
    }

    /**
     * Something that a person must decide; nothing was granted or changed for it.
     *
     * @param account the account in its metadata; null when there is none
     * @param reference the provider's id of the charge or checkout session; some ids, where another application has many
     * @param detail for operators; ids and amounts, no secrets
     */
    public record Concern(Reason reason, @Nullable AccountId account, String reference, String detail) {}

    /** Why a person must decide. */
    public enum Reason {
        /** It carries the library's metadata and cannot be read: the metadata was changed. */
        UNREADABLE,
        /** It is unknown here, and its metadata does not say what it pays for: grant it manually, or refund it. */
        TERMS_UNKNOWN,
        /**
         * It carries the id of another installation, which uses the same account at the provider: nothing to do. If it is a former id of this one,
         * confirm the installation under that id and reconcile again.
         */
        OTHER_INSTALLATION,
        /**
         * It carries no installation and is unknown here: another application created it, or this one before installations had ids. In that case,
         * grant it manually, or refund it.
         */
        UNCLAIMED,
        /** Its account is unknown here and not in the host's table: grant it when the account is back, or refund it. */
        ACCOUNT_UNKNOWN,
        /** The database refused its credits, for example because they do not fit. It is recorded, and the credits are tried again. */
        DOES_NOT_FIT,
        /** It is unknown here, and was paid by another customer than the account's. */
        OTHER_CUSTOMER,
        /** What was captured differs from the request, or was captured twice. */
        CAPTURE_DIFFERS,
        /** It has no outcome yet, and another recharge of its account is open: reconcile again when that one has ended. */
        RECHARGE_OPEN,
        /** The provider did not return its outcome: reconcile again. */
        NOT_ANSWERED,
        /** It was refunded or disputed, and the payment is unknown here. */
        PAYMENT_UNKNOWN,
        /** The provider no longer lists refunds and disputes before the reference, a time: use its dashboard. */
        REVERSALS_FORGOTTEN
    }
}
