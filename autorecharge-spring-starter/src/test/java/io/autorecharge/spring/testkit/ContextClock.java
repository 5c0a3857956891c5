package io.autorecharge.spring.testkit;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** The system's clock until a context has started, then the one that the context uses. Thread-safe. */
final class ContextClock extends Clock {
    private volatile Clock current = Clock.systemUTC();

    void use(Clock clock) {
        current = clock;
    }

    @Override
    public Instant instant() {
        return current.instant();
    }

    @Override
    public ZoneId getZone() {
        return current.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return current.withZone(zone);
    }
}
