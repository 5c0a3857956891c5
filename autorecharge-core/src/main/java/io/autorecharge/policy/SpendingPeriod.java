package io.autorecharge.policy;

import io.autorecharge.credit.Money;
import java.time.Instant;

/**
 * An hour or a day with a limit for all accounts together.
 *
 * @param kind how long it is
 * @param limit the most that all accounts together may be charged in it
 * @param start its first moment
 * @param end the first moment after it
 */
public record SpendingPeriod(Kind kind, Money limit, Instant start, Instant end) {
    /** How long a period is. The names are stored. */
    public enum Kind {
        HOUR,
        DAY
    }
}
