package io.autorecharge.jdbc;

import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Range;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of the balance column, which decides which amounts it holds exactly. Other amounts are rejected, never rounded.
 * Immutable.
 */
public final class BalanceType {
    /** Whole credits of 32 bits. */
    public static final BalanceType INTEGER = new BalanceType(
            "integer", false, Credits.of(1), Credits.of(Integer.MIN_VALUE), Credits.of(Integer.MAX_VALUE));

    /** Whole credits of 64 bits. {@link Credits} supports up to 9 223 372 036 854 of them. */
    public static final BalanceType BIGINT = new BalanceType(
            "bigint", true, Credits.of(1), Credits.of(-9_223_372_036_854L), Credits.of(9_223_372_036_854L));

    /**
     * A binary fraction of 64 bits. It preserves every decimal of 15 digits: six decimal places up to a billion credits. Sums are computed in
     * decimals. Digits beyond the sixth decimal place, from arithmetic of the host, are rounded when they are read. {@code NaN} and infinity are
     * not valid balances: reading such an account fails.
     */
    public static final BalanceType DOUBLE = new BalanceType(
            "double precision",
            true,
            Credits.SMALLEST,
            Credits.of("-999999999.999999"),
            Credits.of("999999999.999999"));

    /** Most digits of a {@code numeric} in any supported database. Some databases allow fewer and report it themselves. */
    static final int MOST_DIGITS = 131;

    private static final String FIELD = "balanceType";

    private static final int CREDITS_DIGITS = 19;

    private static final Pattern NUMERIC =
            Pattern.compile("(?:numeric|decimal)(?:\\s*\\(\\s*(\\d{1,3})\\s*(?:,\\s*(\\d{1,3})\\s*)?\\))?");

    private final String name;
    private final boolean guarded;
    private final Credits smallest;
    private final Credits least;
    private final Credits greatest;

    private BalanceType(String name, boolean guarded, Credits smallest, Credits least, Credits greatest) {
        this.name = name;
        this.guarded = guarded;
        this.smallest = smallest;
        this.least = least;
        this.greatest = greatest;
    }

    /**
     * {@code numeric(precision, scale)}: holds {@code scale} decimal places, at most six of which {@link Credits} uses.
     *
     * @param precision digits in all, from 1 to 131
     * @param scale digits after the point, from 0 to less than the precision
     * @throws InvalidValueException for the fields {@code precision} and {@code scale}
     */
    public static BalanceType numeric(int precision, int scale) {
        Range.between("precision", precision, 1, MOST_DIGITS);
        if (scale < 0 || scale >= precision) {
            throw new InvalidValueException(
                    "scale", scale, "must be at least 0 and less than the precision, " + precision);
        }
        int places = Math.min(scale, Credits.PLACES);
        int whole = precision - scale;
        Credits smallest = Credits.of(BigDecimal.ONE.movePointLeft(places));
        Credits greatest = whole + Credits.PLACES >= CREDITS_DIGITS
                ? Credits.ofMicros(Long.MAX_VALUE).roundedDownTo(smallest)
                : Credits.of(BigDecimal.ONE.movePointRight(whole)).minus(smallest);
        boolean holdsMore = scale > Credits.PLACES || whole + Credits.PLACES >= CREDITS_DIGITS;
        return new BalanceType(
                "numeric(" + precision + ", " + scale + ")", holdsMore, smallest, greatest.negated(), greatest);
    }

    /** {@code numeric} without a precision: holds every amount of {@link Credits}. */
    public static BalanceType numeric() {
        Credits greatest = Credits.ofMicros(Long.MAX_VALUE);
        return new BalanceType("numeric", true, Credits.SMALLEST, greatest.negated(), greatest);
    }

    /**
     * The type as it is written in SQL: {@code integer}, {@code bigint}, {@code double precision}, {@code numeric} or
     * {@code numeric(12, 2)}.
     *
     * @throws InvalidValueException for the field {@code balanceType}, when it is none of these
     */
    public static BalanceType of(String sql) {
        String plain = sql.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        Matcher numeric = NUMERIC.matcher(plain);
        if (numeric.matches()) {
            if (numeric.group(1) == null) {
                return numeric();
            }
            String scale = numeric.group(2);
            try {
                return numeric(Integer.parseInt(numeric.group(1)), scale == null ? 0 : Integer.parseInt(scale));
            } catch (InvalidValueException e) {
                throw new InvalidValueException(FIELD, sql, "must be valid: its " + e.field() + " " + e.rule());
            }
        }
        return switch (plain) {
            case "integer", "int" -> INTEGER;
            case "bigint" -> BIGINT;
            case "double precision", "double" -> DOUBLE;
            default ->
                throw new InvalidValueException(
                        FIELD,
                        sql,
                        "must be one of integer, bigint, numeric, numeric(precision, scale), double precision");
        };
    }

    /** The smallest amount that it holds. All amounts are multiples of it. */
    Credits smallest() {
        return smallest;
    }

    Credits least() {
        return least;
    }

    Credits greatest() {
        return greatest;
    }

    /** Whether the column may hold values that are not balances, so that reads must check them. */
    boolean holdsMoreThanCredits() {
        return guarded;
    }

    /** Whether the column returns the amount exactly as it was written. */
    boolean holds(Credits amount) {
        return amount.isMultipleOf(smallest) && least.isAtMost(amount) && amount.isAtMost(greatest);
    }

    /** Whether it holds every amount that the other type holds. */
    boolean holdsAllOf(BalanceType other) {
        return other.smallest.isMultipleOf(smallest)
                && least.isAtMost(other.least)
                && other.greatest.isAtMost(greatest);
    }

    /** As it is written in SQL. */
    @Override
    public String toString() {
        return name;
    }
}
