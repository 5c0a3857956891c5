package io.autorecharge.store;

import io.autorecharge.account.Account;
import io.autorecharge.account.AccountState;
import io.autorecharge.account.AgreedPackage;
import io.autorecharge.account.CardStop;
import io.autorecharge.account.ConsentRecord;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.Settings;
import io.autorecharge.account.UsageMark;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.policy.CardUse;
import io.autorecharge.policy.PastRecharge;
import io.autorecharge.policy.SpendingPeriod;
import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A transaction on one account, which holds that account's lock. All of its writes become visible together, or none does. Reads see the
 * transaction's own writes. Not thread-safe, and not to be used after the work that received it has returned.
 */
public interface AccountTransaction {
    /** The account as it is now, including this transaction's own writes. */
    Account account();

    /** How far the balance of {@link #account} can be relied on. */
    BalanceState balanceState(Instant now);

    /** The open recharge, if there is one. */
    Optional<RechargeWithAttempt> openRecharge();

    /** The recharge of this attempt, whatever their states. */
    Optional<RechargeWithAttempt> rechargeOf(AttemptId attempt);

    /** The attempts of a recharge, in the order in which they were made; empty when it is unknown. */
    List<Attempt> attempts(RechargeId recharge);

    /**
     * The account's payment methods. An account without backups has at most its primary one, and how that one's charges went is told by the
     * account's state.
     */
    PaymentMethods methods();

    /** Recharges, {@code OPEN} or {@code PAID}, opened at or after this time. */
    List<PastRecharge> countedSince(Instant from);

    /**
     * What the dearest paid recharge in this currency has cost; empty when there is none. Those that their user asked for do not count
     * ({@link Recharge#isRequested}).
     */
    Optional<Money> dearestPaid(Currency currency);

    /**
     * The stop for everything; empty while accounts are charged. Once this was called, {@link PauseSwitch#pause(Pause)} on any node waits
     * until this transaction has ended. An adapter may read it together with {@link #countedSince}.
     */
    Optional<Pause> pause();

    /** The marks that were kept of the account's use of credits, oldest first. */
    List<UsageMark> usageMarks();

    /**
     * The account's standing now, including this transaction's own writes. The sum of its entries that are not debits is kept by whoever writes
     * such an entry.
     */
    UsageMark usageMark(Instant at);

    /**
     * Keeps a mark and forgets others.
     *
     * @param added at another time than any that is kept; null for none
     * @param dropped marks that {@link #usageMarks} has returned
     */
    void saveMarks(@Nullable UsageMark added, Collection<UsageMark> dropped);

    /** Checkouts that are open, oldest first. */
    List<Checkout> openCheckouts();

    /**
     * Adds an amount to what all accounts together have spent in a period, unless that would exceed its limit. Locks a part of the period's
     * money, or all of it, until the transaction ends. To be called last: after everything else that other accounts may lock too, and for
     * an hour before the day.
     *
     * @return false, with nothing added
     */
    boolean reserve(SpendingPeriod period, Money amount);

    /** Whether a period has room for an amount now. Takes no lock. */
    boolean hasRoom(SpendingPeriod period, Money amount);

    /**
     * Corrects what was reserved, at the end of the transaction. Changes nothing when a later period of the same kind has begun.
     *
     * @param minorUnits what was taken after all; negative for what was reserved and not taken
     */
    void correct(SpendingPeriod period, long minorUnits);

    /** When the account's checkouts were created, whatever their state: at or after this time, oldest first. */
    List<Instant> checkoutsSince(Instant from);

    /** One checkout of this account, whatever its state. */
    Optional<Checkout> checkout(CheckoutId id);

    /**
     * How all accounts together use a card, read without its lock.
     *
     * @param card the card's fingerprint; the id of the payment method where that is unknown
     * @param since attempts that began at or after this time
     */
    CardUse cardUse(String card, Instant since);

    /**
     * Claims a card for an attempt that this transaction opens: takes the card's lock and counts the attempt, if fewer than {@code limit}
     * attempts of the card are open or declined since {@code since} and it is not stopped. Never waits for a lock that another transaction
     * holds. The account's lock is taken first, so that no two transactions wait for each other. An attempt that is never opened does not
     * count, nor does one that was paid or never charged.
     *
     * @param card see {@link #cardUse}
     * @param at when the attempt begins
     */
    CardClaim claimCard(String card, AttemptId attempt, Instant at, Instant since, int limit);

