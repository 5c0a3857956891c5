package io.autorecharge.policy;

import java.time.Duration;

/**
 * The protocol's own times. All are waits, none is a guarantee: correctness does not depend on them, except that {@code resendWithin} must
 * be shorter than the provider keeps idempotency keys.
 *
 * @param lease how long a node that claimed may be waiting for the provider's answer before another node takes over; longer than the
 *     gateway's longest call
 * @param resendWithin how long after its FIRST send an attempt may be sent again with its key. Stripe may forget keys after 24 hours, and a
 *     forgotten key is a second charge; the default of 20 hours leaves a margin
 * @param concludeAfter how long after its LAST send an attempt that the provider's list does not show is taken as never carried out
 * @param poll how often due accounts are looked for
 * @param sweep how often all accounts are compared with their thresholds (the seed's job runs every hour)
 */
public record Timing(Duration lease, Duration resendWithin, Duration concludeAfter, Duration poll, Duration sweep) {
    private static final Timing DEFAULTS = new Timing(
            Duration.ofMinutes(2),
            Duration.ofHours(20),
            Duration.ofHours(25),
            Duration.ofSeconds(5),
            Duration.ofHours(1));

    /** @throws IllegalArgumentException naming the field and the value */
    public Timing {
        positive("lease", lease);
        positive("resend within", resendWithin);
        positive("conclude after", concludeAfter);
        positive("poll", poll);
        positive("sweep", sweep);
        if (resendWithin.compareTo(Duration.ofHours(23)) > 0) {
            throw new IllegalArgumentException(
                    "resend within must be at most 23 hours, since keys may be forgotten after 24: " + resendWithin);
        }
        if (concludeAfter.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException("conclude after must be at least 1 hour: " + concludeAfter);
        }
    }

    /** Lease 2 minutes, send again within 20 hours, conclude after 25, poll every 5 seconds, sweep every hour. */
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

    private static void positive(String field, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException(field + " must be more than zero and at most 30 days: " + value);
        }
    }
}
