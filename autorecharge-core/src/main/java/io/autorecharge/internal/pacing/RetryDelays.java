package io.autorecharge.internal.pacing;

import io.autorecharge.gateway.Outcome;
import java.time.Duration;

/** How long to wait before the next check of something that has no final state. */
public final class RetryDelays {
    /** How long an attempt that is to be sent again waits while an operator has stopped all charges. */
    public static final Duration PAUSED = Duration.ofMinutes(5);

    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryDelays() {}

    /** The first checks follow within seconds, because most doubts end then; later ones every hour. */
    public static Duration after(Outcome outcome, int checks) {
        if (outcome instanceof Outcome.Processing) {
            return growing(Duration.ofMinutes(10), 3, checks, Duration.ofHours(6));
        }
        if (outcome instanceof Outcome.NotSubmitted refused) {
            return switch (refused.reason()) {
                case BUSY -> growing(Duration.ofSeconds(2), 2, checks, Duration.ofMinutes(5));
                case CONFIGURATION -> growing(Duration.ofMinutes(5), 2, checks, LONGEST);
                case REJECTED -> Duration.ofHours(1);
            };
        }
        return growing(Duration.ofSeconds(5), 4, checks, LONGEST);
    }

    /** A customer usually pays within minutes, and the webhook or the return to the host reports it first. */
    public static Duration ofCheckout(int checks) {
        return growing(Duration.ofMinutes(2), 2, checks, LONGEST);
    }

    /** The customer has paid, so waits are short. The first one lets the node that recorded the grant deliver it. */
    public static Duration ofGrant(int tries) {
        return growing(Duration.ofSeconds(10), 3, tries, Duration.ofMinutes(10));
    }

    /** The database refused the entries of a payment: somebody has to remove the obstacle, which takes its time. */
    public static Duration ofOwedEntries(int tries) {
        return growing(Duration.ofSeconds(30), 3, tries - 1, LONGEST);
    }

    /** How long to wait before an external ledger that did not report a balance is asked again. */
    public static Duration ofBalance(int misses) {
        return growing(Duration.ofSeconds(10), 3, misses, Duration.ofMinutes(5));
    }

    /** How long an account is left alone while another transaction holds its row. */
    public static Duration ofContention(int misses) {
        return growing(Duration.ofSeconds(1), 3, misses, Duration.ofMinutes(10));
    }

    private static Duration growing(Duration first, int factor, int step, Duration longest) {
        Duration wait = first;
        for (int i = 0; i < step && wait.compareTo(longest) < 0; i++) {
            wait = wait.multipliedBy(factor);
        }
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
