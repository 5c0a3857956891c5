package io.autorecharge.internal.account;

import io.autorecharge.credit.Text;
import io.autorecharge.store.Pause;
import io.autorecharge.store.PauseReport;
import io.autorecharge.store.RechargeStore;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops all charges on all nodes, and ends the stop. */
public final class PauseService {
    private static final Logger log = LoggerFactory.getLogger(PauseService.class);

    private final RechargeStore store;
    private final boolean thresholdInclusive;
    private final Clock clock;

    public PauseService(RechargeStore store, boolean thresholdInclusive, Clock clock) {
        this.store = store;
        this.thresholdInclusive = thresholdInclusive;
        this.clock = clock;
    }

    public PauseReport pause(String reason, String actor) {
        PauseReport report =
                store.pause(new Pause(reason, actor, clock.instant().truncatedTo(ChronoUnit.MICROS)));
        log.warn(
                "All charges are stopped by {}: {}; charges under way: {}{}",
                actor,
                reason,
                report.underWay(),
                report.complete() ? "" : ", and perhaps some that could not be counted yet");
        return report;
    }

    /** A held account has no due time, so the sweep finds it. */
    public boolean resume(String actor) {
        Text.require("actor", actor);
        boolean stopped = store.resume();
        if (stopped) {
            int due = store.sweep(thresholdInclusive, clock.instant());
            log.warn("The stop of all charges is ended by {}; accounts that are due now: {}", actor, due);
        }
        return stopped;
    }

    public void liftTotalLimits(String actor) {
        Text.require("actor", actor);
        store.forgetSpending();
        log.warn("The limits of money over all accounts are lifted by {} for the rest of the hour and day", actor);
    }
}
