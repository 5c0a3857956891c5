package io.autorecharge.store;

import io.autorecharge.credit.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry that is owed to a ledger elsewhere: written in the transaction that settled its payment, then delivered until the ledger has
 * confirmed it. The posting's reference is its stable id.
 *
 * @param account whose
 * @param number 1, 2, 3 … within the account: the order of delivery
 * @param posting what is delivered, each time the same
 * @param createdAt when it was written; the time that is delivered with it
 * @param tries how often its delivery failed
 * @param deliverAt when to deliver it, unless its writer does so before
 * @param deliveredAt when the ledger confirmed it; null while it is owed
 */
public record PendingGrant(
        AccountId account,
        long number,
        Posting posting,
        Instant createdAt,
        int tries,
        Instant deliverAt,
        @Nullable Instant deliveredAt) {
    /** After one more delivery that was not confirmed. */
    public PendingGrant failed(Instant next) {
        return new PendingGrant(account, number, posting, createdAt, tries + 1, next, null);
    }

    /** Confirmed by the ledger. */
    public PendingGrant delivered(Instant at) {
        return new PendingGrant(account, number, posting, createdAt, tries, deliverAt, at);
    }
}
