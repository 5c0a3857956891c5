package io.autorecharge.internal.schedule;

import io.autorecharge.internal.clock.ClockCheck;
import io.autorecharge.internal.event.EventDelivery;
import io.autorecharge.internal.installation.BindingCheck;
import io.autorecharge.internal.reversal.ReversalPoller;
import io.autorecharge.report.RunReport;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes all due accounts once. Its log lines are documented and stay as they are, because operators search for them.
 */
public final class RunOnceJob {
    private static final Logger log = LoggerFactory.getLogger(RunOnceJob.class);
    private static final String RULE = "=".repeat(80);

    private final DueAccountPoller due;
    private final @Nullable ReversalPoller reversals;
    private final EventDelivery delivery;
    private final ClockCheck clocks;
    private final BindingCheck binding;
    private final Purge purge;
    private final Clock clock;

    /** @param reversals null where refunds and disputes are not polled */
    public RunOnceJob(
            DueAccountPoller due,
            @Nullable ReversalPoller reversals,
            EventDelivery delivery,
            ClockCheck clocks,
            BindingCheck binding,
            Purge purge,
            Clock clock) {
        this.due = due;
        this.reversals = reversals;
        this.delivery = delivery;
        this.clocks = clocks;
        this.binding = binding;
        this.purge = purge;
        this.clock = clock;
    }

    public RunReport once() {
        log.info(RULE);
        log.info("Starting auto-recharge job...");
        log.info("Timestamp: {}", clock.instant());
        log.info(RULE);
        if (reversals != null) {
            // First, because a refund or dispute suspends: customers who asked for their money back are not charged
            // again.
            reversals.poll();
        }
        RunReportBuilder counts = new RunReportBuilder();
        if (clocks.tooFar().isPresent()) {
            log.error("The clock of this node is wrong: the run was stopped, and no account was checked.");
            counts.countFailure();
        } else if (binding.difference().isPresent()) {
            log.error("The database is not confirmed: the run was stopped, and no account was checked.");
            counts.countFailure();
        } else {
            due.sweep();
            due.pollToTheEnd(counts);
            purge.turn();
        }
        RunReport report = counts.report();
        delivery.deliverOverdue();
        delivery.awaitIdle();
        if (report.checked() == 0) {
            log.info("No users need auto-recharge at this time.");
        } else {
            log.info(
                    "Checked {} users: {} recharged, {} held, {} declined, {} not decided yet, {} failed",
                    report.checked(),
                    report.paid(),
                    report.held(),
                    report.declined(),
                    report.open(),
                    report.failed());
        }
        if (counts.isStopped()) {
            log.error(
                    "The payment provider refuses the configured key, mode or permission: the run was stopped. No decline was counted.");
        } else if (report.providerRefused()) {
            log.error(
                    "The payment provider refused some accounts for the configured key, mode or permission. No decline was counted.");
        }
        log.info(RULE);
        return report;
    }
}
