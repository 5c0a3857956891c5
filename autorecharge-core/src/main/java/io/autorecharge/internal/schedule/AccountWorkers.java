package io.autorecharge.internal.schedule;

import io.autorecharge.credit.AccountId;
import io.autorecharge.internal.thread.FailureLog;
import io.autorecharge.report.CheckResult;
import io.autorecharge.store.Trigger;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that check accounts, bounded by {@code concurrency}. An account whose check fails
 * does not stop others.
 */
public final class AccountWorkers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AccountWorkers.class);

    private final ExecutorService pool;
    private final boolean chargeImmediately;
    private final BiFunction<AccountId, Trigger, CheckResult> check;
    private final FailureLog failures;
    private final Set<AccountId> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /**
     * @param chargeImmediately whether a request to check an account soon is carried out; otherwise the account stays due until the next
     *     run
     */
    public AccountWorkers(
            ExecutorService pool,
            boolean chargeImmediately,
            BiFunction<AccountId, Trigger, CheckResult> check,
            FailureLog failures) {
        this.pool = pool;
        this.chargeImmediately = chargeImmediately;
        this.check = check;
        this.failures = failures;
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

    /** Runs a short task on a thread of the library, and logs its failure; drops it when this node is closing. */
    public void execute(Runnable task) {
        try {
            pool.execute(() -> runSafely(task));
        } catch (RejectedExecutionException e) {
            log.debug("A task is dropped: this node is closing");
        }
    }

    private void runSafely(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            failures.failed("A task of the library failed", e);
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
        if (stopped || report.isStopped()) {
            // Its lease ends by itself; the next run takes it.
            return;
        }
        try {
            report.count(check.apply(account, Trigger.SWEEP));
        } catch (Throwable e) {
            report.countFailure();
            failures.failed("account=" + account + ": processing failed; the account will be retried", e);
        }
    }

    public boolean isClosed() {
        return stopped || pool.isShutdown();
    }

    private void checkSafely(AccountId account, Trigger trigger) {
        if (stopped) {
            log.debug("account={} is left to the next run: this node is closing", account);
            return;
        }
        try {
            CheckResult result = check.apply(account, trigger);
            log.debug("account={} checked: {}", account, result);
        } catch (Throwable e) {
            failures.failed("account=" + account + ": processing failed; the account will be retried", e);
        }
    }

    /** Begins no further check; those that wait are left to the next run, or to another node. */
    public void stop() {
        stopped = true;
        pool.shutdown();
    }

    /** Waits for the checks that have begun, then interrupts them. */
    public void awaitEnd(Duration atMost) {
        try {
            if (!pool.awaitTermination(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                log.warn(
                        "Some checks are still waiting for the provider; another node, or the next start, resumes them");
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
        awaitEnd(Duration.ofSeconds(30));
    }
}
