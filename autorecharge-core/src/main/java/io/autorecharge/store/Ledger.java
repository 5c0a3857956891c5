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
 * The ledger as the host and the library's deliveries see it: what it takes, gives and reads. Joins the transaction that the host has open
 * on the calling thread, where the adapter knows of one; otherwise every call is a transaction of its own. Safe for use by many threads.
 *
 * <p>The shipped stores are ledgers themselves. A host whose balances live in another service or store implements this port and gives it to
 * {@link io.autorecharge.AutoRecharge#builder(io.autorecharge.policy.RechargePolicy, RechargeStore, Ledger, io.autorecharge.gateway.Gateway)}
 * beside a store. Then a paid recharge first writes what it owes into the store, and {@link #post} brings it here: at least once, in
 * order, each time with the same reference, from any node, never inside a transaction. Such an implementation
 *
 * <ul>
 *   <li>applies every reference once for its account. An answer can get lost, so the same call comes again, also much later and from two nodes at
 *       once; it is answered as the first was.
 *   <li>has written durably what it has answered, and shows it: a {@link #balance} that begins after {@code post} has returned, on whatever
 *       node, includes the entry. A replica that lags behind must not answer: from a balance that misses a purchase, the account would be
 *       charged again, as far as cooldown and limits allow.
 *   <li>answers or throws within a time that it bounds itself, well below {@link io.autorecharge.policy.Timing#lease}. While it throws nobody is
 *       charged; what is owed stays owed, and is delivered when it answers again.
 *   <li>need not know of thresholds: whether a debit crossed is found out from {@link LedgerEntry#balanceAfter}, and may be answered with
 *       false.
 * </ul>
 *
 * <p>What the library does not see happen here, it is told by {@link io.autorecharge.AutoRecharge#balanceChanged}, or finds when it looks again.
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
     * The smallest amount of credits that balances can hold: all amounts are multiples of it. {@link Credits#SMALLEST} unless the ledger is
     * coarser.
     */
    Credits smallest();

    /**
     * Applies an entry that the library owes, once for the posting's reference: credits that were paid for, their bonus, or, with a negative
     * amount, what is taken back; that may take the balance below zero.
     *
     * @return the entry, the first one when the reference was used before
     * @throws io.autorecharge.credit.ReferenceConflictException when the reference stands for something else
     * @throws StoreException as for {@link #debit}
     */
    LedgerEntry post(AccountId account, Posting posting, Instant at);

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
