package io.autorecharge.internal.schedule;

import io.autorecharge.credit.AccountId;
import io.autorecharge.report.CheckResult;
import io.autorecharge.store.Trigger;
import java.lang.reflect.InvocationTargetException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that look at accounts: so many at once as the provider may be called, virtual ones where the runtime has them. One bad
 * account stops nobody else.
 */
public final class AccountWorkers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AccountWorkers.class);

    private final ExecutorService pool;
    private final boolean chargeImmediately;
    private final BiFunction<AccountId, Trigger, CheckResult> check;
    private final Set<AccountId> waiting = ConcurrentHashMap.newKeySet();

    /** @param atOnce whether nudges are followed; else accounts stay due until a run takes them */
    public AccountWorkers(ExecutorService pool, boolean atOnce, BiFunction<AccountId, Trigger, CheckResult> look) {
        this.pool = pool;
        this.chargeImmediately = atOnce;
        this.check = look;
    }

    public static ExecutorService pool(int concurrency) {
        return Executors.newFixedThreadPool(concurrency, threads());
    }

    /** Looks at an account soon; a second nudge before it happens adds nothing. */
    public void nudge(AccountId account, Trigger trigger) {
        if (!chargeImmediately || !waiting.add(account)) {
            return;
        }
        try {
            pool.execute(() -> {
                // Taken out first: a debit that commits from here on must nudge again.
                waiting.remove(account);
                checkSafely(account, trigger);
            });
        } catch (RejectedExecutionException e) {
            waiting.remove(account);
            log.debug("account={} is left to the next run: this node is closing", account);
        }
    }

    Future<?> submit(AccountId account, RunReportBuilder tally) {
        return pool.submit(() -> {
            if (tally.isRefused()) {
                // The lease on it ends by itself; the next run takes it.
                return;
            }
            tally.count(check.apply(account, Trigger.SWEEP));
        });
    }

    private void checkSafely(AccountId account, Trigger trigger) {
        try {
            CheckResult visit = check.apply(account, trigger);
            log.debug("account={} looked at: {}", account, visit);
        } catch (Throwable e) {
            log.error("account={}: the look broke; the account comes again", account, e);
        }
    }

    @Override
    public void close() {
        pool.shutdown();
        try {
            if (!pool.awaitTermination(30, TimeUnit.SECONDS)) {
                log.warn(
                        "Some looks are still waiting for the provider; another node, or the next start, takes them up");
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    static ThreadFactory threads() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object named = type.getMethod("name", String.class, long.class).invoke(builder, "autorecharge-", 1L);
            return (ThreadFactory) type.getMethod("factory").invoke(named);
        } catch (NoSuchMethodException | ClassNotFoundException e) {
            return daemons();
        } catch (IllegalAccessException | InvocationTargetException e) {
            log.debug("Virtual threads are there but not to be had", e);
            return daemons();
        }
    }

    private static ThreadFactory daemons() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "autorecharge-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
