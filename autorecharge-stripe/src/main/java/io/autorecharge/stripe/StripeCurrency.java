package io.autorecharge.stripe;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Converts between {@link Money}, which counts in the JDK's ISO 4217 minor units, and Stripe's smallest units. The two differ for some
 * currencies, so the conversion follows Stripe's tables (https://docs.stripe.com/currencies). It is exact or fails; it never rounds.
 */
final class StripeCurrency {
    /** Stripe's API accepts at most eight digits, and more in currencies whose units are small (https://docs.stripe.com/currencies). */
    private static final int DIGITS = 8;

    private static final Map<String, Integer> MORE_DIGITS = Map.of("IDR", 12, "INR", 9);

    private static final Set<String> ZERO_DECIMAL = Set.of(
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");

    /** Stripe expects two decimals for backward compatibility, although these currencies have none; the last two digits must be 00. */
    private static final Set<String> WHOLE_IN_HUNDREDTHS = Set.of("ISK", "UGX");

    /** The last digit must be 0. */
    private static final Set<String> THREE_DECIMAL = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

    private static final Map<String, String> MINIMUM = Map.ofEntries(
            Map.entry("USD", "0.50"),
            Map.entry("AED", "2"),
            Map.entry("ARS", "0.50"),
            Map.entry("AUD", "0.50"),
            Map.entry("BRL", "0.50"),
            Map.entry("CAD", "0.50"),
            Map.entry("CHF", "0.50"),
            Map.entry("COP", "0.50"),
            Map.entry("CZK", "15"),
            Map.entry("DKK", "2.50"),
            Map.entry("EUR", "0.50"),
            Map.entry("GBP", "0.30"),
            Map.entry("HKD", "4"),
            Map.entry("HUF", "175"),
            Map.entry("IDR", "0.50"),
            Map.entry("ILS", "0.50"),
            Map.entry("INR", "0.50"),
            Map.entry("JPY", "50"),
            Map.entry("KRW", "50"),
            Map.entry("MXN", "10"),
            Map.entry("MYR", "2"),
            Map.entry("NOK", "3"),
            Map.entry("NZD", "0.50"),
            Map.entry("PHP", "0.50"),
            Map.entry("PLN", "2"),
            Map.entry("RON", "2"),
            Map.entry("RUB", "0.50"),
            Map.entry("SEK", "3"),
            Map.entry("SGD", "0.50"),
            Map.entry("THB", "10"),
            Map.entry("ZAR", "0.50"));

    private StripeCurrency() {}

    /** An amount and a currency in the form of Stripe's parameters. */
    record Amount(long units, String currency) {}

    /**
     * @param field what the amount is called where it came from; the exception names it
     * @throws InvalidValueException when Stripe cannot represent the amount exactly
     */
    static Amount toStripe(String field, Money money) {
        int exponent = exponent(money.currency());
        BigDecimal units = money.toBigDecimal().movePointRight(exponent);
        if (units.stripTrailingZeros().scale() > 0) {
            throw new InvalidValueException(
                    field, money, "must have at most " + exponent + " decimal places in " + money.currencyCode());
        }
        int digits = MORE_DIGITS.getOrDefault(money.currencyCode(), DIGITS);
        if (units.signum() <= 0 || units.compareTo(BigDecimal.TEN.pow(digits)) >= 0) {
            throw new InvalidValueException(
                    field, money, "must be positive and have at most " + digits + " digits in Stripe's smallest unit");
        }
        long exact = units.longValueExact();
        if (exact % step(money.currencyCode()) != 0) {
            throw new InvalidValueException(
                    field,
                    money,
                    "must be a multiple of " + step(money.currencyCode()) + " in Stripe's smallest unit of "
                            + money.currencyCode());
        }
        return new Amount(exact, money.currencyCode().toLowerCase(Locale.ROOT));
    }

    /** @throws InvalidValueException when the currency is unknown or its ISO minor units cannot represent the amount exactly */
    static Money fromStripe(@Nullable Long units, @Nullable String currency) {
        if (units == null) {
            throw new InvalidValueException("amount", null, "must be given");
        }
        if (currency == null) {
            throw new InvalidValueException("currency", null, "must be given");
        }
        String code = currency.toUpperCase(Locale.ROOT);
        int exponent = exponent(Money.ofMinor(0, code).currency());
        return Money.of(BigDecimal.valueOf(units, exponent), code);
    }

    /**
     * Stripe's documented minimum; where Stripe documents none, the smallest amount that it can represent. Stripe compares in the settlement
     * currency, so it may still refuse a charge of this amount as too small.
     */
    static Money minimum(Currency currency) {
        String code = currency.getCurrencyCode();
        String known = MINIMUM.get(code);
        return known != null
                ? Money.of(known, code)
                : Money.of(BigDecimal.valueOf(step(code), exponent(currency)), code);
    }

    /** The largest amount that Stripe's API takes and that {@link #toStripe} can represent. */
    static Money maximum(Currency currency) {
        String code = currency.getCurrencyCode();
        long digits = BigDecimal.TEN
                .pow(MORE_DIGITS.getOrDefault(code, DIGITS))
                .subtract(BigDecimal.ONE)
                .longValueExact();
        return Money.of(BigDecimal.valueOf(digits - digits % step(code), exponent(currency)), code);
    }

    private static int exponent(Currency currency) {
        String code = currency.getCurrencyCode();
        if (ZERO_DECIMAL.contains(code)) {
            return 0;
        }
        if (THREE_DECIMAL.contains(code)) {
            return 3;
        }
        if (currency.getDefaultFractionDigits() != 2 && !WHOLE_IN_HUNDREDTHS.contains(code)) {
            throw new InvalidValueException("currency", code, "must be one of Stripe's currencies");
        }
        return 2;
    }

    private static int step(String code) {
        if (WHOLE_IN_HUNDREDTHS.contains(code)) {
            return 100;
        }
        return THREE_DECIMAL.contains(code) ? 10 : 1;
    }
}
