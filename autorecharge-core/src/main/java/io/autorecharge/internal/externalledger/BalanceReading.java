package io.autorecharge.internal.externalledger;

import io.autorecharge.credit.Credits;
import io.autorecharge.store.PendingPostings;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an external ledger reported before a transaction began.
 *
 * @param grants the account's unconfirmed grants before the ledger was asked
 * @param balance the reported balance; null if the ledger was not asked or did not report one
 * @param unknownUntil if it did not report one: when it is asked again
 */
record BalanceReading(
        PendingPostings grants,
        @Nullable Credits balance,
        @Nullable Instant unknownUntil) {
    /** With unconfirmed grants nothing is decided on the balance, so it is not read. */
    static BalanceReading missingGrants(PendingPostings grants) {
        return new BalanceReading(grants, null, null);
    }

    /** The balance is not needed; the account's next check reads it. */
    static BalanceReading notAsked(PendingPostings grants, Instant now) {
        return new BalanceReading(grants, null, now);
    }
}
