package io.autorecharge.store;

import io.autorecharge.credit.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry for an external ledger: recorded in the transaction that settled its payment, then delivered until the ledger confirms it. The
 * posting's reference is its stable id.
 *
 * @param account the account that gets the entry
 * @param number 1, 2, 3 … within the account: the order of delivery
 * @param posting what is delivered; never changes
 * @param createdAt when it was recorded; delivered as the time of the entry
 * @param tries how often its delivery failed
 * @param deliverAt when to deliver it, unless the node that recorded it does so earlier
 * @param deliveredAt when the ledger confirmed it; null until then
 */
public record PendingPosting(
        AccountId account,
        long number,
        Posting posting,
        Instant createdAt,
        int tries,
        Instant deliverAt,
        @Nullable Instant deliveredAt) {
    /** The same grant after one more unconfirmed delivery. */
    public PendingPosting failed(Instant next) {
        return new PendingPosting(account, number, posting, createdAt, tries + 1, next, null);
    }

    /** The same grant, confirmed by the ledger. */
    public PendingPosting delivered(Instant at) {
        return new PendingPosting(account, number, posting, createdAt, tries, deliverAt, at);
    }
}
