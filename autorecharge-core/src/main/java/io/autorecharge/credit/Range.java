package io.autorecharge.credit;

import java.time.Duration;
import java.util.Objects;

/**
 * Checks numbers, amounts and durations from outside. Every method returns the value, or throws {@link InvalidValueException} with the field,
 * and {@link NullPointerException} with the field when there is no value.
 */
public final class Range {
    private Range() {}

    /** Refuses what is not from {@code least} to {@code most}. */
    public static int between(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new InvalidValueException(field, value, "must be between " + least + " and " + most);
        }
        return value;
    }

    /** Refuses what is less than {@code least}. */
    public static int atLeast(String field, int value, int least) {
        if (value < least) {
            throw new InvalidValueException(field, value, "must be at least " + least);
        }
        return value;
    }

    /** Refuses zero and less. */
    public static Credits positive(String field, Credits value) {
        if (!Objects.requireNonNull(value, field).isPositive()) {
            throw new InvalidValueException(field, value, "must be positive");
        }
        return value;
    }

    /** Refuses zero and less. */
    public static Money positive(String field, Money value) {
        if (!Objects.requireNonNull(value, field).isPositive()) {
            throw new InvalidValueException(field, value, "must be positive");
        }
        return value;
    }

    /** Refuses zero, less, and more than {@code mostDays}. */
    public static Duration positive(String field, Duration value, int mostDays) {
        if (Objects.requireNonNull(value, field).isZero() || isOutside(value, mostDays)) {
            throw new InvalidValueException(field, value, "must be positive and at most " + mostDays + " days");
        }
        return value;
    }

    /** Refuses less than zero. */
    public static Credits notNegative(String field, Credits value) {
        if (Objects.requireNonNull(value, field).isNegative()) {
            throw new InvalidValueException(field, value, "must not be negative");
        }
        return value;
    }

    /** Refuses less than zero, and more than {@code mostDays}. */
    public static Duration notNegative(String field, Duration value, int mostDays) {
        if (isOutside(Objects.requireNonNull(value, field), mostDays)) {
            throw new InvalidValueException(field, value, "must be between zero and " + mostDays + " days");
        }
        return value;
    }

    private static boolean isOutside(Duration value, int mostDays) {
        return value.isNegative() || value.compareTo(Duration.ofDays(mostDays)) > 0;
    }
}
