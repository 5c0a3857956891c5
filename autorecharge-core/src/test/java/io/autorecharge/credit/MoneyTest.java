package io.autorecharge.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {
    @ParameterizedTest
    @CsvSource({"12.50,USD,1250", "12.5,usd,1250", "500,JPY,500", "500.0,JPY,500", "1.234,KWD,1234", "-1,EUR,-100"})
    void counts_in_the_minor_units_of_its_currency(String decimal, String currency, long minor) {
        assertThat(Money.of(decimal, currency)).isEqualTo(Money.ofMinor(minor, currency));
    }

    @ParameterizedTest
    @CsvSource({
        "12.505,USD,amount,12.505,must have at most 2 decimal places in USD",
        "500.5,JPY,amount,500.5,must have at most 0 decimal places in JPY",
        "1.2345,KWD,amount,1.2345,must have at most 3 decimal places in KWD",
        "1,XXX,currency,XXX,must have minor units",
        "1,usdx,currency,usdx,must be an ISO 4217 code",
        "1,'',currency,'',must be an ISO 4217 code",
        "1,,currency,null,must be given",
        ",USD,amount,null,must be given",
        "abc,USD,amount,abc,must be a decimal number",
        "NaN,USD,amount,NaN,must be a decimal number",
        "' ',USD,amount,' ',must be a decimal number",
        "1e2,USD,amount,1e2,must be a decimal number",
        "1e99999999,USD,amount,1e99999999,must be a decimal number",
        "１,USD,amount,１,must be a decimal number",
        "99999999999999999999,USD,amount,99999999999999999999,must have at most 16 digits before the decimal point",
        "9999999999999999,KWD,amount,9999999999999999,must be at most 9223372036854775.807",
        "-9999999999999999,KWD,amount,-9999999999999999,must be at least -9223372036854775.807"
    })
    void refuses_what_the_currency_cannot_express(
            String decimal, String currency, String field, String value, String rule) {
        Refusal.check(field, value, rule, () -> Money.of(decimal, currency));
    }

    @Test
    void refuses_a_number_of_a_million_digits_before_it_reads_it() {
        Refusal.check(
                "amount",
                "9".repeat(40) + "…",
                "must have at most 64 characters",
                () -> Money.of("9".repeat(1_000_000), "USD"));
    }

    @Test
    void names_the_argument_that_is_null() {
        assertThatNullPointerException()
                .isThrownBy(() -> Money.of((BigDecimal) null, "USD"))
                .withMessage("amount");
        assertThatNullPointerException().isThrownBy(() -> new Money(1, null)).withMessage("currency");
    }

    @Test
    void currencies_do_not_mix() {
        Money dollar = Money.of("1", "USD");
        Money euro = Money.of("1", "EUR");

        Refusal.check("currency", "EUR 1.00", "must be that of USD 1.00", () -> dollar.plus(euro));
        Refusal.check("currency", "EUR 1.00", "must be that of USD 1.00", () -> dollar.isLessThan(euro));
    }

    @Test
    void prorates_with_the_named_rounding() {
        Money price = Money.of("9.00", "USD");

        assertThat(price.prorated(Credits.of("0.05"), Credits.of(100), RoundingMode.HALF_UP))
                .isEqualTo(Money.ofMinor(0, "USD"));
        assertThat(price.prorated(Credits.of("0.06"), Credits.of(100), RoundingMode.HALF_UP))
                .isEqualTo(Money.ofMinor(1, "USD"));
        assertThat(price.prorated(Credits.of("33.333333"), Credits.of(100), RoundingMode.UP))
                .isEqualTo(Money.ofMinor(300, "USD"));
    }

    @Test
    void reads_currency_codes_the_same_in_a_turkish_locale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(Money.of("1", "inr").currencyCode()).isEqualTo("INR");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void accepts_16_digits_before_the_point_and_distinguishes_too_precise_from_too_large() {
        assertThat(Money.of("1234567890123456", "USD").minorUnits()).isEqualTo(123_456_789_012_345_600L);
        Refusal.check(
                "amount",
                "12345678901234567",
                "must have at most 16 digits before the decimal point",
                () -> Money.of("12345678901234567", "JPY"));
        Refusal.check(
                "amount",
                "1E-16",
                "must have at most 2 decimal places in USD",
                () -> Money.of("0.0000000000000001", "USD"));
    }

    @Test
    void adds_multiplies_and_compares_amounts_of_one_currency() {
        Money one = Money.of("1.00", "USD");

        assertThat(one.plus(one)).isEqualTo(one.times(2)).isEqualTo(Money.ofMinor(200, "USD"));
        assertThat(one.isLessThan(one)).isFalse();
        assertThat(one.isLessThan(one.times(2))).isTrue();
        assertThat(one.isPositive()).isTrue();
        assertThat(Money.ofMinor(0, "USD").isPositive()).isFalse();
    }
}
