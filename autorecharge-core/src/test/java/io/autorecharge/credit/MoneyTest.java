package io.autorecharge.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
        "12.505,USD,more places",
        "500.5,JPY,more places",
        "1.2345,KWD,more places",
        "1,XXX,cannot be charged",
        "1,usdx,unknown",
        "1,'',unknown",
        "abc,USD,not a decimal",
        "1e99999999,USD,does not fit",
        "1e-99999999,USD,does not fit",
        "99999999999999999999,USD,does not fit"
    })
    void refuses_what_the_currency_cannot_express(String decimal, String currency, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Money.of(decimal, currency))
                .withMessageContaining(message);
    }

    @Test
    void currencies_do_not_mix() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Money.of("1", "USD").plus(Money.of("1", "EUR")))
                .withMessage("currencies differ: USD 1.00 and EUR 1.00");
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
    void takes_16_digits_before_the_point_and_tells_too_many_places_from_too_much() {
        assertThat(Money.of("1234567890123456", "USD").minorUnits()).isEqualTo(123_456_789_012_345_600L);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Money.of("12345678901234567", "JPY"))
                .withMessageContaining("does not fit");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Money.of("0.0000000000000001", "USD"))
                .withMessageContaining("more places");
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
