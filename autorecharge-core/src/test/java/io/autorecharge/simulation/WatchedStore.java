package io.autorecharge.simulation;

import io.autorecharge.account.Account;
import io.autorecharge.account.AgreedPackage;
import io.autorecharge.account.ConsentRecord;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
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
import io.autorecharge.store.Posting;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.RechargeWithAttempt;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A store with injected faults whose claims are checked. */
public final class WatchedStore implements RechargeStore, Ledger {
    private final Database.Ports real;
    private final PortCalls calls;
    private final ClaimWatch watch;
    private final boolean sweeps;

    /** The store as one node uses it. */
    public WatchedStore(Database.Ports real, PortCalls calls, ClaimWatch watch, boolean sweeps) {
        this.real = real;
        this.calls = calls;
        this.watch = watch;
        this.sweeps = sweeps;
    }

    @Override
    public boolean isHostTransactionOpen() {
        return real.store().isHostTransactionOpen();
    }

    @Override
    public <T> T inTransaction(AccountId account, Function<AccountTransaction, T> work) {
        return watched(account, work, real.store()::inTransaction);
    }

    @Override
    public <T> T inStateTransaction(AccountId account, Function<AccountTransaction, T> work) {
        return watched(account, work, real.store()::inStateTransaction);
    }

    /** Either kind of transaction. */
    private interface Runner {
        <T> T run(AccountId account, Function<AccountTransaction, T> work);
    }

    private <T> T watched(AccountId account, Function<AccountTransaction, T> work, Runner runner) {
        calls.before(Call.BEGIN, "begin");
        // A store may repeat the work: the last run counts.
        AtomicReference<TransactionChanges> noted = new AtomicReference<>(new TransactionChanges());
        Ended<T> ended;
        try {
            ended = runner.run(account, tx -> {
                WatchedTransaction watched = new WatchedTransaction(tx, calls);
                noted.set(watched.noted());
                T result = work.apply(watched);
                return new Ended<>(result, calls.before(Call.COMMIT, "commit"));
            });
        } catch (NodeDied | RuntimeException e) {
            noted.get().mayBeCommitted(account, watch);
            throw e;
        }
        noted.get().committed(account, watch);
        calls.after(Call.COMMIT, "commit", ended.fault());
        return ended.result();
    }

    private record Ended<T>(T result, @Nullable Fault fault) {}

    @Override
    public CardUse cardUse(String card, Instant since) {
        return calls.run(Call.STORE, "cardUse", () -> real.store().cardUse(card, since));
    }

    @Override
    public List<PastRecharge> countedSince(AccountId account, Instant from) {
        return calls.run(Call.STORE, "countedSince", () -> real.store().countedSince(account, from));
    }

    @Override
    public PaymentMethods methods(AccountId account) {
        return calls.run(Call.STORE, "methods", () -> real.store().methods(account));
    }

    @Override
    public List<Attempt> attempts(AccountId account, RechargeId recharge) {
        return calls.run(Call.STORE, "attempts", () -> real.store().attempts(account, recharge));
    }

    @Override
    public boolean isCustomerOfAnother(AccountId account, String customerId) {
        return calls.run(
                Call.STORE, "isCustomerOfAnother", () -> real.store().isCustomerOfAnother(account, customerId));
    }

    @Override
    public Optional<Account> find(AccountId account) {
        return calls.run(Call.STORE, "find", () -> real.store().find(account));
    }

    @Override
    public List<AccountId> takeDue(Instant now, Instant leaseUntil, int limit) {
        return calls.run(Call.STORE, "takeDue", () -> real.store().takeDue(now, leaseUntil, limit));
    }

    @Override
    public int sweep(boolean thresholdInclusive, Instant now) {
        return calls.run(Call.STORE, "sweep", () -> sweeps ? real.store().sweep(thresholdInclusive, now) : 0);
    }

    @Override
    public int sweepAll(Instant now) {
        return calls.run(Call.STORE, "sweepAll", () -> sweeps ? real.store().sweepAll(now) : 0);
    }

    @Override
    public List<ConsentRecord> consents(AccountId account) {
        return calls.run(Call.STORE, "consents", () -> real.store().consents(account));
    }

    @Override
    public void recordFirstPrices(List<AgreedPackage> packages, Instant at) {
        calls.run(Call.STORE, "recordFirstPrices", () -> {
            real.store().recordFirstPrices(packages, at);
            return at;
        });
    }

    @Override
    public List<AgreedPackage> firstPrices() {
        return calls.run(Call.STORE, "firstPrices", () -> real.store().firstPrices());
    }

    @Override
    public PendingPostings grants(AccountId account) {
        return calls.run(Call.STORE, "grants", () -> real.store().grants(account));
    }

