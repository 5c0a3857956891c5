package io.autorecharge.internal.schedule;

import io.autorecharge.credit.AccountId;
import io.autorecharge.report.CheckResult;
import io.autorecharge.store.Trigger;
import java.lang.reflect.InvocationTargetException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that check accounts, bounded by {@code concurrency}; virtual threads where the runtime has them. An account whose check fails
 * does not stop others.
 */
public final class AccountWorkers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AccountWorkers.class);

    private final ExecutorService pool;
    private final boolean chargeImmediately;
    private final BiFunction<AccountId, Trigger, CheckResult> check;
    private final Set<AccountId> waiting = ConcurrentHashMap.newKeySet();

    /**
     * @param chargeImmediately whether a request to check an account soon is carried out; otherwise the account stays due until the next
     *     run
     */
    public AccountWorkers(
            ExecutorService pool, boolean chargeImmediately, BiFunction<AccountId, Trigger, CheckResult> check) {
        this.pool = pool;
        this.chargeImmediately = chargeImmediately;
        this.check = check;
    }

    public static ExecutorService pool(int concurrency) {
        return Executors.newFixedThreadPool(concurrency, threads());
    }

    /** For turns that wait: one thread for each. */
    static ScheduledExecutorService timer(int turns) {
        return Executors.newScheduledThreadPool(turns, threads());
    }

    /** Checks an account soon. A second request before that check has no effect. */
    public void checkSoon(AccountId account, Trigger trigger) {
        if (!chargeImmediately || !waiting.add(account)) {
            return;
        }
        try {
            pool.execute(() -> {
                // Removed first: a debit that commits from here on must be able to request another check.
                waiting.remove(account);
                checkSafely(account, trigger);
            });
        } catch (RejectedExecutionException e) {
            waiting.remove(account);
            log.debug("account={} is left to the next run: this node is closing", account);
        }
    }

    /** Runs a short task on a thread of the library; drops it when this node is closing. */
    public void execute(Runnable task) {
        try {
            pool.execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("A task is dropped: this node is closing");
        }
    }

    /** Checks a due account; {@code done} runs whatever happens. */
    // The task catches everything itself, so its future has no result.
    @SuppressWarnings("FutureReturnValueIgnored")
    void submit(AccountId account, RunReportBuilder report, Runnable done) {
        try {
            pool.submit(() -> {
                try {
                    checkDue(account, report);
                } finally {
                    done.run();
                }
            });
        } catch (RejectedExecutionException e) {
            done.run();
            log.debug("account={} is left to another node: this one is closing", account);
        }
    }

    private void checkDue(AccountId account, RunReportBuilder report) {
        if (report.isStopped()) {
            // Its lease ends by itself; the next run takes it.
            return;
        }
        try {
            report.count(check.apply(account, Trigger.SWEEP));
        } catch (Throwable e) {
            report.countFailure();
            log.error("account={}: processing failed; the account will be retried", account, e);
        }
    }

    boolean isClosed() {
        return pool.isShutdown();
    }

    private void checkSafely(AccountId account, Trigger trigger) {
        try {
            CheckResult result = check.apply(account, trigger);
            log.debug("account={} checked: {}", account, result);
        } catch (Throwable e) {
            log.error("account={}: processing failed; the account will be retried", account, e);
        }
    }

    @Override
    public void close() {
        pool.shutdown();
        try {
            if (!pool.awaitTermination(30, TimeUnit.SECONDS)) {
                log.warn(
                        "Some checks are still waiting for the provider; another node, or the next start, resumes them");
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
            log.debug("Virtual threads exist but cannot be used", e);
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
