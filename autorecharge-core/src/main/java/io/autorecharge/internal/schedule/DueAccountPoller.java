package io.autorecharge.internal.schedule;

import io.autorecharge.credit.AccountId;
import io.autorecharge.policy.Timing;
import io.autorecharge.store.RechargeStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the accounts that are due and has them looked at, batch by batch. */
public final class DueAccountPoller {
    private static final Logger log = LoggerFactory.getLogger(DueAccountPoller.class);
    private static final int BATCH = 50;

    private final RechargeStore store;
    private final AccountWorkers workers;
    private final Timing timing;
    private final boolean thresholdInclusive;
    private final Clock clock;

    public DueAccountPoller(
            RechargeStore store, AccountWorkers workers, Timing timing, boolean thresholdInclusive, Clock clock) {
        this.store = store;
        this.workers = workers;
        this.timing = timing;
        this.thresholdInclusive = thresholdInclusive;
        this.clock = clock;
    }

    void sweep() {
        int found = store.sweep(thresholdInclusive, clock.instant());
        log.debug("The sweep made {} accounts due", found);
    }

    /** Until none is left, the provider refuses us, or this thread is interrupted. */
    RunReportBuilder takeAll() {
        RunReportBuilder tally = new RunReportBuilder();
        boolean more = true;
        while (more) {
            more = takeBatch(tally) == BATCH
                    && !tally.isRefused()
                    && !Thread.currentThread().isInterrupted();
        }
        return tally;
    }

    private int takeBatch(RunReportBuilder tally) {
        Instant now = clock.instant();
        List<AccountId> due = store.takeDue(now, now.plus(timing.lease()), BATCH);
        List<? extends Future<?>> looks =
                due.stream().map(account -> workers.submit(account, tally)).toList();
        for (Future<?> look : looks) {
            try {
                look.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 0;
            } catch (ExecutionException e) {
                tally.countFailure();
                log.error("A look broke; its account comes again", e.getCause());
            }
        }
        return due.size();
    }
}
