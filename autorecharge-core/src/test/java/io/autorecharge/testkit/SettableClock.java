package io.autorecharge.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until a test moves it. Safe for use by many threads. */
public final class SettableClock extends Clock {
    /** The time of a new clock. */
    public static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private volatile Instant now = START;
    private volatile long passed;

    @Override
    public Instant instant() {
        return now;
    }

    /** Time passes; a negative duration sets the clock back instead. */
    public synchronized void advance(Duration by) {
        now = now.plus(by);
        passed += Math.max(0, by.toNanos());
    }

    /** The nanoseconds that have passed, as a clock that is never set counts them. */
    public long nanos() {
        return passed;
    }

    /** Sets the clock; no time passes. */
    public synchronized void set(Instant to) {
        now = to;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(now, zone);
    }
}
