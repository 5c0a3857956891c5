package io.autorecharge.internal.schedule;

import io.autorecharge.internal.clock.ClockCheck;
import io.autorecharge.internal.event.EventDelivery;
import io.autorecharge.internal.installation.BindingCheck;
import io.autorecharge.internal.reversal.ReversalPoller;
import io.autorecharge.internal.thread.FailureLog;
import io.autorecharge.internal.thread.LibraryThreads;
import io.autorecharge.policy.Timing;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The in-process scheduler: takes due accounts every few seconds, and sweeps, delivers events and polls for refunds and disputes beside
 * that, each in a turn of its own. Its intervals are measured by a clock that is never set.
 */
public final class BackgroundScheduler implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BackgroundScheduler.class);

    /** How many accounts are tried in vain, one in each turn, before one a minute is tried. */
    private static final int EAGER_PROBES = 10;

    private static final Duration PURGE = Duration.ofHours(1);
    private static final long PROBE_PAUSE = TimeUnit.MINUTES.toNanos(1);

    private final DueAccountPoller due;
    private final @Nullable ReversalPoller reversals;
    private final EventDelivery delivery;
    private final ClockCheck clocks;
    private final BindingCheck binding;
    private final Purge purge;
    private final Timing timing;
    private final LongSupplier nanos;
    private final ProviderRefusals refusals = new ProviderRefusals();
    private final KeepAlive keepAlive = new KeepAlive();
    private @Nullable ScheduledExecutorService timer;
    private @Nullable Long nextSweep;
    private int probes;
    private long lastProbe;

    /**
     * @param reversals null where refunds and disputes are not polled
     * @param nanos a clock that is never set
     */
    public BackgroundScheduler(
            DueAccountPoller due,
            @Nullable ReversalPoller reversals,
            EventDelivery delivery,
            ClockCheck clocks,
            BindingCheck binding,
            Purge purge,
            Timing timing,
            LongSupplier nanos) {
        this.due = due;
        this.reversals = reversals;
        this.delivery = delivery;
        this.clocks = clocks;
        this.binding = binding;
        this.purge = purge;
        this.timing = timing;
        this.nanos = nanos;
    }

    public synchronized void start() {
        if (timer != null) {
            return;
        }
        ScheduledExecutorService started = LibraryThreads.timer(reversals == null ? 4 : 5);
        every(started, timing.poll(), "due accounts", this::pollDue);
        every(started, timing.poll(), "low balances", this::sweepIfTime);
        every(started, timing.poll(), "undelivered events", delivery::deliverOverdue);
        every(started, PURGE, "old rows", this::purgeIfRight);
        if (reversals != null) {
            every(started, timing.poll(), "refunds and disputes", reversals::tick);
        }
        timer = started;
        keepAlive.start();
    }

    public synchronized boolean isRunning() {
        return timer != null;
    }

    /** A thread for each turn: none waits for another one. An exception that escaped from a turn would end its schedule silently. */
    // Each turn catches everything itself, so its future has no result.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void every(ScheduledExecutorService timer, Duration interval, String what, Runnable turn) {
        FailureLog failures = new FailureLog(log, nanos);
        Runnable safely = () -> {
            try {
                turn.run();
            } catch (Throwable e) {
                failures.failed("Polling " + what + " failed; it will be retried", e);
            }
        };
        timer.scheduleWithFixedDelay(safely, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** All turns once, on the calling thread. */
    public void tick() {
        try {
            sweepIfTime();
        } catch (RuntimeException e) {
            // A sweep that fails is retried in the next turn, and does not delay accounts that are due.
            log.error("The sweep failed", e);
        }
        pollDue();
        delivery.deliverOverdue();
    }

    private void sweepIfTime() {
        long now = nanos.getAsLong();
        if ((nextSweep == null || now - nextSweep >= 0) && mayCharge()) {
            due.sweep();
            nextSweep = now + timing.sweep().toNanos();
        }
    }

    /** By a wrong clock rows that are not old would be deleted. */
    private void purgeIfRight() {
        if (clocks.tooFar().isEmpty()) {
            purge.turn();
        }
    }

    private boolean mayCharge() {
        return clocks.tooFar().isEmpty() && binding.difference().isEmpty();
    }

    private void pollDue() {
        // Nobody would be charged, and by a wrong clock accounts would be taken before they are due, and leased for too
        // long.
        if (!mayCharge()) {
            return;
        }
        if (!refusals.areEvidence()) {
            if (probes > 0) {
                log.info("The payment provider accepts the configured key again");
                probes = 0;
            }
            due.poll(new RunReportBuilder(refusals, false));
        } else if (probes < EAGER_PROBES || nanos.getAsLong() - lastProbe >= PROBE_PAUSE) {
            if (probes == 0) {
                log.error(
                        "The payment provider refuses the configured key, mode or permission: {} accounts in a row were refused."
                                + " Until one is not, one account at a time is processed.",
                        ProviderRefusals.EVIDENCE);
            }
            probes++;
            lastProbe = nanos.getAsLong();
            due.pollOne(new RunReportBuilder(refusals, true));
        }
    }

    @Override
    public synchronized void close() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
        keepAlive.close();
    }
}
