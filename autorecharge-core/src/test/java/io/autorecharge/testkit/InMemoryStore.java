package io.autorecharge.testkit;

import io.autorecharge.account.Account;
import io.autorecharge.account.AgreedPackage;
import io.autorecharge.account.ConsentRecord;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Range;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.Purgeable;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.KeyMode;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.policy.CardUse;
import io.autorecharge.policy.PastRecharge;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.SpendingPeriod;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.Binding;
import io.autorecharge.store.DatabaseIdentity;
import io.autorecharge.store.Installation;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.OwedEntries;
import io.autorecharge.store.Pause;
import io.autorecharge.store.PauseReport;
import io.autorecharge.store.PendingPostings;
import io.autorecharge.store.Posting;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.RechargeWithAttempt;
import io.autorecharge.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store in the memory of one process, for tests and trials. It passes the same contract tests as the databases, and loses everything when
 * the process ends. Safe for use by many threads.
 */
public final class InMemoryStore implements RechargeStore, Ledger {
    private final Map<AccountId, InMemoryAccount> accounts = new ConcurrentHashMap<>();
    private final Map<String, AutoRechargeEvent> outbox = new LinkedHashMap<>();
    private final Map<String, Instant> confirmed = new ConcurrentHashMap<>();
    private final Map<String, Instant> webhooks = new ConcurrentHashMap<>();
    private final InMemoryCards cards = new InMemoryCards();
    private final InMemoryPause pause = new InMemoryPause();
    private final InMemorySpending spending = new InMemorySpending();
    private final Settings initial;
    private @Nullable Installation installation;
    private List<AgreedPackage> firstPrices = List.of();
    private volatile Supplier<DatabaseIdentity> identity = () -> DatabaseIdentity.NONE;
    private volatile Predicate<Credits> refuses = balance -> false;

    /** Uses the default threshold for accounts without a threshold of their own. */
    public InMemoryStore() {
        this(RechargePolicy.DEFAULT_THRESHOLD);
    }

    /** @param threshold of accounts without a threshold of their own */
    public InMemoryStore(Credits threshold) {
        this.initial = Settings.initial(threshold);
    }

    /** The host of this store has no transactions. */
    @Override
    public boolean isHostTransactionOpen() {
        return false;
    }

    /** From now on refuses transactions of the library that end with such a balance, as a constraint of a database does. */
    public void refuse(Predicate<Credits> balances) {
        refuses = balances;
    }

    /** Changes a balance as the host does by SQL of its own: no ledger entry tells of it. */
    public void editBalance(AccountId account, Credits balance) {
        inTransaction(account, tx -> {
            accounts.get(account).balance(balance);
            return balance;
        });
    }

    @Override
    public boolean isCustomerOfAnother(AccountId account, String customerId) {
        return accounts.keySet().stream()
                .filter(id -> !id.equals(account))
                .flatMap(id -> find(id).stream())
                .anyMatch(it -> customerId.equals(it.customerId()));
    }

    @Override
    public <T> T inTransaction(AccountId account, Function<AccountTransaction, T> work) {
        return inTransaction(account, work, false);
    }

    @Override
    public <T> T inStateTransaction(AccountId account, Function<AccountTransaction, T> work) {
        return inTransaction(account, work, true);
    }

    private <T> T inTransaction(AccountId account, Function<AccountTransaction, T> work, boolean ofState) {
        List<InMemoryTransaction> begun = new ArrayList<>();
        try {
            T done = locked(data(account), data -> {
                InMemoryTransaction tx = new InMemoryTransaction(
                        data, pause, this::isPublished, refuses, ofState, cards, spending, this::firstPrices);
                begun.add(tx);
                T result = work.apply(tx);
                tx.end();
                synchronized (outbox) {
                    tx.published.forEach(event -> outbox.putIfAbsent(event.id(), event));
                }
                tx.changed.forEach(cards::committed);
                return result;
            });
            begun.forEach(tx -> tx.undo.clear());
            return done;
        } finally {
            begun.forEach(tx -> tx.undo.forEach(Runnable::run));
            begun.forEach(InMemoryTransaction::release);
            pause.release();
        }
    }

    private boolean isPublished(String eventId) {
        synchronized (outbox) {
            return outbox.containsKey(eventId);
        }
    }

    private InMemoryAccount data(AccountId account) {
        return accounts.computeIfAbsent(account, id -> new InMemoryAccount(id, initial));
    }

