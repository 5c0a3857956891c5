package io.autorecharge.internal.charge;

import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.internal.clock.ClockCheck;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.CheckResult;
import io.autorecharge.store.RechargeStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Holds every check of a node whose clock is wrong: it claims nothing, sends nothing, and gives nothing up. */
public final class ClockGuard {
    private static final Duration RETRY = Duration.ofMinutes(1);

    private final ClockCheck clocks;
    private final RechargeStore store;
    private final Clock clock;
    private final AutoRechargeObserver observer;

    public ClockGuard(ClockCheck clocks, RechargeStore store, Clock clock, AutoRechargeObserver observer) {
        this.clocks = clocks;
        this.store = store;
        this.clock = clock;
        this.observer = observer;
    }

    /** The result of a check that must not take place; empty when it may. May wait for the provider. */
    public Optional<CheckResult> held(AccountId account) {
        return clocks.tooFar().map(ahead -> held(account, ahead));
    }

    private CheckResult held(AccountId account, Duration ahead) {
        Instant now = clock.instant();
        if (!ahead.isNegative()) {
            // What asked for this check may have made the account due by the wrong clock: other nodes must not wait for
            // that.
            store.markDue(account, now.minus(ahead));
        }
        Decision.Hold hold = new Decision.Hold(HoldReason.CLOCK_DIFFERS, now.plus(RETRY));
        observer.decided(account, hold);
        return new CheckResult.Held(account, hold);
    }
}
