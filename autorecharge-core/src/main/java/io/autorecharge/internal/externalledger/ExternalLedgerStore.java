package io.autorecharge.internal.externalledger;

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
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.Binding;
import io.autorecharge.store.DatabaseIdentity;
import io.autorecharge.store.Installation;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.OwedEntries;
import io.autorecharge.store.Pause;
import io.autorecharge.store.PauseReport;
import io.autorecharge.store.PendingPostings;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.RechargeWithAttempt;
import io.autorecharge.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A store whose accounts show the balance of an external ledger and whose postings are delivered to it; the protocol above it is the same.
 * Unconfirmed grants are delivered, and the balance is read, before a transaction begins. Grants of the transaction are delivered after its
 * commit. No transaction is held across a call to the ledger.
 */
public final class ExternalLedgerStore implements RechargeStore {
    /**
     * How often to read a balance that turns out to be older than a grant, before the account is left to its next check.
     */
    private static final int READS = 5;

    private final RechargeStore store;
    private final Ledger ledger;
    private final GrantDelivery deliveries;
    private final BalanceReader balances;
    private final Duration balanceCheck;
    private final Clock clock;

    public ExternalLedgerStore(RechargeStore store, Ledger ledger, Duration balanceCheck, Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.deliveries = new GrantDelivery(store, ledger, clock);
        this.balances = new BalanceReader(ledger, clock);
        this.balanceCheck = balanceCheck;
        this.clock = clock;
    }

    @Override
    public boolean isHostTransactionOpen() {
        return store.isHostTransactionOpen();
    }

    /** @throws IllegalStateException in a transaction of the host, which would be held across calls to the ledger */
    @Override
    public <T> T inTransaction(AccountId account, Function<AccountTransaction, T> work) {
        if (isHostTransactionOpen()) {
            throw new IllegalStateException(
                    "account '" + account
                            + "' cannot be read or changed inside a transaction, because its ledger is another service; do it after the commit");
        }
        for (int read = 1; ; read++) {
            boolean asItIs = read == READS;
            BalanceReading reading = read(account);
            Optional<Done<T>> done = store.inTransaction(account, tx -> {
                ExternalLedgerTransaction view = new ExternalLedgerTransaction(tx, reading, balanceCheck);
                return view.isOutdated() && !asItIs
                        ? Optional.empty()
                        : Optional.of(new Done<>(work.apply(view), view.promised()));
            });
            if (done.isPresent()) {
                if (done.get().promised()) {
                    deliveries.deliverNow(account);
                }
                return done.get().result();
            }
        }
    }

    /** The ledger is not asked: what must be recorded in any case does not wait for it. The balance counts as unknown. */
    @Override
    public <T> T inStateTransaction(AccountId account, Function<AccountTransaction, T> work) {
        Done<T> done = store.inStateTransaction(account, tx -> {
            BalanceReading unread = BalanceReading.notAsked(tx.grants(), clock.instant());
            ExternalLedgerTransaction view = new ExternalLedgerTransaction(tx, unread, balanceCheck);
            return new Done<>(work.apply(view), view.promised());
        });
        if (done.promised()) {
            deliveries.deliverNow(account);
        }
        return done.result();
    }

    /** Grants first: a balance that was read before them could lack a grant that is delivered meanwhile. */
    private BalanceReading read(AccountId account) {
        PendingPostings grants = deliveries.deliverDue(account);
        return grants.pending().isEmpty() ? balances.read(account, grants) : BalanceReading.missingGrants(grants);
    }

    private record Done<T>(T result, boolean promised) {}

    @Override
    public CardUse cardUse(String card, Instant since) {
        return store.cardUse(card, since);
    }

    @Override
    public List<PastRecharge> countedSince(AccountId account, Instant from) {
        return store.countedSince(account, from);
    }

    @Override
    public PaymentMethods methods(AccountId account) {
        return store.methods(account);
    }

    @Override
    public List<Attempt> attempts(AccountId account, RechargeId recharge) {
        return store.attempts(account, recharge);
    }

    @Override
    public boolean isCustomerOfAnother(AccountId account, String customerId) {
        return store.isCustomerOfAnother(account, customerId);
    }

    @Override
    public Optional<Account> find(AccountId account) {
        return store.find(account).map(this::withBalance);
    }

    private Account withBalance(Account stored) {
        try {
            return ExternalLedgerTransaction.with(stored, ledger.balance(stored.id()));
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StoreException(
                    true, "reading the balance of account '" + stored.id() + "' from its ledger failed", e);
        }
    }

    @Override
    public int sweep(boolean thresholdInclusive, Instant now) {
        return store.sweepAll(now);
    }

    @Override
    public int sweepAll(Instant now) {
        return store.sweepAll(now);
    }

    @Override
    public List<AccountId> takeDue(Instant now, Instant leaseUntil, int limit) {
        return store.takeDue(now, leaseUntil, limit);
    }

    @Override
    public void markDue(AccountId account, Instant at) {
        store.markDue(account, at);
    }

    @Override
    public List<RechargeWithAttempt> recharges(AccountId account, int limit) {
        return store.recharges(account, limit);
    }

    @Override
    public PendingPostings grants(AccountId account) {
        return store.grants(account);
    }

    @Override
    public List<OwedEntries> owed(AccountId account) {
        return store.owed(account);
    }

    @Override
    public Optional<String> overdraftObstacle() {
        return store.overdraftObstacle();
    }

    @Override
    public Optional<Pause> pause() {
        return store.pause();
    }

    @Override
    public PauseReport pause(Pause pause) {
        return store.pause(pause);
    }

    @Override
    public boolean resume() {
        return store.resume();
    }

    @Override
    public List<ConsentRecord> consents(AccountId account) {
        return store.consents(account);
    }

    @Override
    public void recordFirstPrices(List<AgreedPackage> packages, Instant at) {
        store.recordFirstPrices(packages, at);
    }

    @Override
    public List<AgreedPackage> firstPrices() {
        return store.firstPrices();
    }

    @Override
    public int purge(Purgeable what, Instant before, int limit) {
        return store.purge(what, before, limit);
    }

    @Override
    public boolean hasRoom(SpendingPeriod period, Money amount) {
        return store.hasRoom(period, amount);
    }

    @Override
    public void forgetSpending() {
        store.forgetSpending();
    }

    @Override
    public int countDue(Instant now, int limit) {
        return store.countDue(now, limit);
    }

    @Override
    public List<AutoRechargeEvent> undelivered(Instant before, int limit) {
        return store.undelivered(before, limit);
    }

    @Override
    public void delivered(Collection<String> eventIds, Instant at) {
        store.delivered(eventIds, at);
    }

    @Override
    public Installation installation(Installation ifNone) {
        return store.installation(ifNone);
    }

    @Override
    public boolean bindFirst(Binding binding) {
        return store.bindFirst(binding);
    }

    @Override
    public void bind(InstallationId id, Binding binding) {
        store.bind(id, binding);
    }

    @Override
    public void seen(DatabaseIdentity identity, KeyMode mode, Instant at) {
        store.seen(identity, mode, at);
    }

    @Override
    public DatabaseIdentity identity() {
        return store.identity();
    }

    @Override
    public boolean isHandled(String webhookEventId) {
        return store.isHandled(webhookEventId);
    }

    @Override
    public void handled(String webhookEventId, String type, Instant at) {
        store.handled(webhookEventId, type, at);
    }
}
