package io.autorecharge.credit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An exact amount of money: minor units of a currency by ISO 4217 (cents for USD, whole yen for JPY, thousandths for KWD). What a provider
 * counts as its minor unit may differ; that is the adapter's to translate. Immutable.
 *
 * @param minorUnits may be negative
 * @param currency the ISO currency
 */
public record Money(long minorUnits, Currency currency) implements Comparable<Money> {
    /** @throws IllegalArgumentException when the currency has no minor unit (gold, test codes) */
    public Money {
        currency = chargeable(currency);
    }

    /** Minor units of the currency with this ISO code, in any case. */
    public static Money ofMinor(long minorUnits, String currencyCode) {
        return new Money(minorUnits, currency(currencyCode));
    }

    /** A decimal amount such as {@code Money.of("12.50", "USD")}; places that the currency does not have are refused. */
    public static Money of(String decimal, String currencyCode) {
        try {
            return of(new BigDecimal(decimal), currencyCode);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("amount is not a decimal number: '" + Text.shown(decimal) + "'", e);
        }
    }

    /** As {@link #of(String, String)}. */
    public static Money of(BigDecimal decimal, String currencyCode) {
        Currency currency = chargeable(currency(currencyCode));
        if (decimal.precision() - (long) decimal.scale() > 16
                || decimal.stripTrailingZeros().scale() > 16) {
            throw new IllegalArgumentException("amount does not fit: " + Text.shown(decimal.toString()));
        }
        try {
            return new Money(
                    decimal.movePointRight(currency.getDefaultFractionDigits()).longValueExact(), currency);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "amount has more places than " + currency.getCurrencyCode() + " has ("
                            + currency.getDefaultFractionDigits() + "): " + decimal.toPlainString(),
                    e);
        }
    }

    private static Currency chargeable(Currency currency) {
        if (currency.getDefaultFractionDigits() < 0) {
            throw new IllegalArgumentException("currency cannot be charged: '" + currency.getCurrencyCode() + "'");
        }
        return currency;
    }

    private static Currency currency(@Nullable String code) {
        if (code == null) {
            throw new IllegalArgumentException("currency is missing");
        }
        try {
            return Currency.getInstance(code.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("currency is unknown: '" + Text.shown(code) + "'", e);
        }
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(minorUnits, same(other).minorUnits), currency);
    }

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

    /** @throws IllegalArgumentException when the currencies differ */
    public boolean isLessThan(Money other) {
        return compareTo(other) < 0;
    }

    /** @throws IllegalArgumentException when the currencies differ */
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
            throw new IllegalArgumentException("currencies differ: " + this + " and " + other);
        }
        return other;
    }

    /** For people and logs: {@code USD 12.50}. */
    @Override
    public String toString() {
        return currencyCode() + " " + toBigDecimal().toPlainString();
    }
}
