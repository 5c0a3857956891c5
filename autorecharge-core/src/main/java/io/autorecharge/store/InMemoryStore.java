package io.autorecharge.store;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.Settings;
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

/**
 * Everything in the memory of one process, for tests and for trying the library out: it passes the same contract tests as the databases, and
 * forgets everything when the process ends.
 */
public final class InMemoryStore implements RechargeStore, Ledger {
    private final Map<AccountId, InMemoryAccount> accounts = new ConcurrentHashMap<>();
    private final Map<String, AutoRechargeEvent> outbox = new LinkedHashMap<>();
    private final Map<String, Instant> confirmed = new ConcurrentHashMap<>();
    private final Map<String, String> webhooks = new ConcurrentHashMap<>();
    private final Settings initial;

    /** With the default threshold for accounts that never chose one. */
    public InMemoryStore() {
        this(RechargePolicy.DEFAULT_THRESHOLD);
    }

    /** @param threshold of accounts that never chose one */
    public InMemoryStore(Credits threshold) {
        this.initial = Settings.initial(threshold);
    }

    @Override
    public <T> T inTransaction(AccountId account, Function<AccountTransaction, T> work) {
        return locked(data(account), data -> {
            InMemoryTransaction tx = new InMemoryTransaction(data, this::isPublished);
            T result = work.apply(tx);
            synchronized (outbox) {
                tx.published.forEach(event -> outbox.putIfAbsent(event.id(), event));
            }
            return result;
        });
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
    public Optional<Account> find(AccountId account) {
        return Optional.ofNullable(accounts.get(account)).map(InMemoryAccount::committed);
    }

    @Override
    public List<AccountId> takeDue(Instant now, Instant leaseUntil, int limit) {
        List<InMemoryAccount> due = accounts.values().stream()
                .filter(data -> isDue(data, now))
                .sorted(Comparator.comparing(data -> dueAt(data).orElse(now)))
                .toList();
        List<AccountId> taken = new ArrayList<>();
        for (InMemoryAccount data : due) {
            if (taken.size() < limit && data.lock.tryLock()) {
                try {
                    if (isDue(data, now)) {
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

    private static boolean isDue(InMemoryAccount data, Instant now) {
        return dueAt(data).filter(at -> !at.isAfter(now)).isPresent();
    }

    private static Optional<Instant> dueAt(InMemoryAccount data) {
        return Optional.ofNullable(data.row().state().dueAt());
    }

    @Override
    public int sweep(boolean thresholdInclusive, Instant now) {
        int found = 0;
        for (InMemoryAccount data : accounts.values()) {
            found += locked(data, it -> sweepOne(it, thresholdInclusive, now));
        }
        return found;
    }

    private static int sweepOne(InMemoryAccount data, boolean thresholdInclusive, Instant now) {
        Account row = data.row();
        boolean wanted = row.settings().enabled()
                && row.method() != null
                && row.state().suspension() == null
                && row.state().dueAt() == null
                && isLow(row.balance(), row.settings().threshold(), thresholdInclusive);
        if (wanted) {
            data.state(row.state().dueAt(now));
        }
        return wanted ? 1 : 0;
    }

    private static boolean isLow(Credits balance, Credits threshold, boolean inclusive) {
        return inclusive ? balance.isAtMost(threshold) : balance.isLessThan(threshold);
    }

    @Override
    public void markDue(AccountId account, Instant at) {
        locked(data(account), data -> {
            makeDue(data, at);
            return at;
        });
    }

    private static void makeDue(InMemoryAccount data, Instant at) {
        AccountState state = data.row().state();
        if (state.dueAt() == null || state.dueAt().isAfter(at)) {
            data.state(state.dueAt(at));
        }
    }

    @Override
    public List<OpenRecharge> recharges(AccountId account, int limit) {
        return reading(
                data(account),
                data -> data.recharges.values().stream()
                        .sorted(Comparator.comparing(Recharge::openedAt).reversed())
                        .limit(limit)
                        .map(recharge -> InMemoryTransaction.withLatestAttempt(data, recharge))
                        .toList());
    }

    @Override
    public int countDue(Instant now, int limit) {
        return (int) accounts.values().stream()
                .filter(data -> isDue(data, now))
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
    public boolean isHandled(String webhookEventId) {
        return webhooks.containsKey(webhookEventId);
    }

    @Override
    public void handled(String webhookEventId, String type, Instant at) {
        webhooks.putIfAbsent(webhookEventId, type);
    }

    @Override
    public DebitResult debit(Debit debit, boolean thresholdInclusive, Instant at) {
        return locked(data(debit.account()), data -> {
            Credits signed = debit.amount().negated();
            LedgerEntry held = data.holding(debit.reference(), EntryType.DEBIT, signed);
            if (held != null) {
                return new DebitResult.Replayed(held);
            }
            Account before = data.row();
            if (!debit.overdraft() && before.balance().isLessThan(debit.amount())) {
                return new DebitResult.Refused(before.balance());
            }
            LedgerEntry entry = data.append(
                    new Posting(EntryType.DEBIT, null, signed, debit.description(), debit.reference(), null), at);
            Settings settings = before.settings();
            boolean crossed = settings.enabled()
                    && !isLow(before.balance(), settings.threshold(), thresholdInclusive)
                    && isLow(entry.balanceAfter(), settings.threshold(), thresholdInclusive);
            if (crossed) {
                makeDue(data, at);
            }
            return new DebitResult.Applied(entry, crossed);
        });
    }

    @Override
    public LedgerEntry grant(Grant grant, Instant at) {
        return locked(data(grant.account()), data -> {
            LedgerEntry held = data.holding(grant.reference(), EntryType.GRANT, grant.amount());
            return held != null
                    ? held
                    : data.append(
                            new Posting(
                                    EntryType.GRANT,
                                    grant.category(),
                                    grant.amount(),
                                    grant.description(),
                                    grant.reference(),
                                    null),
                            at);
        });
    }

    @Override
    public Credits balance(AccountId account) {
        return find(account).map(Account::balance).orElse(Credits.ZERO);
    }

    @Override
    public List<LedgerEntry> entries(AccountId account, long beforeSequence, int limit) {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("limit must be from 1 to 1000: " + limit);
        }
        return reading(
                data(account),
                data -> data.ledger.stream()
                        .filter(entry -> entry.sequence() < beforeSequence)
                        .sorted(Comparator.comparingLong(LedgerEntry::sequence).reversed())
                        .limit(limit)
                        .toList());
    }
}
