package io.autorecharge.policy;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Range;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The most that all accounts together are charged automatically, against a fault that charges everybody. Off by default. Charges in another
 * currency than a limit's do not count towards it. Immutable.
 *
 * @param perHour per hour of the clock; null for no limit
 * @param perDay per calendar day; null for no limit
 * @param zone the time zone in which hours and days begin
 */
public record TotalLimits(@Nullable Money perHour, @Nullable Money perDay, ZoneId zone) {
    private static final TotalLimits NONE = new TotalLimits(null, null, ZoneOffset.UTC);

    /** @throws InvalidValueException when a limit is not positive */
    public TotalLimits {
        if (perHour != null) {
            Range.positive("perHour", perHour);
        }
        if (perDay != null) {
            Range.positive("perDay", perDay);
        }
        Objects.requireNonNull(zone, "zone");
    }

    /** No limit. */
    public static TotalLimits none() {
        return NONE;
    }

    public TotalLimits withPerHour(@Nullable Money value) {
        return new TotalLimits(value, perDay, zone);
    }

    public TotalLimits withPerDay(@Nullable Money value) {
        return new TotalLimits(perHour, value, zone);
    }

    public TotalLimits withZone(ZoneId value) {
        return new TotalLimits(perHour, perDay, value);
    }

    /** The periods around a moment that limit a charge in this currency, in the order in which they are locked. */
    public List<SpendingPeriod> periods(Instant at, String currency) {
        List<SpendingPeriod> periods = new ArrayList<>();
        if (perHour != null && perHour.currencyCode().equals(currency)) {
            Instant start = at.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
            periods.add(new SpendingPeriod(SpendingPeriod.Kind.HOUR, perHour, start, start.plus(1, ChronoUnit.HOURS)));
        }
        if (perDay != null && perDay.currencyCode().equals(currency)) {
            LocalDate day = at.atZone(zone).toLocalDate();
            periods.add(new SpendingPeriod(
                    SpendingPeriod.Kind.DAY,
                    perDay,
                    day.atStartOfDay(zone).toInstant(),
                    day.plusDays(1).atStartOfDay(zone).toInstant()));
        }
        return periods;
    }
}
