package io.autorecharge.internal.pacing;

import io.autorecharge.gateway.Outcome;
import java.time.Duration;

/** How long to wait before the next look at something that is not decided. */
public final class RetryDelays {
    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryDelays() {}

    /** The first looks come within seconds, for most doubts end then; later ones every hour. */
    public static Duration after(Outcome outcome, int looks) {
        if (outcome instanceof Outcome.Processing) {
            return growing(Duration.ofMinutes(10), 3, looks, Duration.ofHours(6));
        }
        if (outcome instanceof Outcome.NotSubmitted refused) {
            return switch (refused.reason()) {
                case BUSY -> growing(Duration.ofSeconds(2), 2, looks, Duration.ofMinutes(5));
                case CONFIGURATION -> Duration.ofMinutes(5);
                case REJECTED -> Duration.ofHours(1);
            };
        }
        return growing(Duration.ofSeconds(5), 4, looks, LONGEST);
    }

    /** A customer on the page is usually done within minutes, and the webhook or the return to the host tells it first. */
    public static Duration ofCheckout(int looks) {
        return growing(Duration.ofMinutes(2), 2, looks, LONGEST);
    }

    /** Paid for, so not to be waited for long; the first wait is that of others for the one who wrote it and delivers it at once. */
    public static Duration ofGrant(int tries) {
        return growing(Duration.ofSeconds(10), 3, tries, Duration.ofMinutes(10));
    }

    /** How long a ledger elsewhere that did not tell a balance is not asked for it again. */
    public static Duration ofBalance(int misses) {
        return growing(Duration.ofSeconds(10), 3, misses, Duration.ofMinutes(5));
    }

    private static Duration growing(Duration first, int factor, int step, Duration longest) {
        Duration wait = first;
        for (int i = 0; i < step && wait.compareTo(longest) < 0; i++) {
            wait = wait.multipliedBy(factor);
        }
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
