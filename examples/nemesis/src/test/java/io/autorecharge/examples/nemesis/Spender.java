package io.autorecharge.examples.nemesis;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The users of a host. They spend credits, change their settings, and repeat a debit with the same reference if it had no answer. Writes
 * everything to the history. Thread-safe.
 */
final class Spender {
    private static final int THREADS = 3;
    private static final int REMEMBERED = 50;
    private static final int RESOLVING_TRIES = 100;

    private final AutoRecharge library;
    private final History history;
    private final long seed;
    private final Buyer buyer;

    /** Debits without an answer, by reference; guarded by this. */
    private final Map<String, Debit> unresolved = new LinkedHashMap<>();

    private final Deque<Debit> recent = new ArrayDeque<>();
    private volatile boolean stopped;

    Spender(AutoRecharge library, History history, long seed, Buyer buyer) {
        this.library = library;
        this.history = history;
        this.seed = seed;
        this.buyer = buyer;
    }

    /** Takes over the debits that earlier processes of this node began and did not complete. */
    void resume(List<String[]> lines) {
        for (String[] line : lines) {
            switch (line[0]) {
                case "invoke" -> remember(debitOf(line[2], line[3], line[1]));
                case "ok", "fail" -> forget(line[1]);
                default -> {}
            }
        }
    }

    void start() {
        for (int i = 0; i < THREADS; i++) {
            long own = seed * 31 + i;
            daemon(() -> spend(new Random(own), "r" + own));
        }
        daemon(() -> chooseSettings(new Random(seed)));
        daemon(() -> buy(new Random(seed + 1)));
    }

    /** @param words account, amount, reference */
    boolean debit(String... words) {
        return debit(debitOf(words[0], words[1], words[2]));
    }

    /** Starts no new debit and repeats those without an answer. @return whether all were answered */
    boolean stopAndResolve() {
        stopped = true;
        for (int i = 0; i < RESOLVING_TRIES; i++) {
            Debit next = anyUnresolved();
            if (next == null) {
                return true;
            }
            debit(next);
        }
        return false;
    }

    private void spend(Random random, String name) {
        for (int i = 0; !stopped; i++) {
            Debit again = random.nextInt(20) == 0 ? anyUnresolved() : random.nextInt(20) == 0 ? anyRecent() : null;
            debit(again != null ? again : Debit.of(Crowd.spender(random), amount(random), name + "-" + i, "used"));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20 + random.nextInt(60)));
        }
    }

    private boolean debit(Debit debit) {
        history.write(
                "invoke",
                debit.reference(),
                debit.account().value(),
                debit.amount().toString());
        remember(debit);
        try {
            DebitResult result = library.debit(debit);
            history.write(result instanceof DebitResult.Refused ? "fail" : "ok", debit.reference());
            forget(debit.reference());
            return true;
        } catch (RuntimeException e) {
            history.write("info", debit.reference(), e.getClass().getSimpleName());
            return false;
        }
    }

    private void buy(Random random) {
        while (!stopped) {
            buyer.buy(random);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500 + random.nextInt(1500)));
        }
    }

    private void chooseSettings(Random random) {
        while (!stopped) {
            AccountId account = Crowd.user(random);
            boolean enabled = random.nextInt(5) > 0 && !Crowd.leavesForGood(account);
            Settings settings = new Settings(
                    enabled,
                    random.nextInt(3) == 0 ? 100 : Terms.PACKAGE,
                    Credits.of(random.nextBoolean() ? 10 : Terms.HIGHEST_THRESHOLD));
            try {
                library.configure(account, settings, enabled ? Terms.CONSENT : null);
                if (!enabled) {
                    history.write(
                            "off",
                            account.value(),
                            Long.toString(Clock.systemUTC().millis()));
                }
            } catch (RuntimeException e) {
                history.write("unsettled", account.value(), e.getClass().getSimpleName());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200 + random.nextInt(400)));
        }
    }

    private synchronized void remember(Debit debit) {
        unresolved.put(debit.reference(), debit);
        recent.addLast(debit);
        if (recent.size() > REMEMBERED) {
            recent.removeFirst();
        }
    }

    private synchronized void forget(String reference) {
        unresolved.remove(reference);
    }

    private synchronized Debit anyUnresolved() {
        return unresolved.isEmpty() ? null : unresolved.values().iterator().next();
    }

    private synchronized Debit anyRecent() {
        return recent.peekFirst();
    }

    private static Credits amount(Random random) {
        return Credits.of(1 + random.nextInt(25));
    }

    private static Debit debitOf(String account, String amount, String reference) {
        return Debit.of(AccountId.of(account), Credits.of(amount), reference, "used");
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "spender");
        thread.setDaemon(true);
        thread.start();
    }
}
