package io.autorecharge.internal.schedule;

import io.autorecharge.credit.AccountId;
import io.autorecharge.policy.Timing;
import io.autorecharge.store.RechargeStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes due accounts and has workers check them. It takes more as soon as workers are free, so that a slow account does not delay others.
 * Accounts that become due while it runs are left to the next poll.
 */
public final class DueAccountPoller {
    private static final Logger log = LoggerFactory.getLogger(DueAccountPoller.class);

    /** How many accounts one query takes: more would hold leases that no worker can use yet. */
    private static final int BATCH = 50;

    /** How long to wait for more free workers before taking accounts for those that are free already. */
    private static final long GATHER_MILLIS = 20;

    private final RechargeStore store;
    private final AccountWorkers workers;
    private final Timing timing;
    private final boolean thresholdInclusive;
    private final Clock clock;
    private final Semaphore free;

    /** How many free workers are worth a query; a few of many, so that most of them always have work. */
    private final int gathered;

    /** @param concurrency how many accounts may be checked at the same time */
    public DueAccountPoller(
            RechargeStore store,
            AccountWorkers workers,
            int concurrency,
            Timing timing,
            boolean thresholdInclusive,
            Clock clock) {
        this.store = store;
        this.workers = workers;
        this.timing = timing;
        this.thresholdInclusive = thresholdInclusive;
        this.clock = clock;
        this.free = new Semaphore(concurrency);
        this.gathered = Math.max(1, Math.min(BATCH, concurrency / 16));
    }

    /** Marks low accounts as due that no event has reported. */
    void sweep() {
        int found = store.sweep(thresholdInclusive, clock.instant());
        log.debug("The sweep marked {} accounts as due", found);
    }

    /**
     * Starts to check every account that is due now; returns when all of them are taken; some may still be waiting for the provider.
     */
    void poll(RunReportBuilder report) {
        poll(report, new Phaser(1));
    }

    /** Starts to check the account that has been due longest. */
    void pollOne(RunReportBuilder report) {
        try {
            free.acquire();
            takeAndSubmit(clock.instant(), report, new Phaser(1), 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Checks every account that is due now, and waits until the last one is done. */
    void pollToTheEnd(RunReportBuilder report) {
        Phaser running = new Phaser(1);
        poll(report, running);
        try {
            running.awaitAdvanceInterruptibly(running.arrive());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void poll(RunReportBuilder report, Phaser running) {
        Instant start = clock.instant();
        try {
            while (takeAndSubmit(start, report, running, awaitFree())) {
                // A batch may be shorter than the limit and still not be the last one.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * @param wanted how many workers were reserved
     * @return whether more accounts may be due
     */
    private boolean takeAndSubmit(Instant start, RunReportBuilder report, Phaser running, int wanted) {
        List<AccountId> due = List.of();
        try {
            // Checked after the wait: an account that is taken and not checked stays leased.
            if (!report.isStopped() && !workers.isClosed()) {
                due = atMost(wanted, store.takeDue(start, clock.instant().plus(timing.lease()), wanted));
            }
        } finally {
            free.release(wanted - due.size());
        }
        due.forEach(account -> {
            running.register();
            workers.submit(account, report, () -> {
                free.release();
                running.arriveAndDeregister();
            });
        });
        return !due.isEmpty();
    }

    /** There would be no workers for the rest; their leases run out. */
    private static List<AccountId> atMost(int wanted, List<AccountId> due) {
        if (due.size() > wanted) {
            throw new IllegalStateException(
                    "the store took " + due.size() + " due accounts, but was asked for at most " + wanted);
        }
        return due;
    }

    /** Waits for a free worker, and a moment longer for others, so that a busy node takes several accounts per query. */
    private int awaitFree() throws InterruptedException {
        free.acquire();
        int acquired = 1;
        try {
            if (gathered > 1 && free.tryAcquire(gathered - 1, GATHER_MILLIS, TimeUnit.MILLISECONDS)) {
                acquired = gathered;
            }
        } catch (InterruptedException e) {
            free.release();
            throw e;
        }
        while (acquired < BATCH && free.tryAcquire()) {
            acquired++;
        }
        return acquired;
    }
}
