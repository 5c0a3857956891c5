package io.autorecharge.policy;

import io.autorecharge.account.UserRules;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Range;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bounds on what an account may be charged automatically. The claim reserves the amount before the charge, so the limits also hold under
 * concurrency. Immutable.
 *
 * @param cooldown minimum time between the starts of two recharges, failed ones included; from zero to 366 days
 * @param purchases maximum number of recharges, open or paid, that start within any {@code window}; at least 1
 * @param window the sliding window of {@code purchases}; positive and at most 366 days
 * @param monthlySpend maximum money, open or paid, within a calendar month; null for no such limit
 * @param dailySpend maximum money, open or paid, within a calendar day; null for no such limit
 * @param zone the time zone in which a calendar month and a day begin
 */
public record Limits(
        Duration cooldown,
        int purchases,
        Duration window,
        @Nullable Money monthlySpend,
        @Nullable Money dailySpend,
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

    private static final Set<HoldReason> REASONS = EnumSet.of(
            HoldReason.PURCHASE_LIMIT,
            HoldReason.SPEND_LIMIT,
            HoldReason.OWN_SPEND_LIMIT,
            HoldReason.DAILY_SPEND_LIMIT);

    private static final Limits DEFAULTS =
            new Limits(DEFAULT_COOLDOWN, DEFAULT_PURCHASES, DEFAULT_WINDOW, null, null, DEFAULT_ZONE);

    /** @throws InvalidValueException when a value breaks its rule */
    public Limits {
        Range.notNegative("cooldown", cooldown, MAX_DAYS);
        Range.atLeast("purchases", purchases, 1);
        Range.positive("window", window, MAX_DAYS);
        if (monthlySpend != null) {
            Range.positive("monthlySpend", monthlySpend);
        }
        if (dailySpend != null) {
            Range.positive("dailySpend", dailySpend);
        }
        Objects.requireNonNull(zone, "zone");
    }

    /** Without a limit of money per day. */
    public Limits(Duration cooldown, int purchases, Duration window, @Nullable Money monthlySpend, ZoneId zone) {
        this(cooldown, purchases, window, monthlySpend, null, zone);
    }

    /** The default of every limit; there is no limit of money by default. */
    public static Limits ofDefaults() {
        return DEFAULTS;
    }

    public Limits withCooldown(Duration value) {
        return new Limits(value, purchases, window, monthlySpend, dailySpend, zone);
    }

    public Limits withPurchases(int value, Duration within) {
        return new Limits(cooldown, value, within, monthlySpend, dailySpend, zone);
    }

    public Limits withMonthlySpend(@Nullable Money value) {
        return new Limits(cooldown, purchases, window, value, dailySpend, zone);
    }

    public Limits withDailySpend(@Nullable Money value) {
        return new Limits(cooldown, purchases, window, monthlySpend, value, zone);
    }

    public Limits withZone(ZoneId value) {
        return new Limits(cooldown, purchases, window, monthlySpend, dailySpend, value);
    }

    /** The earliest start of a recharge that still counts at {@code now}. */
    public Instant countedFrom(Instant now) {
        return countedFrom(now, UserRules.NONE);
    }

    /** The earliest start of a recharge that still counts at {@code now}, also toward the user's own limit. */
    public Instant countedFrom(Instant now, UserRules rules) {
        Instant windowStart = now.minus(window);
        return ofMoney(now, rules).stream()
                .map(SpendLimit::from)
                .filter(windowStart::isAfter)
                .min(Instant::compareTo)
                .orElse(windowStart);
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

    /**
     * Why a charge of {@code price} is held, because it would exceed a limit of money; null when it is within all of them. The limit that
     * holds longest comes first.
     */
    public Decision.@Nullable Hold spendHold(Money price, List<PastRecharge> past, Instant now, UserRules rules) {
        return ofMoney(now, rules).stream()
                .filter(limit -> limit.isExceededBy(price, past))
                .findFirst()
                .map(limit -> new Decision.Hold(limit.reason(), limit.until()))
                .orElse(null);
    }

    /** Why a recharge that counts already may not go on: the user has lowered the own limit below it since. Null when it may. */
    public Decision.@Nullable Hold lowered(List<PastRecharge> past, Instant now, UserRules rules) {
        return ofMoney(now, rules).stream()
                .filter(limit -> limit.reason() == HoldReason.OWN_SPEND_LIMIT && limit.isExceeded(past))
                .findFirst()
                .map(limit -> new Decision.Hold(limit.reason(), limit.until()))
                .orElse(null);
    }

    /** Which parts of the limits of money were used, in the periods around {@code at}. */
    public List<LimitWarning> warnings(List<PastRecharge> past, Instant at, UserRules rules) {
        return ofMoney(at, rules).stream()
                .flatMap(limit -> limit.warnings(past))
                .toList();
    }

    /** Whether there is any limit of money. */
    public boolean limitMoney(UserRules rules) {
        return monthlySpend != null || dailySpend != null || rules.monthlyLimit() != null;
    }

    /** The month and the day around {@code now}, and what was spent in them, in this currency. */
    public Spending spending(List<PastRecharge> past, Instant now, UserRules rules, Currency currency) {
        Money own = rules.monthlyLimit();
        Money most = own == null || (monthlySpend != null && isLower(monthlySpend, own)) ? monthlySpend : own;
        return new Spending(
                Spending.Period.of(past, monthStart(now), nextMonth(now), most, currency),
                Spending.Period.of(past, dayStart(now), nextDay(now), dailySpend, currency),
                own);
    }

    private static boolean isLower(Money one, Money other) {
        return one.currency().equals(other.currency()) && one.isLessThan(other);
    }

    /** Whether a hold for this reason ends with a window or a period, or earlier when a limit is raised. */
    public static boolean isReasonOf(HoldReason reason) {
        return REASONS.contains(reason);
    }

    /** The limits of money, the one whose period ends last first. A user's own limit is never exceeded by another currency. */
    private List<SpendLimit> ofMoney(Instant at, UserRules rules) {
        List<SpendLimit> limits = new ArrayList<>();
        if (monthlySpend != null) {
            limits.add(new SpendLimit(HoldReason.SPEND_LIMIT, monthlySpend, monthStart(at), nextMonth(at), false));
        }
        if (rules.monthlyLimit() != null) {
            limits.add(new SpendLimit(
                    HoldReason.OWN_SPEND_LIMIT, rules.monthlyLimit(), monthStart(at), nextMonth(at), true));
        }
        if (dailySpend != null) {
            limits.add(new SpendLimit(HoldReason.DAILY_SPEND_LIMIT, dailySpend, dayStart(at), nextDay(at), false));
        }
        return limits;
    }

    /** When the calendar month around {@code now} began. */
    public Instant monthStart(Instant now) {
        return startOf(dayOf(now).withDayOfMonth(1));
    }

    private Instant nextMonth(Instant now) {
        return startOf(dayOf(now).withDayOfMonth(1).plusMonths(1));
    }

    private Instant dayStart(Instant now) {
        return startOf(dayOf(now));
    }

    private Instant nextDay(Instant now) {
        return startOf(dayOf(now).plusDays(1));
    }

    private LocalDate dayOf(Instant now) {
        return now.atZone(zone).toLocalDate();
    }

    /** Where a change of the clocks skips midnight, the day begins after it. */
    private Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}
