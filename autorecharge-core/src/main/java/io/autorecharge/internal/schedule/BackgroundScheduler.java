package io.autorecharge.internal.schedule;

import io.autorecharge.internal.event.EventDelivery;
import io.autorecharge.internal.reversal.ReversalPoller;
import io.autorecharge.policy.Timing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The in-process scheduler: takes due accounts every few seconds, sweeps every hour, and pauses while the provider refuses the configured
 * key.
 */
public final class BackgroundScheduler implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BackgroundScheduler.class);
    private static final Duration REFUSED_PAUSE = Duration.ofMinutes(1);

    private final DueAccountPoller due;
    private final @Nullable ReversalPoller reversals;
    private final EventDelivery delivery;
    private final Timing timing;
    private final Clock clock;
    private @Nullable ScheduledExecutorService timer;
    private Instant nextSweep = Instant.MIN;
    private Instant pausedUntil = Instant.MIN;
    private RunReportBuilder report = new RunReportBuilder();

    /** @param reversals null where refunds and disputes are not polled */
    public BackgroundScheduler(
            DueAccountPoller due,
            @Nullable ReversalPoller reversals,
            EventDelivery delivery,
            Timing timing,
            Clock clock) {
        this.due = due;
        this.reversals = reversals;
        this.delivery = delivery;
        this.timing = timing;
        this.clock = clock;
    }

    // Each turn catches everything itself, so its future has no result.
    @SuppressWarnings("FutureReturnValueIgnored")
    public synchronized void start() {
        if (timer != null) {
            return;
        }
        // Refunds and disputes have a thread of their own: reading a month of them must not delay a recharge.
        ScheduledExecutorService started =
                Executors.newScheduledThreadPool(reversals == null ? 1 : 2, AccountWorkers.threads());
        long poll = timing.poll().toMillis();
        started.scheduleWithFixedDelay(safely("due accounts", this::tick), 0, poll, TimeUnit.MILLISECONDS);
        if (reversals != null) {
            started.scheduleWithFixedDelay(
                    safely("refunds and disputes", reversals::tick), 0, poll, TimeUnit.MILLISECONDS);
        }
        timer = started;
    }

    public synchronized boolean isRunning() {
        return timer != null;
    }

    /** An exception that escaped from a turn would end its schedule silently. */
    private static Runnable safely(String what, Runnable turn) {
        return () -> {
            try {
                turn.run();
            } catch (Throwable e) {
                log.error("Polling {} failed; it will be retried", what, e);
            }
        };
    }

    public void tick() {
        Instant now = clock.instant();
        if (now.isBefore(pausedUntil)) {
            return;
        }
        if (!now.isBefore(nextSweep)) {
            sweep(now);
        }
        // A refusal may come in after its poll has ended: the next turn sees it.
        boolean refused = report.isRefused();
        report = new RunReportBuilder();
        if (!refused) {
            due.poll(report);
        }
        if (refused || report.isRefused()) {
            report = new RunReportBuilder();
            pausedUntil = clock.instant().plus(REFUSED_PAUSE);
            log.error(
                    "The payment provider refuses the configured key, mode or permission; no account is processed until {}",
                    pausedUntil);
        }
        delivery.deliverOverdue();
    }

    /** A sweep that fails is retried in the next turn, and does not delay accounts that are due. */
    private void sweep(Instant now) {
        try {
            due.sweep();
            nextSweep = now.plus(timing.sweep());
        } catch (RuntimeException e) {
            log.error("The sweep failed", e);
        }
    }

    @Override
    public synchronized void close() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
    }
}
