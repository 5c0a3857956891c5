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
 * The port to the ledger: debits, grants, postings, balances and entries. A call joins the host's transaction on the calling thread, if
 * the adapter knows of one; otherwise it is a transaction of its own. Safe for use by many threads.
 *
 * <p>The shipped stores are ledgers themselves. A host whose balances live in another service or store implements this port and gives it
 * to
 * {@link io.autorecharge.AutoRecharge#builder(io.autorecharge.policy.RechargePolicy, RechargeStore, Ledger, io.autorecharge.gateway.Gateway)}
 * beside a store. Then a paid recharge first records its entries in the store, and {@link #post} delivers them here: at least once, in
 * order, each time with the same reference, from any node, never inside a transaction. Such an implementation
 *
 * <ul>
 * <li>applies every reference once for its account. An answer can get lost, so the same call may be repeated, also much later and by two
 * nodes at the same time. It returns what the first call returned.
 * <li>has durably written what it has confirmed: a {@link #balance} that begins after {@code post} has returned, on any node, includes
 * the entry. A lagging replica must not answer. If a balance lacks a purchase, the account is charged again, as often as cooldown and
 * limits allow.
 * <li>returns or throws within a time that it bounds itself, well below {@link io.autorecharge.policy.Timing#lease}. While it throws, its
 * accounts are not charged, and unconfirmed entries are delivered later.
 * <li>need not know thresholds: it may answer false to whether a debit crossed, since the library computes that from
 * {@link LedgerEntry#balanceAfter}.
 * </ul>
 *
 * <p>Report other changes of the balance by {@link io.autorecharge.AutoRecharge#balanceChanged}; otherwise the account's next check finds
 * them.
 */
public interface Ledger {
    /**
     * Removes credits, once per reference. When the balance goes from not low to low on an account that has auto-recharge on, the account
     * becomes due in the same transaction; if auto-recharge is enabled at the same time, the account becomes due too.
     *
     * <p>A debit that the balance does not cover is refused. If the account could be recharged ({@code Account.isRechargeable}), the answer says
     * so, and outside a transaction of the host the ledger remembers the debit ({@code RequestedCredits}) and makes the account due.
     *
     * @param thresholdInclusive whether a balance at the threshold is low
     * @param at the time of the entry, and from when the account is due
     * @throws io.autorecharge.credit.ReferenceConflictException if the reference was used for something else
     * @throws StoreException when the database fails; {@link StoreException#isRetryable} says whether the same call may work now
     */
    DebitResult debit(Debit debit, boolean thresholdInclusive, Instant at);

    /**
     * Adds credits, once per reference. An account with a charge that was announced becomes due in the same transaction: its balance may have
     * recovered.
     *
     * @return the entry; the existing one if the reference was used before
     * @throws io.autorecharge.credit.ReferenceConflictException if the reference was used for something else
     * @throws StoreException as for {@link #debit}
     */
    LedgerEntry grant(Grant grant, Instant at);

    /**
     * The smallest amount of credits that balances can hold: all amounts are multiples of it. {@link Credits#SMALLEST} unless the ledger is
     * coarser.
     */
    Credits smallest();

    /**
     * Applies an entry of the library, once per reference: paid credits, their bonus, or, with a negative amount, their removal after a
     * refund or dispute, which may make the balance negative.
     *
     * @return the entry; the existing one if the reference was used before
     * @throws io.autorecharge.credit.ReferenceConflictException if the reference was used for something else
     * @throws StoreException as for {@link #debit}
     */
    LedgerEntry post(AccountId account, Posting posting, Instant at);

    /** The current balance; zero for an unknown account. */
    Credits balance(AccountId account);

    /**
     * Entries of an account, newest first.
     *
     * @param beforeSequence only entries with a smaller sequence; {@link Long#MAX_VALUE} for the newest
     * @param limit the maximum number of entries, from 1 to 1000
     */
    List<LedgerEntry> entries(AccountId account, long beforeSequence, int limit);
}
