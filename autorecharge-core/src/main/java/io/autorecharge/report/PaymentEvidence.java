package io.autorecharge.report;

import io.autorecharge.account.ConsentRecord;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.Recharge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a payment, for an answer to a dispute: what the customer agreed to, what was charged, what it bought, and what the customer
 * has used since. Immutable.
 *
 * @param account the account that paid
 * @param payment the provider's id of the payment
 * @param agreement the record of the agreement that the payment rests on, or that was in force when it was granted; null when there is none,
 *     for example for a purchase in a checkout by an account that never switched auto-recharge on
 * @param agreements all records of the account, oldest first: later changes, added cards and withdrawals too
 * @param recharge the automatic or requested recharge that was paid; null for a purchase in a checkout
 * @param attempts all attempts of that recharge in their order, with the card and the provider's id of each; empty for a checkout
 * @param purchase the entry of the paid credits, with its time and the balance afterwards
 * @param linked the bonus of the purchase, and what was removed or returned after a refund or dispute, oldest first
 * @param usage debits after the purchase, oldest first, at most {@link #MAX_USAGE}
 * @param debits how many debits there were after the purchase
 * @param used what they took in all
 */
public record PaymentEvidence(
        AccountId account,
        String payment,
        @Nullable ConsentRecord agreement,
        List<ConsentRecord> agreements,
        @Nullable Recharge recharge,
        List<Attempt> attempts,
        LedgerEntry purchase,
        List<LedgerEntry> linked,
        List<LedgerEntry> usage,
        long debits,
        Credits used) {
    /** The maximum number of debits that are listed. */
    public static final int MAX_USAGE = 1000;

    public PaymentEvidence {
        agreements = List.copyOf(agreements);
        attempts = List.copyOf(attempts);
        linked = List.copyOf(linked);
        usage = List.copyOf(usage);
    }
}
