package io.autorecharge.examples.nemesis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system clock plus an offset, so that days can pass after the faults have ended. Thread-safe. */
final class AheadClock extends Clock {
    private volatile Duration ahead;

    AheadClock(Duration ahead) {
        this.ahead = ahead;
    }

    void ahead(Duration value) {
        ahead = value;
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("UTC only, not " + zone);
    }
}