    /** Stops a card for all accounts. A stop that is harder to end stays. */
    void stopCard(String card, CardStop stop);

    /** Ends the stop of a card if it has this reason. */
    void releaseCard(String card, CardStop.Reason reason);

    /**
     * Notes that this account is overdrawn on account of a card, unless another one is. Waits for other transactions that do the same with
     * the card, and locks it after the account.
     *
     * @return whether no other account is
     */
    boolean takeGrace(String card);

    /** Ends what {@link #takeGrace} has noted for this account. */
    void endGrace(String card);

    /** Stores the user's settings. */
    void save(Settings settings);

    /** Stores the provider's customer. */
    void saveCustomer(String customerId);

    /**
     * Stores the primary payment method and its customer, in the place of the one before. Backups stay. Null forgets all methods and keeps the
     * customer.
     */
    void savePaymentMethod(@Nullable PaymentMethod method);

    /**
     * Stores the account's payment methods and their customer. {@link AccountState#backups} follows by itself.
     *
     * @throws IllegalStateException when only the account's state is locked and another method becomes the primary one
     */
    void save(PaymentMethods methods);

    /** Stores the state of the account's auto-recharge, including {@code dueAt}. The number of backups stays as it is. */
    void save(AccountState state);

    /**
     * Adds a record of what the user agreed to. Records are never changed.
     *
     * @throws StoreException when the account has a record with this number
     */
    void save(ConsentRecord record);

    /** As {@link RechargeStore#firstPrices}, in this transaction. */
    List<AgreedPackage> firstPrices();

    /**
     * Writes a new recharge with its first attempt. A recharge that has already ended may be written beside an open one.
     *
     * @return false, with nothing written, if it is open and the account has an open recharge already; the database itself refuses the
     *     second one
     */
    boolean open(Recharge recharge, Attempt attempt);

    /**
     * Writes a further attempt of a recharge. One that is open is the latest, and no other attempt of the recharge may be open. One that has ended
     * may be written beside an open one, and before others.
     *
     * @throws StoreException when the recharge is unknown, or has an attempt with this number, or the new attempt and another are open
     */
    void open(Attempt next);

    /**
     * Updates an attempt. An attempt that has left {@code OPEN} stays as it is, unless its new state is {@code PAID}.
     */
    void save(Attempt attempt);

    /** Updates a recharge, under the same rule as an attempt. */
    void save(Recharge recharge);

    /** Writes or updates a checkout. */
    void save(Checkout checkout);

    /**
     * Applies entries to balance and ledger, in order, all or none.
     *
     * @return false, with nothing written, if the first entry's reference is in the ledger already, or there are no entries
     */
    boolean post(List<Posting> postings, Instant at);

    /**
     * Records entries for delivery to a ledger in another service, in order, all or none. The store's own balance and ledger stay
     * unchanged.
     *
     * @param at the time of the entries
     * @param deliverAt see {@link PendingPosting}
     * @return false, with nothing written, if the first entry's reference was recorded before, whether delivered or not, or there are no
     *     entries
     */
    boolean promise(List<Posting> postings, Instant at, Instant deliverAt);

    /** The grants that the account's external ledger has not confirmed yet. */
    PendingPostings grants();

    /** Stores the result of a delivery. A grant that was delivered stays as it is. */
    void save(PendingPosting grant);

    /** What was posted, or recorded for delivery to an external ledger, under this reference. */
    Optional<Posting> posted(String reference);

    /**
     * The posted reversals of a purchase, in the ledger or recorded for delivery to an external ledger, in any order. May read all entries
     * of the account.
     *
     * @param purchaseReference the reference of the purchase that they are linked to
     */
    List<Posting> reversalsPosted(String purchaseReference);

    /** The entries of this account's payments that are owed to its ledger or were written off, in any order. */
    List<OwedEntries> owed();

    /**
     * Writes or updates what is owed of a payment. As long as an account has owed entries with a next time, {@link #balanceState} doubts
     * its balance.
     */
    void save(OwedEntries owed);

    /** Removes what is owed of a payment; nothing happens when nothing is owed. */
    void removeOwed(String providerReference);

    /** The stored refunds and disputes of a payment, in any order. */
    List<Reversal> reversalsOf(String providerReference);

    /** Writes or updates a refund or dispute of a payment. */
    void save(String providerReference, Reversal reversal);

    /**
     * Stores an event for delivery.
     *
     * @return false, with nothing written, if an event with its id exists already
     */
    boolean publish(AutoRechargeEvent event);
}
