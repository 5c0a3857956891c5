package io.autorecharge.store;

import io.autorecharge.account.Account;
import io.autorecharge.account.AgreedPackage;
import io.autorecharge.account.ConsentRecord;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.Purgeable;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.KeyMode;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.policy.CardUse;
import io.autorecharge.policy.PastRecharge;
import io.autorecharge.policy.SpendingPeriod;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The port to the database for everything but debits and grants. Work on one account, and reading, is part of the host's transaction on the
 * calling thread, if the adapter knows of one. Everything else uses transactions of its own. Safe for use by many threads and many processes.
 * Implementations pass the contract test of the same name.
 */
public interface RechargeStore extends PauseSwitch {
    /** A low account whose next check is farther away than this is decided again by the sweep: the policy may have changed meanwhile. */
    Duration SWEPT_BEYOND = Duration.ofHours(1);

    /** Longer than an account is leased for, and than the tries of owed entries are apart. */
    Duration OWED_WITHIN = Duration.ofHours(1);

    /**
     * Whether the host has a transaction open on the calling thread that calls of this store join. A caller that must not be part of it, such
     * as one that calls the provider, refuses.
     */
    boolean isHostTransactionOpen();

    /**
     * Runs work in a transaction that holds the account's lock, and creates the account with its defaults if it is unknown. Commits when
     * the work returns, rolls back when it throws. After a serialization failure or deadlock the whole work is run again, a limited number
     * of times, so it must have no other effects than through its argument. In a transaction of the host the work is run once, and the host
     * commits or rolls back.
     *
     * @throws StoreException if the database fails, or stays too busy ({@link StoreException#isRetryable})
     */
    <T> T inTransaction(AccountId account, Function<AccountTransaction, T> work);

    /**
     * As {@link #inTransaction}, with the lock of the account's state only. The account's own row, which may be in a table of the host, is
     * read and neither locked nor written, so nothing that the host does to it can prevent the transaction: no constraint, trigger or
     * missing right, and no other transaction that holds the row. For what must be recorded in any case, such as a suspension. Excludes
     * every other transaction on the account's state, and the other way round.
     *
     * <p>The transaction refuses {@link AccountTransaction#save(io.autorecharge.account.Settings)},
     * {@link AccountTransaction#saveCustomer}, {@link AccountTransaction#savePaymentMethod} and {@link AccountTransaction#post} with an
     * {@link IllegalStateException}.
     *
     * @throws StoreException as for {@link #inTransaction}
     */
    <T> T inStateTransaction(AccountId account, Function<AccountTransaction, T> work);

    /** How all accounts together use a card, as in {@link AccountTransaction#cardUse}; without a lock. */
    CardUse cardUse(String card, Instant since);

    /** The account's payment methods, as in {@link AccountTransaction#methods}; without a lock. */
    PaymentMethods methods(AccountId account);

    /** Recharges that count against limits, as in {@link AccountTransaction#countedSince}; without a lock. */
    List<PastRecharge> countedSince(AccountId account, Instant from);

    /** The attempts of a recharge, as in {@link AccountTransaction#attempts}; without a lock. */
    List<Attempt> attempts(AccountId account, RechargeId recharge);

    /** The account as it is now, without a lock; empty if it is unknown. */
    Optional<Account> find(AccountId account);

    /**
     * Whether another account has this customer of the provider, without a lock. Sees what other transactions have committed. It may read all
     * accounts where no index helps, so it is called only for customers that were not created for their account.
     */
    boolean isCustomerOfAnother(AccountId account, String customerId);

    /**
     * Takes due accounts and leases them, in one transaction. An account is due when its {@code dueAt} is at or before {@code now}. An adapter
     *
     * <ul>
     *   <li>returns the accounts that have been due longest, longest due first, and at most {@code limit} of them;
     *   <li>sets the {@code dueAt} of each to {@code leaseUntil}: until then no other call returns it, on whatever node, and then it is due again;
     *   <li>skips an account that another transaction holds, without waiting for it. Calls at the same time return different accounts;
     *   <li>returns fewer than {@code limit} accounts when it has to, but none only when no account is due, apart from those that other
     *       transactions hold: the caller stops at an empty list. An account whose row cannot be read is logged, and neither ends the list nor
     *       takes the place of another account, however often it is called.
     * </ul>
     *
     * @param now what counts as due; the caller passes one moment in all calls of a run, so that each account is taken at most once
     * @param leaseUntil later than {@code now}
     * @param limit at least 1
     */
    List<AccountId> takeDue(Instant now, Instant leaseUntil, int limit);