    private static <T> T locked(InMemoryAccount data, Function<InMemoryAccount, T> work) {
        if (data.lock.isHeldByCurrentThread()) {
            throw new IllegalStateException(
                    "a transaction on account " + data.row().id() + " is open on this thread");
        }
        data.lock.lock();
        boolean done = false;
        try {
            T result = work.apply(data);
            data.commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                data.rollBack();
            }
            data.lock.unlock();
        }
    }

    private static <T> T reading(InMemoryAccount data, Function<InMemoryAccount, T> work) {
        data.lock.lock();
        try {
            return work.apply(data);
        } finally {
            data.lock.unlock();
        }
    }

    @Override
    public CardUse cardUse(String card, Instant since) {
        return cards.use(card, since, Map.of());
    }

    @Override
    public List<PastRecharge> countedSince(AccountId account, Instant from) {
        return accounts.containsKey(account) ? reading(data(account), data -> data.countedSince(from)) : List.of();
    }

    @Override
    public PaymentMethods methods(AccountId account) {
        return accounts.containsKey(account) ? reading(data(account), InMemoryAccount::methods) : PaymentMethods.none();
    }

    @Override
    public List<Attempt> attempts(AccountId account, RechargeId recharge) {
        return reading(data(account), data -> data.attemptsOf(recharge));
    }

    @Override
    public Optional<Account> find(AccountId account) {
        return Optional.ofNullable(accounts.get(account)).map(InMemoryAccount::committed);
    }

    @Override
    public List<AccountId> takeDue(Instant now, Instant leaseUntil, int limit) {
        // Read once each: another thread may change a time while they are sorted.
        List<Due> due = accounts.values().stream()
                .map(data -> new Due(data, data.dueAt().orElse(Instant.MAX)))
                .filter(it -> !it.at().isAfter(now))
                .sorted(Comparator.comparing(Due::at))
                .toList();
        List<AccountId> taken = new ArrayList<>();
        for (Due it : due) {
            InMemoryAccount data = it.data();
            if (taken.size() < limit && data.lock.tryLock()) {
                try {
                    if (data.isDue(now)) {
                        data.state(data.row().state().dueAt(leaseUntil));
                        data.commit();
                        taken.add(data.row().id());
                    }
                } finally {
                    data.lock.unlock();
                }
            }
        }
        return taken;
    }

    private record Due(InMemoryAccount data, Instant at) {}

    @Override
    public int sweep(boolean thresholdInclusive, Instant now) {
        return sweep(false, thresholdInclusive, now);
    }

    @Override
    public int sweepAll(Instant now) {
        return sweep(true, false, now);
    }

    private int sweep(boolean all, boolean thresholdInclusive, Instant now) {
        int found = 0;
        for (InMemoryAccount data : accounts.values()) {
            found += locked(data, it -> it.sweep(all, thresholdInclusive, now));
        }
        return found;
    }

    @Override
    public void markDue(AccountId account, Instant at) {
        locked(data(account), data -> {
            data.makeDue(at);
            return at;
        });
    }

    @Override
    public List<RechargeWithAttempt> recharges(AccountId account, int limit) {
        Range.between("limit", limit, 1, 1000);
        return reading(
                data(account),
                data -> data.recharges.values().stream()
                        .sorted(Comparator.comparing(Recharge::openedAt).reversed())
                        .limit(limit)
                        .map(recharge -> InMemoryTransaction.withLatestAttempt(data, recharge))
                        .toList());
    }

    @Override
    public List<ConsentRecord> consents(AccountId account) {
        return reading(data(account), data -> List.copyOf(data.consents.values()));
    }

    @Override
    public void recordFirstPrices(List<AgreedPackage> packages, Instant at) {
        synchronized (webhooks) {
            if (firstPrices.isEmpty()) {
                firstPrices = packages.stream()
                        .sorted(Comparator.comparingInt(AgreedPackage::credits))
                        .toList();
            }
        }
    }

    @Override
    public List<AgreedPackage> firstPrices() {
        synchronized (webhooks) {
            return firstPrices;
        }
    }

    @Override
    public PendingPostings grants(AccountId account) {
        return reading(data(account), InMemoryAccount::grants);
    }

    @Override
    public List<OwedEntries> owed(AccountId account) {
        return reading(data(account), data -> List.copyOf(data.owed.values()));
    }

    @Override
    public Optional<String> overdraftObstacle() {
        return Optional.empty();
    }

    @Override
    public Optional<Pause> pause() {
        return pause.now();
    }

    @Override
    public PauseReport pause(Pause stop) {
        return pause.begin(stop, () -> (int) accounts.values().stream()
                .flatMap(data -> reading(data, it -> List.copyOf(it.attempts.values())).stream())
                .filter(attempt -> attempt.state() == AttemptState.OPEN && attempt.inDoubt())
                .count());
    }

    @Override
    public boolean resume() {
        return pause.end();
    }

    @Override
    public int purge(Purgeable what, Instant before, int limit) {
        return switch (what) {
            case DELIVERED_EVENTS -> purgeEvents(before, limit);
            case HANDLED_WEBHOOKS -> {
                List<String> old = webhooks.entrySet().stream()
                        .filter(it -> it.getValue().isBefore(before))
                        .map(Map.Entry::getKey)
                        .limit(limit)
                        .toList();
                old.forEach(webhooks::remove);
                yield old.size();
            }
            case FAILED_RECHARGES -> {
                int deleted = 0;
                for (InMemoryAccount data : accounts.values()) {
                    int left = limit - deleted;
                    deleted += locked(data, it -> it.purge(before, left));
                }
                yield deleted;
            }
            case CARD_ATTEMPTS -> cards.purge(before, limit);
        };
    }

    private int purgeEvents(Instant before, int limit) {
        synchronized (outbox) {
            List<String> old = confirmed.entrySet().stream()
                    .filter(it -> it.getValue().isBefore(before))
                    .map(Map.Entry::getKey)
                    .limit(limit)
                    .toList();
            old.forEach(id -> {
                outbox.remove(id);
                confirmed.remove(id);
            });
            return old.size();
        }
    }

    @Override
    public boolean hasRoom(SpendingPeriod period, Money amount) {
        return spending.hasRoom(period, amount);
    }

    @Override
    public void forgetSpending() {
        spending.forget();
    }

    @Override
    public int countDue(Instant now, int limit) {
        return (int) accounts.values().stream()
                .filter(data -> data.isDue(now))
                .limit(limit)
                .count();
    }

    @Override
    public List<AutoRechargeEvent> undelivered(Instant before, int limit) {
        synchronized (outbox) {
            return outbox.values().stream()
                    .filter(event ->
                            !confirmed.containsKey(event.id()) && event.at().isBefore(before))
                    .sorted(Comparator.comparing(AutoRechargeEvent::at).thenComparing(AutoRechargeEvent::id))
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public void delivered(Collection<String> eventIds, Instant at) {
        eventIds.forEach(id -> confirmed.putIfAbsent(id, at));
    }

    @Override
    public Installation installation(Installation ifNone) {
        synchronized (webhooks) {
            if (installation == null) {
                installation = ifNone;
            }
            return installation;
        }
    }

    @Override
    public boolean bindFirst(Binding binding) {
        synchronized (webhooks) {
            if (stored().binding() != null) {
                return false;
            }
            installation = new Installation(stored().id(), stored().createdAt(), binding);
            return true;
        }
    }

    @Override
    public void bind(InstallationId id, Binding binding) {
        boolean other;
        synchronized (webhooks) {
            other = !id.equals(stored().id());
            installation = new Installation(id, stored().createdAt(), binding);
        }
        if (other) {
            accounts.keySet()
                    .forEach(account -> inStateTransaction(account, tx -> {
                        tx.save(tx.account().state().stamped(null));
                        return account;
                    }));
        }
    }

    @Override
    public void seen(DatabaseIdentity now, KeyMode mode, Instant at) {
        synchronized (webhooks) {
            Binding before = stored().binding();
            if (before != null) {
                Binding after = new Binding(
                        seen(before.identity(), now),
                        before.mode() == null ? mode : before.mode(),
                        before.boundAt(),
                        before.seenAt().isAfter(at) ? before.seenAt() : at);
                installation = new Installation(stored().id(), stored().createdAt(), after);
            }
        }
    }

    private static DatabaseIdentity seen(DatabaseIdentity before, DatabaseIdentity now) {
        DatabaseIdentity.Server was = before.server();
        DatabaseIdentity.Server is = now.server();
        return new DatabaseIdentity(
                known(before.cluster(), now.cluster()),
                known(before.database(), now.database()),
                new DatabaseIdentity.Server(
                        known(is.url(), was.url()),
                        known(is.address(), was.address()),
                        known(is.files(), was.files()),
                        known(is.run(), was.run())));
    }

    private static @Nullable String known(@Nullable String first, @Nullable String second) {
        return first == null ? second : first;
    }

    private Installation stored() {
        if (installation == null) {
            throw new StoreException(false, "the installation was never stored", null);
        }
        return installation;
    }

    @Override
    public DatabaseIdentity identity() {
        return identity.get();
    }

    /** Pretends to be another database, or the same one on another server. */
    public void pretendToBe(DatabaseIdentity value) {
        identity = () -> value;
    }

    /** What is asked each time which database this is. */
    public void answerIdentityBy(Supplier<DatabaseIdentity> value) {
        identity = value;
    }

    @Override
    public boolean isHandled(String webhookEventId) {
        return webhooks.containsKey(webhookEventId);
    }

    @Override
    public void handled(String webhookEventId, String type, Instant at) {
        webhooks.putIfAbsent(webhookEventId, at);
    }

    @Override
    public DebitResult debit(Debit debit, boolean thresholdInclusive, Instant at) {
        return locked(data(debit.account()), data -> data.debit(debit, thresholdInclusive, at));
    }

    @Override
    public LedgerEntry grant(Grant grant, Instant at) {
        return locked(data(grant.account()), data -> data.grant(grant, at));
    }

    @Override
    public Credits smallest() {
        return Credits.SMALLEST;
    }

    @Override
    public LedgerEntry post(AccountId account, Posting posting, Instant at) {
        return locked(data(account), data -> data.post(posting, at));
    }

    @Override
    public Credits balance(AccountId account) {
        return find(account).map(Account::balance).orElse(Credits.ZERO);
    }

    @Override
    public List<LedgerEntry> entries(AccountId account, long beforeSequence, int limit) {
        Range.between("limit", limit, 1, 1000);
        return reading(
                data(account),
                data -> data.ledger.stream()
                        .filter(entry -> entry.sequence() < beforeSequence)
                        .sorted(Comparator.comparingLong(LedgerEntry::sequence).reversed())
                        .limit(limit)
                        .toList());
    }
}
