package io.autorecharge.policy;

import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Range;
import java.time.Duration;

/**
 * How far and for how long an account may be overdrawn after a decline. Immutable.
 *
 * @param days for so many days from the first decline, from 1 to 60
 * @param credits how far the balance may be below zero; positive
 */
public record GraceRule(int days, Credits credits) {
    private static final int MAX_DAYS = 60;

    /** @throws io.autorecharge.credit.InvalidValueException for the fields {@code graceDays} and {@code graceCredits} */
    public GraceRule {
        Range.between("graceDays", days, 1, MAX_DAYS);
        Range.positive("graceCredits", credits);
    }

    public Duration length() {
        return Duration.ofDays(days);
    }
}
