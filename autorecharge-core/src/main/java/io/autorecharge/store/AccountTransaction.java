package io.autorecharge.store;

import io.autorecharge.account.Account;
import io.autorecharge.account.AccountState;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.policy.PastRecharge;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the protocol may do to ONE account while it holds that account's lock. Everything written becomes visible together, or not at all.
 * Used by one thread, and not after the work that got it has returned. Reads see the transaction's own writes.
 */
public interface AccountTransaction {
    /** The account as it stands now, this transaction's own writes included. */
    Account account();

    /** How far the balance of {@link #account} can be relied on. */
    BalanceState balanceState(Instant now);

    /** The recharge that is open, if one is. */
    Optional<RechargeWithAttempt> openRecharge();

    /** The recharge that this attempt served, in whatever state both are. */
    Optional<RechargeWithAttempt> rechargeOf(AttemptId attempt);

    /** Recharges, {@code OPEN} or {@code PAID}, opened at or after this time. */
    List<PastRecharge> countedSince(Instant from);

    /** Checkouts that are open, oldest first. */
    List<Checkout> openCheckouts();

    /** One checkout of this account, in whatever state. */
    Optional<Checkout> checkout(CheckoutId id);

    /** Stores the user's choice. */
    void save(Settings settings);

    /** Stores the provider's customer. */
    void saveCustomer(String customerId);

    /** Stores the payment method and its customer; null forgets the method and keeps the customer. */
    void savePaymentMethod(@Nullable PaymentMethod method);

    /** Stores what the protocol remembers, {@code dueAt} included. */
    void save(AccountState state);

    /**
     * Writes a new recharge with its first attempt. One that has ended already stands beside any other.
     *
     * @return false, and nothing written, when it is open and a recharge of this account is open already: the database itself refuses the
     *     second
     */
    boolean open(Recharge recharge, Attempt attempt);

    /** Stores an attempt that has been written before; one that has left {@code OPEN} stays as it is unless the new one is {@code PAID}. */
    void save(Attempt attempt);

    /** Stores a recharge that has been written before; under the same rule as attempts. */
    void save(Recharge recharge);

    /** Writes or stores a checkout. */
    void save(Checkout checkout);

    /**
     * Applies entries to balance and ledger, in order, all or none.
     *
     * @return false, and nothing written, when the first one's reference is in the ledger already, or there is none
     */
    boolean post(List<Posting> postings, Instant at);

    /**
     * Writes down entries for a ledger that is elsewhere, in order, all or none. The store's own balance and ledger stay as they are.
     *
     * @param at the time of the entries
     * @param deliverAt see {@link PendingGrant}
     * @return false, and nothing written, when the first one's reference was written down before, be it delivered or not, or there is none
     */
    boolean promise(List<Posting> postings, Instant at, Instant deliverAt);

    /** What is owed to the account's ledger elsewhere. */
    PendingGrants grants();

    /** Stores how the delivery of a grant went; one that was delivered stays as it is. */
    void save(PendingGrant grant);

    /** What was posted, or promised to a ledger elsewhere, under this reference. */
    Optional<Posting> posted(String reference);

    /** The refunds and disputes of a payment that were stored, in any order. */
    List<Reversal> reversalsOf(String providerReference);

    /** Writes or stores a refund or dispute of a payment. */
    void save(String providerReference, Reversal reversal);

    /**
     * Puts an event into the outbox.
     *
     * @return false, and nothing written, when an event with its id is there already
     */
    boolean publish(AutoRechargeEvent event);
}
