package io.autorecharge.stripe.simulator;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The amounts that Stripe accepts per currency (https://docs.stripe.com/currencies), and how to display them. */
final class Money {

    private static final Set<String> ZERO_DECIMAL = Set.of(
            "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf");
    private static final Set<String> THREE_DECIMAL = Set.of("bhd", "jod", "kwd", "omr", "tnd");
    private static final Set<String> WHOLE_UNITS_AS_TWO_DECIMALS = Set.of("isk", "ugx");
    private static final long MOST = 99_999_999;

    /** The minimum charge in the smallest unit; other currencies have no minimum. */
    private static final Map<String, Long> LEAST = Map.ofEntries(
            Map.entry("usd", 50L),
            Map.entry("aed", 200L),
            Map.entry("ars", 50L),
            Map.entry("aud", 50L),
            Map.entry("brl", 50L),
            Map.entry("cad", 50L),
            Map.entry("chf", 50L),
            Map.entry("cop", 50L),
            Map.entry("czk", 1500L),
            Map.entry("dkk", 250L),
            Map.entry("eur", 50L),
            Map.entry("gbp", 30L),
            Map.entry("hkd", 400L),
            Map.entry("huf", 17500L),
            Map.entry("idr", 50L),
            Map.entry("ils", 50L),
            Map.entry("inr", 50L),
            Map.entry("jpy", 50L),
            Map.entry("krw", 50L),
            Map.entry("mxn", 1000L),
            Map.entry("myr", 200L),
            Map.entry("nok", 300L),
            Map.entry("nzd", 50L),
            Map.entry("php", 50L),
            Map.entry("pln", 200L),
            Map.entry("ron", 200L),
            Map.entry("rub", 50L),
            Map.entry("sek", 300L),
            Map.entry("sgd", 50L),
            Map.entry("thb", 1000L),
            Map.entry("zar", 50L));

    private static final Set<String> OTHERS =
            Set.of("bgn", "twd", "try", "uah", "egp", "kes", "ngn", "pen", "pkr", "vnd");

    private Money() {}

    static String currency(String value, String param) {
        String currency = value.toLowerCase(Locale.ROOT);
        boolean known = LEAST.containsKey(currency)
                || ZERO_DECIMAL.contains(currency)
                || THREE_DECIMAL.contains(currency)
                || WHOLE_UNITS_AS_TWO_DECIMALS.contains(currency)
                || OTHERS.contains(currency);
        if (!known) {
            throw ApiError.parameter(
                    param, null, "Invalid currency: " + value + ". See https://docs.stripe.com/currencies for a list.");
        }
        return currency;
    }

    static long amount(long amount, String currency, String param) {
        if (amount <= 0) {
            throw ApiError.parameter(
                    param,
                    "parameter_invalid_integer",
                    "The amount must be greater than or equal to the minimum charge amount allowed for your account and the"
                            + " currency set (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts).");
        }
        long least = LEAST.getOrDefault(currency, 1L);
        if (amount < least) {
            throw ApiError.parameter(param, "amount_too_small", "Amount must be at least " + text(least, currency));
        }
        if (amount > MOST) {
            throw ApiError.parameter(param, "amount_too_large", "Amount must be no more than " + text(MOST, currency));
        }
        if (THREE_DECIMAL.contains(currency) && amount % 10 != 0) {
            throw ApiError.parameter(param, null, "Invalid amount: the last digit must be 0 in " + currency + ".");
        }
        if (WHOLE_UNITS_AS_TWO_DECIMALS.contains(currency) && amount % 100 != 0) {
            throw ApiError.parameter(
                    param, null, "Invalid amount: the last two digits must be 00 in " + currency + ".");
        }
        return amount;
    }

    static String text(long amount, String currency) {
        int places = ZERO_DECIMAL.contains(currency) ? 0 : THREE_DECIMAL.contains(currency) ? 3 : 2;
        return BigDecimal.valueOf(amount, places).toPlainString() + " " + currency.toUpperCase(Locale.ROOT);
    }
}
