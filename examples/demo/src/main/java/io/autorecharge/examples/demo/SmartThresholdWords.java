package io.autorecharge.examples.demo;

import io.autorecharge.credit.Credits;
import io.autorecharge.report.SmartThresholdStatus;
import io.autorecharge.report.Status;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Explains in one sentence each how fast credits are used, and at which balance they are bought for that reason. */
final class SmartThresholdWords {
    private SmartThresholdWords() {}

    /** The balance below which the account is recharged: the user's threshold, or a higher one that the library computed. */
    static Credits rechargesBelow(Status status) {
        SmartThresholdStatus smart = status.smartThreshold();
        return smart == null ? status.settings().threshold() : smart.rechargesBelow();
    }

    /** Null with a fixed threshold, and while the account is not recharged at all. */
    static @Nullable String of(Status status) {
        SmartThresholdStatus smart = status.smartThreshold();
        if (smart == null || !isRecharged(status.state())) {
            return null;
        }
        Credits perHour = smart.perHour();
        if (perHour == null) {
            return "We do not know yet how fast you use credits. We recharge below " + smart.rechargesBelow()
                    + " credits.";
        }
        return "You use " + about(perHour) + " per hour. We recharge below " + smart.rechargesBelow() + " credits"
                + smart.hours()
                        .filter(hours -> hours.signum() > 0)
                        .map(hours -> ", enough for " + counted(hours, "hour"))
                        .orElse("")
                + ".";
    }

    private static boolean isRecharged(Status.State state) {
        return switch (state) {
            case ACTIVE, RECHARGING, BACKING_OFF, GRACE -> true;
            case OFF, INCOMPLETE, SUSPENDED, NEEDS_AUTHENTICATION -> false;
        };
    }

    private static String about(Credits perHour) {
        BigDecimal rounded = perHour.toBigDecimal().setScale(1, RoundingMode.HALF_UP);
        if (perHour.isPositive() && rounded.signum() == 0) {
            return "less than 0.1 credits";
        }
        return perHour.isZero() ? "no credits" : "about " + counted(rounded, "credit");
    }

    private static String counted(BigDecimal number, String unit) {
        String one = number.compareTo(BigDecimal.ONE) == 0 ? unit : unit + "s";
        return number.stripTrailingZeros().toPlainString() + " " + one;
    }
}
