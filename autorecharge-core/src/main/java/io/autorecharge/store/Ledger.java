package io.autorecharge.store;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import java.time.Instant;
import java.util.List;

/**
 * The host's side of the ledger: what it takes, gives and reads. Joins the transaction that the host has open on the calling thread, where
 * the adapter knows of one; otherwise every call is a transaction of its own. Safe for use by many threads.
 */
public interface Ledger {
    /**
     * Takes credits once for the debit's reference. When the balance goes from not low to low on an account that has auto-recharge on,
     * the account becomes due in the same transaction; enabling at the same time loses no wake-up.
     *
     * @param thresholdInclusive whether a balance at the threshold is low
     * @param at the time of the entry, and of becoming due
     * @throws io.autorecharge.credit.ReferenceConflictException when the reference stands for something else
     * @throws StoreException when the database fails; {@link StoreException#isRetryable} says whether the same call may work now
     */
    DebitResult debit(Debit debit, boolean thresholdInclusive, Instant at);

    /**
     * Adds credits once for the grant's reference.
     *
     * @return the entry, the first one when the reference was used before
     * @throws io.autorecharge.credit.ReferenceConflictException when the reference stands for something else
     * @throws StoreException as for {@link #debit}
     */
    LedgerEntry grant(Grant grant, Instant at);

    /**
     * The smallest amount of credits that balances can hold: all amounts are multiples of it. {@link Credits#SMALLEST} unless the host's
     * own column is coarser.
     */
    Credits smallest();

    /** Credits now; zero for an account that was never seen. */
    Credits balance(AccountId account);

    /**
     * Entries of an account, newest first.
     *
     * @param beforeSequence only entries with a smaller sequence; {@link Long#MAX_VALUE} to begin
     * @param limit at most so many, from 1 to 1000
     */
    List<LedgerEntry> entries(AccountId account, long beforeSequence, int limit);
}
