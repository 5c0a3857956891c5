package io.autorecharge.policy;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Reports an account that recharges suspiciously often, such as after a runaway job of the user. It stops nothing; {@link Limits} do.
 * Immutable.
 *
 * @param recharges more recharges than this, open or paid, that start within {@code within} are a breach; from 1 to 10000
 * @param within the sliding window; positive and at most 30 days
 */
public record VelocityAlarm(int recharges, Duration within) {
    /** Recharges per window without an alarm by default. */
    public static final int DEFAULT_RECHARGES = 5;

    /** The window by default. */
    public static final Duration DEFAULT_WITHIN = Duration.ofHours(1);

    private static final int MAX_RECHARGES = 10_000;
    private static final int MAX_DAYS = 30;
    private static final VelocityAlarm DEFAULTS = new VelocityAlarm(DEFAULT_RECHARGES, DEFAULT_WITHIN);

    /** @throws InvalidValueException when a value breaks its rule */
    public VelocityAlarm {
        Range.between("recharges", recharges, 1, MAX_RECHARGES);
        Range.positive("within", within, MAX_DAYS);
    }

    /** More than {@link #DEFAULT_RECHARGES} within {@link #DEFAULT_WITHIN}. */
    public static VelocityAlarm ofDefaults() {
        return DEFAULTS;
    }

    /** The earliest start of a recharge that matters when one starts at {@code now}. */
    public Instant countedFrom(Instant now) {
        return now.minus(within.multipliedBy(2));
    }

    /**
     * Whether the newest of these starts begins a breach. A start that continues a breach does not: a breach lasts until a recharge starts
     * without too many before it.
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