    /**
     * The level-triggered sweep: accounts that are switched on, low, and have a payment method, but are not suspended, and not due within
     * {@link #SWEPT_BEYOND} of {@code now}, become due at {@code now}. One that waits after a decline until it is due stays. Finds balances
     * that the host changed with its own SQL, policies that were changed since the account was decided, and any other change that no event
     * reported.
     *
     * <p>So do accounts with owed entries whose next try is over, and that are not due within {@link #OWED_WITHIN}, whatever their settings: a
     * node of an older version does not know of them and may have moved the account's next check.
     *
     * @param thresholdInclusive whether a balance at the threshold is low
     * @return how many became due
     */
    int sweep(boolean thresholdInclusive, Instant now);

    /**
     * The sweep for an external ledger, whose balances this store does not know: accounts that are switched on and have a payment method,
     * but are not due and not suspended, become due at {@code now}. Owed entries count as for {@link #sweep}.
     *
     * @return how many became due
     */
    int sweepAll(Instant now);

    /** As {@link AccountTransaction#hasRoom}. */
    boolean hasRoom(SpendingPeriod period, Money amount);

    /** Forgets what all accounts together have spent, so that the whole limits of the current hour and day are free again. */
    void forgetSpending();

    /** Makes an account due at {@code at}, or leaves it due earlier. Part of the host's transaction, if there is one. */
    void markDue(AccountId account, Instant at);

    /**
     * Recharges of an account, newest first, each with its latest attempt.
     *
     * @param limit the maximum number of recharges, from 1 to 1000
     */
    List<RechargeWithAttempt> recharges(AccountId account, int limit);

    /** The records of what the account's user agreed to, in their order. */
    List<ConsentRecord> consents(AccountId account);

    /**
     * Stores what packages hold and cost, unless prices are stored already; of several processes that call at once, one is obeyed. Agreements
     * from before prices were recorded are bound by these.
     */
    void recordFirstPrices(List<AgreedPackage> packages, Instant at);

    /** What {@link #recordFirstPrices} has stored, in the order of their credits; empty before. */
    List<AgreedPackage> firstPrices();

    /** The unconfirmed grants of an account with an external ledger, read without a lock as one consistent state. */
    PendingPostings grants(AccountId account);

    /** The entries that are owed to the account's ledger, or were written off, read without a lock. */
    List<OwedEntries> owed(AccountId account);

    /**
     * Deletes old rows in one short transaction: delivered events and handled webhook ids by the time of that; failed recharges by the time
     * they ended, with their attempts, unless one of those is open or paid, has a checkout, or is the last recharge of its account; counts
     * of card attempts by the time of the attempt, unless that is still open.
     *
     * @param before rows of this time and later are kept
     * @param limit the maximum number of rows
     * @return how many rows were found; fewer than {@code limit} when no more are left
     */
    int purge(Purgeable what, Instant before, int limit);

    /** The number of accounts that are due at {@code now}, counted up to {@code limit}; for health checks. */
    int countDue(Instant now, int limit);

    /** Unconfirmed events that are older than {@code before}, oldest first. */
    List<AutoRechargeEvent> undelivered(Instant before, int limit);

    /** Marks events as delivered. */
    void delivered(Collection<String> eventIds, Instant at);

    /**
     * Who this installation is. If that is not stored yet, {@code ifNone} is stored and returned; of several processes that call at once, all
     * get the same one.
     */
    Installation installation(Installation ifNone);

    /**
     * Binds the installation, which must be stored already, unless it is bound.
     *
     * @return false if it was bound before, also by another process at the same time; nothing was changed then
     */
    boolean bindFirst(Binding binding);

    /**
     * Replaces the stored id and binding of the installation, which must be stored already. With another id than the stored one, it also forgets
     * for every account that its customer carries the id of this installation ({@link io.autorecharge.account.AccountState#stampedCustomer}):
     * it carries the other one.
     */
    void bind(InstallationId id, Binding binding);

    /**
     * Records that a process uses the installation, if it is bound: replaces what {@link Binding#identity} says of the server by what is known
     * of it, adds what else was not known and now is, mode included, and moves {@link Binding#seenAt} to {@code at} unless it is later.
     */
    void seen(DatabaseIdentity identity, KeyMode mode, Instant at);

    /**
     * Which database this is, as it is now. What the database does not answer, for want of rights or otherwise, is not known.
     *
     * @throws StoreException if the database fails
     */
    DatabaseIdentity identity();

    /** Whether this webhook event was handled completely. */
    boolean isHandled(String webhookEventId);

    /** Records that a webhook event was handled completely. Idempotent. */
    void handled(String webhookEventId, String type, Instant at);

    /**
     * What in the database forbids a negative balance, by its name; empty when nothing is known to. Asked once, at the start, where accounts may
     * be overdrawn after a decline.
     */
    Optional<String> overdraftObstacle();
}
