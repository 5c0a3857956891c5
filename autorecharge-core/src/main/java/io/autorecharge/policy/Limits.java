package io.autorecharge.policy;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Range;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bounds on what an account may be charged automatically. The claim reserves the amount before the charge, so the limits also hold under
 * concurrency. Immutable.
 *
 * @param cooldown minimum time between the starts of two recharges, failed ones included; from zero to 366 days
 * @param purchases maximum number of recharges, open or paid, that start within any {@code window}; at least 1
 * @param window the sliding window of {@code purchases}; positive and at most 366 days
 * @param monthlySpend maximum money, open or paid, within a calendar month; null for no such limit
 * @param zone the time zone in which a calendar month begins
 */
public record Limits(
        Duration cooldown,
        int purchases,
        Duration window,
        @Nullable Money monthlySpend,
        ZoneId zone) {
    /** The cooldown by default. */
    public static final Duration DEFAULT_COOLDOWN = Duration.ofMinutes(5);

    /** Purchases per window by default. */
    public static final int DEFAULT_PURCHASES = 10;

    /** The window of purchases by default. */
    public static final Duration DEFAULT_WINDOW = Duration.ofHours(24);

    /** The time zone of months by default. */
    public static final ZoneId DEFAULT_ZONE = ZoneOffset.UTC;

    private static final int MAX_DAYS = 366;
    private static final Limits DEFAULTS =
            new Limits(DEFAULT_COOLDOWN, DEFAULT_PURCHASES, DEFAULT_WINDOW, null, DEFAULT_ZONE);

    /** @throws InvalidValueException when a value breaks its rule */
    public Limits {
        Range.notNegative("cooldown", cooldown, MAX_DAYS);
        Range.atLeast("purchases", purchases, 1);
        Range.positive("window", window, MAX_DAYS);
        if (monthlySpend != null) {
            Range.positive("monthlySpend", monthlySpend);
        }
        Objects.requireNonNull(zone, "zone");
    }

    /** The default of every limit; there is no limit of money by default. */
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

    /** When the cooldown ends; null when no recharge began yet. */
    @Nullable
    Instant cooledDownAt(@Nullable Instant lastOpenedAt) {
        return lastOpenedAt == null ? null : lastOpenedAt.plus(cooldown);
    }

    /** When the window has room for one more recharge; null when it has room now. */
    @Nullable
    Instant purchaseRoomAt(List<PastRecharge> past, Instant now) {
        List<Instant> counted = past.stream()
                .map(PastRecharge::openedAt)
                .filter(at -> at.plus(window).isAfter(now))
                .sorted()
                .toList();
        if (counted.size() < purchases) {
            return null;
        }
        // There is room when one fewer than the limit remains in the window.
        return counted.get(counted.size() - purchases).plus(window);
    }

    /** Whether this month's money would exceed its limit with a charge of {@code price}. Other currencies do not count. */
    boolean exceedsSpend(Money price, List<PastRecharge> past, Instant now) {
        if (monthlySpend == null) {
            return false;
        }
        Instant monthStart = monthStart(now);
        Money spent = past.stream()
                .filter(recharge -> !recharge.openedAt().isBefore(monthStart))
                .map(PastRecharge::price)
                .filter(paid -> paid.currency().equals(monthlySpend.currency()))
                .reduce(price, Money::plus);
        return monthlySpend.isLessThan(spent);
    }

    private Instant monthStart(Instant now) {
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
