package io.autorecharge.policy;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Range;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What follows declines: how long to wait after each, and how many in a row suspend the account until the customer acts. The defaults stay far
 * below what card networks allow (Visa 20 in 30 days, Mastercard 10 in 24 hours). Only definite declines count. Immutable.
 *
 * @param waits the wait after the first, second … decline; one fewer than {@code declines}; each positive and at most 60 days
 * @param declines how many declines in a row suspend the account, from 1 to 10
 */
public record BackOff(List<Duration> waits, int declines) {
    /** How many declines in a row suspend an account, by default. */
    public static final int DEFAULT_DECLINES = 3;

    /** The waits after the first and the second decline by default. */
    public static final List<Duration> DEFAULT_WAITS = List.of(Duration.ofHours(6), Duration.ofHours(48));

    private static final int MAX_DECLINES = 10;
    private static final int MAX_FACTOR = 100;
    private static final int MAX_WAIT_DAYS = 60;
    private static final BackOff DEFAULTS = new BackOff(DEFAULT_WAITS, DEFAULT_DECLINES);

    /** @throws InvalidValueException when a value breaks its rule */
    public BackOff {
        waits = List.copyOf(waits);
        Range.between("declines", declines, 1, MAX_DECLINES);
        if (waits.size() != declines - 1) {
            throw new InvalidValueException(
                    "waits", waits, "must be one fewer than the " + declines + " declines that suspend");
        }
        waits.forEach(wait -> Range.positive("waits", wait, MAX_WAIT_DAYS));
    }

    /** {@link #DEFAULT_WAITS} and {@link #DEFAULT_DECLINES}. */
    public static BackOff ofDefaults() {
        return DEFAULTS;
    }

    /**
     * Waits that grow by {@code factor} from {@code first}.
     *
     * @throws InvalidValueException when a value breaks its rule or a wait becomes too long
     */
    public static BackOff exponential(Duration first, int factor, int declines) {
        Range.between("declines", declines, 1, MAX_DECLINES);
        Range.between("factor", factor, 1, MAX_FACTOR);
        List<Duration> waits = new ArrayList<>();
        Duration wait = first;
        for (int i = 1; i < declines; i++) {
            waits.add(Range.positive("waits", wait, MAX_WAIT_DAYS));
            wait = wait.multipliedBy(factor);
        }
        return new BackOff(waits, declines);
    }

    /** Whether this many declines in a row suspend the account. */
    public boolean suspends(int declinesInARow) {
        return declinesInARow >= declines;
    }

    /** The wait after this many declines in a row (1, 2 …) that do not suspend. */
    public Duration waitAfter(int declinesInARow) {
        int known = waits.size();
        if (declinesInARow <= known) {
            return waits.get(declinesInARow - 1);
        }
        // In a grace, declines do not suspend: each further wait is twice the one before.
        Duration last = known == 0 ? DEFAULT_WAITS.get(0) : waits.get(known - 1);
        Duration wait = last.multipliedBy(1L << Math.min(declinesInARow - known, MAX_DECLINES));
        Duration most = Duration.ofDays(MAX_WAIT_DAYS);
        return wait.compareTo(most) > 0 ? most : wait;
    }
}
