package io.autorecharge.credit;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * An exact amount of credits with at most {@value #PLACES} decimal places, held as a scaled {@code long}; never a binary fraction. May be
 * negative where the host allows overdraft. Immutable; every operation either is exact or throws.
 */
public final class Credits implements Comparable<Credits> {
    /** Decimal places that are kept. */
    public static final int PLACES = 6;

    /** No credits. */
    public static final Credits ZERO = new Credits(0);

    /** The smallest amount there is, a millionth of a credit. */
    public static final Credits SMALLEST = new Credits(1);

    private static final long ONE = 1_000_000L;
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE, PLACES);

    private final long micros;

    private Credits(long micros) {
        this.micros = micros;
    }

    /** Whole credits. */
    public static Credits of(long whole) {
        try {
            return ofMicros(Math.multiplyExact(whole, ONE));
        } catch (ArithmeticException e) {
            throw tooLarge("credits", BigDecimal.valueOf(whole), e);
        }
    }

    /** A decimal number as people write it, such as {@code "12.5"}; {@code NaN}, infinities and more than six places are refused. */
    public static Credits of(String decimal) {
        return parse("credits", decimal);
    }

    /** As {@link #of(String)}, naming the field in the error. */
    public static Credits parse(String field, @Nullable String decimal) {
        if (decimal == null || decimal.length() > 64) {
            throw new IllegalArgumentException(
                    field + " is " + (decimal == null ? "missing" : "too long: '" + Text.shown(decimal) + "'"));
        }
        try {
            return of(field, new BigDecimal(decimal));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(field + " is not a decimal number: '" + Text.shown(decimal) + "'", e);
        }
    }

    /** @throws IllegalArgumentException when the number has more than six places or does not fit */
    public static Credits of(BigDecimal decimal) {
        return of("credits", decimal);
    }

    /** As {@link #of(BigDecimal)}, naming the field in the error. */
    public static Credits of(String field, BigDecimal decimal) {
        if (decimal.signum() == 0) {
            return ZERO;
        }
        // A hostile exponent such as 1e999999999 must not be expanded before it is refused.
        if (decimal.precision() - (long) decimal.scale() > 14) {
            throw tooLarge(field, decimal, null);
        }
        BigDecimal plain = decimal.stripTrailingZeros();
        if (plain.scale() > PLACES) {
            throw new IllegalArgumentException(
                    field + " has more than " + PLACES + " decimal places: " + shown(decimal));
        }
        if (plain.abs().compareTo(LARGEST) > 0) {
            throw tooLarge(field, decimal, null);
        }
        return ofMicros(plain.movePointRight(PLACES).longValueExact());
    }

    /** Millionths of a credit, the form in which amounts are computed. */
    public static Credits ofMicros(long micros) {
        return micros == 0 ? ZERO : new Credits(micros);
    }

    private static IllegalArgumentException tooLarge(String field, BigDecimal value, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                field + " is too large: " + shown(value) + " (at most " + LARGEST.toPlainString() + ")", cause);
    }

    private static String shown(BigDecimal value) {
        return Text.shown(value.toString());
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

    /** Whether this is so many times {@code step}, which is more than zero. */
    public boolean isMultipleOf(Credits step) {
        return micros % step.micros == 0;
    }

    /** The greatest multiple of {@code step} that is not more than this; {@code step} is more than zero. */
    public Credits roundedDownTo(Credits step) {
        return ofMicros(Math.multiplyExact(Math.floorDiv(micros, step.micros), step.micros));
    }

    /**
     * The least multiple of {@code step} that is not less than this; {@code step} is more than zero.
     *
     * @throws ArithmeticException when it does not fit
     */
    public Credits roundedUpTo(Credits step) {
        return ofMicros(Math.multiplyExact(-Math.floorDiv(-micros, step.micros), step.micros));
    }

    /**
     * The part {@code numerator / denominator} of this amount, rounded down to a millionth; the whole when they are equal.
     *
     * @throws IllegalArgumentException unless this amount is not negative and the part lies from nothing to the whole
     */
    public Credits part(long numerator, long denominator) {
        if (micros < 0 || numerator < 0 || denominator < 1 || numerator > denominator) {
            throw new IllegalArgumentException(
                    "not a part of " + this + " credits: " + numerator + " of " + denominator);
        }
        return ofMicros(BigInteger.valueOf(micros)
                .multiply(BigInteger.valueOf(numerator))
                .divide(BigInteger.valueOf(denominator))
                .longValueExact());
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
