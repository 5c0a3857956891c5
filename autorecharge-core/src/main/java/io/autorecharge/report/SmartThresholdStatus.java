package io.autorecharge.report;

import io.autorecharge.credit.Credits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why an account is recharged at another balance than its user chose, for its page: "You use about 12 credits per hour; we recharge below 30,
 * enough for 2.5 hours".
 *
 * @param perHour the credits that the account uses per hour, as it was measured last; null while that is not known, without a day of history
 *     for example: the user's threshold holds then
 * @param rechargesBelow the balance below which the account is recharged
 */
public record SmartThresholdStatus(@Nullable Credits perHour, Credits rechargesBelow) {
    public SmartThresholdStatus {
        Objects.requireNonNull(rechargesBelow, "rechargesBelow");
    }

    /** For how many hours that balance lasts, to a tenth; empty when it is not known how fast credits are used, or none are. */
    public Optional<BigDecimal> hours() {
        return perHour == null || !perHour.isPositive()
                ? Optional.empty()
                : Optional.of(rechargesBelow
                        .toBigDecimal()
                        .divide(perHour.toBigDecimal(), 1, RoundingMode.HALF_UP)
                        .stripTrailingZeros());
    }
}
