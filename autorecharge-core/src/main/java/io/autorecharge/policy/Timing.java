package io.autorecharge.policy;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Range;
import java.time.Duration;

/**
 * The library's waits. Correctness does not depend on them, except that {@code resendWithin} must be shorter than the time for which the
 * provider keeps idempotency keys. Each is positive and at most 30 days. Immutable.
 *
 * @param lease how long a node that claimed an account may wait for the provider's answer before another node takes over; longer than the
 *     gateway's longest call
 * @param resendWithin how long after its FIRST send an attempt may be sent again with its key, at most 23 hours. Stripe may forget keys after
 *     24 hours, and a forgotten key is a second charge
 * @param concludeAfter how long after its LAST send an attempt that the provider does not list counts as never carried out; at least 1 hour
 * @param poll interval between two searches for due accounts
 * @param sweep interval between two comparisons of all accounts with their thresholds
 */
public record Timing(Duration lease, Duration resendWithin, Duration concludeAfter, Duration poll, Duration sweep) {
    public static final Duration DEFAULT_LEASE = Duration.ofMinutes(2);

    /** Stays below the 24 hours for which Stripe keeps keys. */
    public static final Duration DEFAULT_RESEND_WITHIN = Duration.ofHours(20);

    public static final Duration DEFAULT_CONCLUDE_AFTER = Duration.ofHours(25);
    public static final Duration DEFAULT_POLL = Duration.ofSeconds(5);

    /** The interval of the sweep by default. */
    public static final Duration DEFAULT_SWEEP = Duration.ofHours(1);

    private static final int MAX_DAYS = 30;
    private static final Duration MAX_RESEND_WITHIN = Duration.ofHours(23);
    private static final Duration MIN_CONCLUDE_AFTER = Duration.ofHours(1);
    private static final Timing DEFAULTS =
            new Timing(DEFAULT_LEASE, DEFAULT_RESEND_WITHIN, DEFAULT_CONCLUDE_AFTER, DEFAULT_POLL, DEFAULT_SWEEP);

    /** @throws InvalidValueException when a value breaks its rule */
    public Timing {
        Range.positive("lease", lease, MAX_DAYS);
        Range.positive("resendWithin", resendWithin, MAX_DAYS);
        Range.positive("concludeAfter", concludeAfter, MAX_DAYS);
        Range.positive("poll", poll, MAX_DAYS);
        Range.positive("sweep", sweep, MAX_DAYS);
        if (resendWithin.compareTo(MAX_RESEND_WITHIN) > 0) {
            throw new InvalidValueException(
                    "resendWithin", resendWithin, "must be at most 23 hours, since keys may be forgotten after 24");
        }
        if (concludeAfter.compareTo(MIN_CONCLUDE_AFTER) < 0) {
            throw new InvalidValueException("concludeAfter", concludeAfter, "must be at least 1 hour");
        }
    }

    /** The default of every wait. */
    public static Timing ofDefaults() {
        return DEFAULTS;
    }

    public Timing withLease(Duration value) {
        return new Timing(value, resendWithin, concludeAfter, poll, sweep);
    }

    public Timing withPoll(Duration value) {
        return new Timing(lease, resendWithin, concludeAfter, value, sweep);
    }

    public Timing withSweep(Duration value) {
        return new Timing(lease, resendWithin, concludeAfter, poll, value);
    }
}
