package io.autorecharge.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Tells people of an account that recharges suspiciously often: a runaway job of the user's, or of ours. It holds nothing back; that is what
 * {@link Limits} are for. Immutable.
 *
 * @param recharges more than so many, open or paid, that began within {@code within} are a breach
 * @param within the sliding window
 */
public record VelocityAlarm(int recharges, Duration within) {
    /** Recharges a window that alarm nobody by default. */
    public static final int DEFAULT_RECHARGES = 5;

    /** The window that counts by default. */
    public static final Duration DEFAULT_WITHIN = Duration.ofHours(1);

    private static final VelocityAlarm DEFAULTS = new VelocityAlarm(DEFAULT_RECHARGES, DEFAULT_WITHIN);

    /** @throws IllegalArgumentException naming the field and the value */
    public VelocityAlarm {
        if (recharges < 1 || recharges > 10_000) {
            throw new IllegalArgumentException("velocity alarm's recharges must be from 1 to 10000: " + recharges);
        }
        if (within.isNegative() || within.isZero() || within.compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException(
                    "velocity alarm's window must be more than zero and at most 30 days: " + within);
        }
    }

    /** More than 5 within an hour. */
    public static VelocityAlarm ofDefaults() {
        return DEFAULTS;
    }

    /** The earliest start of a recharge that matters when one starts at {@code now}. */
    public Instant countedFrom(Instant now) {
        return now.minus(within.multipliedBy(2));
    }

    /**
     * Whether the newest of these starts begins a breach. One that only goes on with a breach does not: a breach lasts until a recharge
     * starts without too many before it.
     */
    public boolean begins(List<Instant> starts) {
        List<Instant> sorted = starts.stream().sorted().toList();
        int newest = sorted.size() - 1;
        return isBreach(sorted, newest) && !isBreach(sorted, newest - 1);
    }

    private boolean isBreach(List<Instant> sorted, int which) {
        if (which < 0) {
            return false;
        }
        Instant from = sorted.get(which).minus(within);
        return sorted.subList(0, which + 1).stream().filter(from::isBefore).count() > recharges;
    }
}
