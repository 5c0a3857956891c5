package io.autorecharge.testkit;

import io.autorecharge.credit.Money;
import io.autorecharge.policy.SpendingPeriod;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What all accounts together have spent, in memory. */
final class InMemorySpending {
    private record Spent(Instant start, long minorUnits) {}

    private final Map<String, Spent> spent = new HashMap<>();

    synchronized boolean reserve(SpendingPeriod period, Money amount, List<Runnable> undo) {
        if (!hasRoom(period, amount)) {
            return false;
        }
        add(period, amount.minorUnits());
        undo.add(() -> add(period, -amount.minorUnits()));
        return true;
    }

    synchronized boolean hasRoom(SpendingPeriod period, Money amount) {
        return now(period).minorUnits() + amount.minorUnits() <= period.limit().minorUnits();
    }

    synchronized void correct(SpendingPeriod period, long minorUnits, List<Runnable> undo) {
        Spent now = spent.get(key(period));
        if (now != null && now.start().equals(period.start())) {
            add(period, minorUnits);
            undo.add(() -> add(period, -minorUnits));
        }
    }

    synchronized void forget() {
        spent.clear();
    }

    private Spent now(SpendingPeriod period) {
        Spent now = spent.get(key(period));
        return now == null || now.start().isBefore(period.start()) ? new Spent(period.start(), 0) : now;
    }

    private synchronized void add(SpendingPeriod period, long minorUnits) {
        Spent now = now(period);
        spent.put(key(period), new Spent(now.start(), now.minorUnits() + minorUnits));
    }

    private static String key(SpendingPeriod period) {
        return period.kind() + "/" + period.limit().currencyCode();
    }
}
