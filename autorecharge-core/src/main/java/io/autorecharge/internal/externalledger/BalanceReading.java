package io.autorecharge.internal.externalledger;

import io.autorecharge.credit.Credits;
import io.autorecharge.store.PendingGrants;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a ledger elsewhere said before a transaction began.
 *
 * @param grants what the account was owed before the ledger was asked
 * @param balance what it said; null when it was not asked or did not say
 * @param unknownUntil when it did not say: when it is asked again
 */
record BalanceReading(
        PendingGrants grants,
        @Nullable Credits balance,
        @Nullable Instant unknownUntil) {
    /** While something is owed the balance decides nothing, so it is not asked for. */
    static BalanceReading missingGrants(PendingGrants grants) {
        return new BalanceReading(grants, null, null);
    }
}