    @Override
    public List<OwedEntries> owed(AccountId account) {
        return calls.run(Call.STORE, "owed", () -> real.store().owed(account));
    }

    @Override
    public void markDue(AccountId account, Instant at) {
        calls.run(Call.STORE, "markDue", () -> {
            real.store().markDue(account, at);
            return at;
        });
    }

    @Override
    public List<RechargeWithAttempt> recharges(AccountId account, int limit) {
        return calls.run(Call.STORE, "recharges", () -> real.store().recharges(account, limit));
    }

    @Override
    public Optional<String> overdraftObstacle() {
        return real.store().overdraftObstacle();
    }

    @Override
    public Optional<Pause> pause() {
        return calls.run(Call.STORE, "pause", () -> real.store().pause());
    }

    @Override
    public PauseReport pause(Pause pause) {
        return calls.run(Call.STORE, "pauseAll", () -> real.store().pause(pause));
    }

    @Override
    public boolean resume() {
        return calls.run(Call.STORE, "resume", () -> real.store().resume());
    }

    @Override
    public int purge(Purgeable what, Instant before, int limit) {
        return calls.run(Call.STORE, "purge", () -> real.store().purge(what, before, limit));
    }

    @Override
    public boolean hasRoom(SpendingPeriod period, Money amount) {
        return calls.run(Call.STORE, "hasRoom", () -> real.store().hasRoom(period, amount));
    }

    @Override
    public void forgetSpending() {
        calls.run(Call.STORE, "forgetSpending", () -> {
            real.store().forgetSpending();
            return true;
        });
    }

    @Override
    public int countDue(Instant now, int limit) {
        return calls.run(Call.STORE, "countDue", () -> real.store().countDue(now, limit));
    }

    @Override
    public List<AutoRechargeEvent> undelivered(Instant before, int limit) {
        return calls.run(Call.STORE, "undelivered", () -> real.store().undelivered(before, limit));
    }

    @Override
    public void delivered(Collection<String> eventIds, Instant at) {
        calls.run(Call.STORE, "delivered", () -> {
            real.store().delivered(eventIds, at);
            return at;
        });
    }

    @Override
    public Installation installation(Installation ifNone) {
        return calls.run(Call.STORE, "installation", () -> real.store().installation(ifNone));
    }

    @Override
    public boolean bindFirst(Binding binding) {
        return calls.run(Call.STORE, "bindFirst", () -> real.store().bindFirst(binding));
    }

    @Override
    public void bind(InstallationId id, Binding binding) {
        calls.run(Call.STORE, "bind", () -> {
            real.store().bind(id, binding);
            return id;
        });
    }

    @Override
    public void seen(DatabaseIdentity identity, KeyMode mode, Instant at) {
        calls.run(Call.STORE, "seen", () -> {
            real.store().seen(identity, mode, at);
            return at;
        });
    }

    @Override
    public DatabaseIdentity identity() {
        return calls.run(Call.STORE, "identity", () -> real.store().identity());
    }

    @Override
    public boolean isHandled(String webhookEventId) {
        return calls.run(Call.STORE, "isHandled", () -> real.store().isHandled(webhookEventId));
    }

    @Override
    public void handled(String webhookEventId, String type, Instant at) {
        calls.run(Call.STORE, "handled", () -> {
            real.store().handled(webhookEventId, type, at);
            return at;
        });
    }

    @Override
    public DebitResult debit(Debit debit, boolean thresholdInclusive, Instant at) {
        return calls.run(Call.STORE, "debit", () -> watchedDebit(debit, thresholdInclusive, at));
    }

    private DebitResult watchedDebit(Debit debit, boolean thresholdInclusive, Instant at) {
        boolean refused = true;
        try {
            DebitResult result = real.ledger().debit(debit, thresholdInclusive, at);
            refused = result instanceof DebitResult.Refused;
            return result;
        } finally {
            if (refused) {
                watch.refused(debit.account(), debit.amount());
            }
        }
    }

    @Override
    public LedgerEntry grant(Grant grant, Instant at) {
        return calls.run(Call.STORE, "grant", () -> real.ledger().grant(grant, at));
    }

    @Override
    public LedgerEntry post(AccountId account, Posting posting, Instant at) {
        return calls.run(Call.STORE, "post", () -> real.ledger().post(account, posting, at));
    }

    @Override
    public Credits smallest() {
        return real.ledger().smallest();
    }

    @Override
    public Credits balance(AccountId account) {
        return calls.run(Call.STORE, "balance", () -> real.ledger().balance(account));
    }

    @Override
    public List<LedgerEntry> entries(AccountId account, long beforeSequence, int limit) {
        return calls.run(Call.STORE, "entries", () -> real.ledger().entries(account, beforeSequence, limit));
    }
}
