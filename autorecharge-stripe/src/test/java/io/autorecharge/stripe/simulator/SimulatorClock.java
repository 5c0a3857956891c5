package io.autorecharge.stripe.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** The given clock, advanced by what tests request. */
final class SimulatorClock extends Clock {

    private final Clock base;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    SimulatorClock(Clock base) {
        this.base = base;
    }

    void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("by must not be negative: " + by);
        }
        ahead.accumulateAndGet(by, Duration::plus);
    }

    long seconds() {
        return instant().getEpochSecond();
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        SimulatorClock clock = new SimulatorClock(base.withZone(zone));
        clock.ahead.set(ahead.get());
        return clock;
    }
}
