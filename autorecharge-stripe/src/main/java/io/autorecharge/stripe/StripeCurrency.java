package io.autorecharge.stripe;

import io.autorecharge.credit.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Translates between {@link Money}, which counts in ISO 4217 minor units as the JDK has them, and Stripe's smallest units, which differ: by
 * Stripe's own tables (https://docs.stripe.com/currencies), exactly or not at all.
 */
final class StripeCurrency {
    /** Stripe's API takes at most eight digits. */
    private static final long LARGEST = 99_999_999;

    private static final Set<String> ZERO_DECIMAL = Set.of(
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");

    /** Sent with two decimals for Stripe's backwards compatibility, though the currency has none: the last two digits are 00. */
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

    /** An amount and a currency as Stripe's parameters have them. */
    record Amount(long units, String currency) {}

    /** @throws IllegalArgumentException naming the field and the value, when Stripe has no exact form of it */
    static Amount toStripe(Money money) {
        int exponent = exponent(money.currency());
        BigDecimal units = money.toBigDecimal().movePointRight(exponent);
        if (units.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException(
                    "amount has more places than Stripe takes for " + money.currencyCode() + ": " + money);
        }
        if (units.signum() <= 0 || units.compareTo(BigDecimal.valueOf(LARGEST)) > 0) {
            throw new IllegalArgumentException("amount must be more than zero and have at most 8 digits: " + money);
        }
        long exact = units.longValueExact();
        if (exact % step(money.currencyCode()) != 0) {
            throw new IllegalArgumentException("amount in " + money.currencyCode() + " must be a multiple of "
                    + step(money.currencyCode()) + " of Stripe's units: " + money);
        }
        return new Amount(exact, money.currencyCode().toLowerCase(Locale.ROOT));
    }

    /** @throws IllegalArgumentException when the currency is unknown or the amount has no exact form in its ISO minor units */
    static Money fromStripe(@Nullable Long units, @Nullable String currency) {
        if (units == null || currency == null) {
            throw new IllegalArgumentException("amount or currency is missing: " + units + " " + currency);
        }
        String code = currency.toUpperCase(Locale.ROOT);
        int exponent = exponent(Money.ofMinor(0, code).currency());
        return Money.of(BigDecimal.valueOf(units, exponent), code);
    }

    /**
     * Stripe's documented minimum; where it documents none, the smallest amount that can be written. Stripe compares in the currency of the
     * settlement, so a charge that meets this may still be refused as too small.
     */
    static Money minimum(Currency currency) {
        String code = currency.getCurrencyCode();
        String known = MINIMUM.get(code);
        return known != null
                ? Money.of(known, code)
                : Money.of(BigDecimal.valueOf(step(code), exponent(currency)), code);
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
            throw new IllegalArgumentException("currency is not in Stripe's tables: '" + code + "'");
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
