package io.autorecharge.credit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An exact amount of money in minor units of its ISO 4217 currency (cents for USD, whole yen for JPY, thousandths for KWD). A provider may use
 * another minor unit; its adapter translates. Immutable.
 *
 * @param minorUnits may be negative
 * @param currency the ISO currency
 */
public record Money(long minorUnits, Currency currency) implements Comparable<Money> {
    private static final int MAX_DIGITS = 16;

    /** @throws InvalidValueException when the currency has no minor unit (gold, test codes) */
    public Money {
        currency = chargeable(currency);
    }

    /**
     * Minor units of the currency with this ISO code, in upper or lower case.
     *
     * @throws InvalidValueException when the code is unknown or its currency has no minor unit
     */
    public static Money ofMinor(long minorUnits, String currencyCode) {
        return new Money(minorUnits, currency(currencyCode));
    }

    /**
     * A decimal amount such as {@code Money.of("12.50", "USD")}.
     *
     * @throws InvalidValueException when it is not a decimal number, does not fit or has more places than its currency, and when the currency
     *     is unknown
     */
    public static Money of(String decimal, String currencyCode) {
        return of(Text.decimal("amount", decimal), currencyCode);
    }

    /** As {@link #of(String, String)}. */
    public static Money of(BigDecimal decimal, String currencyCode) {
        Currency currency = chargeable(currency(currencyCode));
        BigDecimal plain = Objects.requireNonNull(decimal, "amount").stripTrailingZeros();
        int places = currency.getDefaultFractionDigits();
        // A hostile exponent such as 1e999999999 must not be expanded before it is refused.
        if (plain.precision() - (long) plain.scale() > MAX_DIGITS) {
            throw new InvalidValueException(
                    "amount", decimal, "must have at most " + MAX_DIGITS + " digits before the decimal point");
        }
        if (plain.scale() > places) {
            throw new InvalidValueException(
                    "amount", decimal, "must have at most " + places + " decimal places in " + currency);
        }
        try {
            return new Money(plain.movePointRight(places).longValueExact(), currency);
        } catch (ArithmeticException e) {
            BigDecimal most = BigDecimal.valueOf(Long.MAX_VALUE, places);
            throw new InvalidValueException(
                    "amount", decimal, decimal.signum() > 0 ? "must be at most " + most : "must be at least -" + most);
        }
    }

    private static Currency chargeable(Currency currency) {
        if (Objects.requireNonNull(currency, "currency").getDefaultFractionDigits() < 0) {
            throw new InvalidValueException("currency", currency, "must have minor units");
        }
        return currency;
    }

    private static Currency currency(@Nullable String code) {
        if (code == null) {
            throw new InvalidValueException("currency", null, "must be given");
        }
        try {
            return Currency.getInstance(code.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("currency", code, "must be an ISO 4217 code");
        }
    }

    /**
     * @throws InvalidValueException when the currencies differ
     * @throws ArithmeticException when the sum does not fit
     */
    public Money plus(Money other) {
        return new Money(Math.addExact(minorUnits, same(other).minorUnits), currency);
    }

    /** @throws ArithmeticException when the product does not fit */
    public Money times(long factor) {
        return new Money(Math.multiplyExact(minorUnits, factor), currency);
    }

    /** This amount times {@code numerator / denominator}, rounded to whole minor units. */
    public Money prorated(Credits numerator, Credits denominator, RoundingMode rounding) {
        BigDecimal exact = BigDecimal.valueOf(minorUnits).multiply(numerator.toBigDecimal());
        return new Money(exact.divide(denominator.toBigDecimal(), 0, rounding).longValueExact(), currency);
    }

    public boolean isPositive() {
        return minorUnits > 0;
    }

    /** @throws InvalidValueException when the currencies differ */
    public boolean isLessThan(Money other) {
        return compareTo(other) < 0;
    }

    /** @throws InvalidValueException when the currencies differ */
    @Override
    public int compareTo(Money other) {
        return Long.compare(minorUnits, same(other).minorUnits);
    }

    /** The amount as a decimal with the currency's places. */
    public BigDecimal toBigDecimal() {
        return BigDecimal.valueOf(minorUnits, currency.getDefaultFractionDigits());
    }

    /** The ISO code, upper case. */
    public String currencyCode() {
        return currency.getCurrencyCode();
    }

    private Money same(Money other) {
        if (!currency.equals(other.currency)) {
            throw new InvalidValueException("currency", other, "must be that of " + this);
        }
        return other;
    }

    /** For people and logs: {@code USD 12.50}. */
    @Override
    public String toString() {
        return currencyCode() + " " + toBigDecimal().toPlainString();
    }
}
