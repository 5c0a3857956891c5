package io.autorecharge.policy;

import io.autorecharge.credit.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds on what an account may be charged automatically. Room is reserved in the claim, before the charge, so that they hold under
 * concurrency too. Immutable.
 *
 * @param cooldown least time between the starts of two recharges, failed ones included; may be zero
 * @param purchases most recharges, open or paid, that may start within any {@code window}
 * @param window the sliding window of {@code purchases}
 * @param monthlySpend most money, open or paid, within a calendar month; null for no such limit
 * @param zone whose midnights begin a month
 */
public record Limits(
        Duration cooldown,
        int purchases,
        Duration window,
        @Nullable Money monthlySpend,
        ZoneId zone) {
    /** Least spacing that is on by default. */
    public static final Duration DEFAULT_COOLDOWN = Duration.ofMinutes(5);

    /** Purchases a window that are allowed by default. */
    public static final int DEFAULT_PURCHASES = 10;

    /** The window that counts by default. */
    public static final Duration DEFAULT_WINDOW = Duration.ofHours(24);

    private static final Limits DEFAULTS =
            new Limits(DEFAULT_COOLDOWN, DEFAULT_PURCHASES, DEFAULT_WINDOW, null, ZoneOffset.UTC);

    /** @throws IllegalArgumentException naming the field and the value */
    public Limits {
        if (cooldown.isNegative() || cooldown.compareTo(Duration.ofDays(366)) > 0) {
            throw new IllegalArgumentException("cooldown must be from zero to 366 days: " + cooldown);
        }
        if (purchases < 1) {
            throw new IllegalArgumentException("purchase limit must be at least 1: " + purchases);
        }
        if (window.isNegative() || window.isZero() || window.compareTo(Duration.ofDays(366)) > 0) {
            throw new IllegalArgumentException(
                    "purchase window must be more than zero and at most 366 days: " + window);
        }
        if (monthlySpend != null && !monthlySpend.isPositive()) {
            throw new IllegalArgumentException("monthly spend limit must be more than zero: " + monthlySpend);
        }
    }

    /** Cooldown 5 minutes, 10 purchases in 24 hours, no limit of money, months of UTC. */
    public static Limits ofDefaults() {
        return DEFAULTS;
    }

    public Limits withCooldown(Duration value) {
        return new Limits(value, purchases, window, monthlySpend, zone);
    }

    public Limits withPurchases(int value, Duration within) {
        return new Limits(cooldown, value, within, monthlySpend, zone);
    }

    public Limits withMonthlySpend(@Nullable Money value) {
        return new Limits(cooldown, purchases, window, value, zone);
    }

    public Limits withZone(ZoneId value) {
        return new Limits(cooldown, purchases, window, monthlySpend, value);
    }

    /** The earliest start of a recharge that still counts at {@code now}. */
    public Instant countedFrom(Instant now) {
        Instant windowStart = now.minus(window);
        Instant monthStart = monthStart(now);
        return monthlySpend != null && monthStart.isBefore(windowStart) ? monthStart : windowStart;
    }

    Instant monthStart(Instant now) {
        return monthOf(now).toInstant();
    }

    Instant nextMonth(Instant now) {
        return monthOf(now).plusMonths(1).toInstant();
    }

    private ZonedDateTime monthOf(Instant now) {
        return now.atZone(zone)
                .truncatedTo(ChronoUnit.DAYS)
                .withDayOfMonth(1)
                .toLocalDate()
                .atStartOfDay(zone);
    }
}
