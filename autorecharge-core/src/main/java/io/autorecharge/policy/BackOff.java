package io.autorecharge.policy;

import java.time.Duration;
import java.util.List;

/**
 * What follows declines: how long to wait after each, and after how many in a row to stop until the customer acts. Few and far apart, far
 * below what card networks allow (Visa 20 in 30 days, Mastercard 10 in 24 hours). Only definite declines count. Immutable.
 *
 * @param waits the wait after the first, second … decline; one fewer than {@code declines}
 * @param declines declines in a row that suspend the account
 */
public record BackOff(List<Duration> waits, int declines) {
    /** The seed's "disable after 3 failures". */
    public static final int DEFAULT_DECLINES = 3;

    private static final List<Duration> DEFAULT_WAITS = List.of(Duration.ofHours(6), Duration.ofHours(48));

    private static final BackOff DEFAULTS = new BackOff(DEFAULT_WAITS, DEFAULT_DECLINES);

    /** @throws IllegalArgumentException naming the field and the value */
    public BackOff {
        waits = List.copyOf(waits);
        if (declines < 1 || declines > 10) {
            throw new IllegalArgumentException("declines before suspension must be from 1 to 10: " + declines);
        }
        if (waits.size() != declines - 1) {
            throw new IllegalArgumentException(
                    "back-off waits must be one fewer than the " + declines + " declines that suspend: " + waits);
        }
        for (Duration wait : waits) {
            if (wait.isNegative() || wait.isZero() || wait.compareTo(Duration.ofDays(60)) > 0) {
                throw new IllegalArgumentException("back-off wait must be more than zero and at most 60 days: " + wait);
            }
        }
    }

    /** After the first decline 6 hours, after the second 48, after the third suspension. */
    public static BackOff ofDefaults() {
        return DEFAULTS;
    }

    /** Waits that grow by {@code factor} from {@code first}. */
    public static BackOff exponential(Duration first, int factor, int declines) {
        if (factor < 1 || factor > 100) {
            throw new IllegalArgumentException("back-off factor must be from 1 to 100: " + factor);
        }
        return new BackOff(
                java.util.stream.IntStream.range(0, Math.max(0, declines - 1))
                        .mapToObj(i -> first.multipliedBy((long) Math.pow(factor, i)))
                        .toList(),
                declines);
    }

    /** Whether this many declines in a row suspend. */
    public boolean suspends(int declinesInARow) {
        return declinesInARow >= declines;
    }

    /** The wait after this many declines in a row (1, 2 …), of which the last did not suspend. */
    public Duration waitAfter(int declinesInARow) {
        return waits.get(declinesInARow - 1);
    }
}
