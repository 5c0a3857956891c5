package io.autorecharge.credit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An exact amount of credits with at most {@value #PLACES} decimal places, stored as a scaled {@code long}; never a binary fraction. May be
 * negative where the host allows overdraft. Immutable; every operation is exact or throws.
 */
public final class Credits implements Comparable<Credits> {
    /** Decimal places of an amount. */
    public static final int PLACES = 6;

    /** No credits. */
    public static final Credits ZERO = new Credits(0);

    /** The smallest amount, a millionth of a credit. */
    public static final Credits SMALLEST = new Credits(1);

    private static final long ONE = 1_000_000L;
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE, PLACES);

    private final long micros;

    private Credits(long micros) {
        this.micros = micros;
    }

    /**
     * Whole credits.
     *
     * @throws InvalidValueException when the amount does not fit
     */
    public static Credits of(long whole) {
        try {
            return ofMicros(Math.multiplyExact(whole, ONE));
        } catch (ArithmeticException tooMuch) {
            throw tooLarge("credits", whole);
        }
    }

    /**
     * A decimal number as people write it, such as {@code "12.5"}.
     *
     * @throws InvalidValueException when it is not a decimal number (such as {@code NaN}), has more than six places or does not fit
     */
    public static Credits of(String decimal) {
        return parse("credits", decimal);
    }

    /** As {@link #of(String)}, with the name of the field for the error. */
    public static Credits parse(String field, @Nullable String decimal) {
        return of(field, Text.decimal(field, decimal));
    }

    /** @throws InvalidValueException when the number has more than six places or does not fit */
    public static Credits of(BigDecimal decimal) {
        return of("credits", decimal);
    }

    /** As {@link #of(BigDecimal)}, with the name of the field for the error. */
    public static Credits of(String field, BigDecimal decimal) {
        if (Objects.requireNonNull(decimal, field).signum() == 0) {
            return ZERO;
        }
        // A hostile exponent such as 1e999999999 must not be expanded before it is refused.
        if (decimal.precision() - (long) decimal.scale() > 14) {
            throw tooLarge(field, decimal);
        }
        BigDecimal plain = decimal.stripTrailingZeros();
        if (plain.scale() > PLACES) {
            throw new InvalidValueException(field, decimal, "must have at most " + PLACES + " decimal places");
        }
        if (plain.abs().compareTo(LARGEST) > 0) {
            throw tooLarge(field, decimal);
        }
        return ofMicros(plain.movePointRight(PLACES).longValueExact());
    }

    /** Millionths of a credit, the form in which amounts are computed. */
    public static Credits ofMicros(long micros) {
        return micros == 0 ? ZERO : new Credits(micros);
    }

    private static InvalidValueException tooLarge(String field, Object value) {
        return new InvalidValueException(
                field, value, "must be between -" + LARGEST.toPlainString() + " and " + LARGEST.toPlainString());
    }

    /** Millionths of a credit. */
    public long micros() {
        return micros;
    }

    /** The exact value, always with six places. */
    public BigDecimal toBigDecimal() {
        return BigDecimal.valueOf(micros, PLACES);
    }

    /** @throws ArithmeticException when the sum does not fit */
    public Credits plus(Credits other) {
        return ofMicros(Math.addExact(micros, other.micros));
    }

    /** @throws ArithmeticException when the difference does not fit */
    public Credits minus(Credits other) {
        return ofMicros(Math.subtractExact(micros, other.micros));
    }

    /** @throws ArithmeticException when the product does not fit */
    public Credits times(long factor) {
        return ofMicros(Math.multiplyExact(micros, factor));
    }

    /**
     * The part {@code numerator / denominator} of this amount, rounded down to a millionth; the whole when they are equal.
     *
     * @throws InvalidValueException when this amount is negative, or the part is not between nothing and the whole
     */
    public Credits part(long numerator, long denominator) {
        Range.notNegative("whole", this);
        if (denominator < 1) {
            throw new InvalidValueException("denominator", denominator, "must be at least 1");
        }
        if (numerator < 0 || numerator > denominator) {
            throw new InvalidValueException("numerator", numerator, "must be between 0 and " + denominator);
        }
        return ofMicros(BigInteger.valueOf(micros)
                .multiply(BigInteger.valueOf(numerator))
                .divide(BigInteger.valueOf(denominator))
                .longValueExact());
    }

    /** Whether this is a multiple of {@code step}, which is positive. */
    public boolean isMultipleOf(Credits step) {
        return micros % step.micros == 0;
    }

    /** The greatest multiple of {@code step} that is at most this; {@code step} is positive. */
    public Credits roundedDownTo(Credits step) {
        return ofMicros(Math.multiplyExact(Math.floorDiv(micros, step.micros), step.micros));
    }

    /**
     * The least multiple of {@code step} that is at least this; {@code step} is positive.
     *
     * @throws ArithmeticException when it does not fit
     */
    public Credits roundedUpTo(Credits step) {
        return ofMicros(Math.multiplyExact(-Math.floorDiv(-micros, step.micros), step.micros));
    }

    /** The same amount with the other sign. */
    public Credits negated() {
        return ofMicros(Math.negateExact(micros));
    }

    public boolean isPositive() {
        return micros > 0;
    }

    public boolean isNegative() {
        return micros < 0;
    }

    public boolean isZero() {
        return micros == 0;
    }

    public boolean isLessThan(Credits other) {
        return micros < other.micros;
    }

    public boolean isAtMost(Credits other) {
        return micros <= other.micros;
    }

    @Override
    public int compareTo(Credits other) {
        return Long.compare(micros, other.micros);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Credits that && micros == that.micros;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(micros);
    }

    /** The plain decimal without needless zeros: {@code 100}, {@code 12.5}, {@code -0.000001}. */
    @Override
    public String toString() {
        BigDecimal plain = toBigDecimal().stripTrailingZeros();
        return plain.toPlainString();
    }
}
