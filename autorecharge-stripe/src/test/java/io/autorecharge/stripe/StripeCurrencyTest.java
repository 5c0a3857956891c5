package io.autorecharge.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import java.util.Currency;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeCurrencyTest {
    @ParameterizedTest
    @CsvSource({
        "12.50, USD, 1250",
        "0.01, EUR, 1",
        "999999.99, USD, 99999999",
        // Zero decimals, as in ISO 4217; for MGA, unlike ISO 4217.
        "500, JPY, 500",
        "1, KRW, 1",
        "5, BIF, 5",
        "5, CLP, 5",
        "5, DJF, 5",
        "5, GNF, 5",
        "5, KMF, 5",
        "5, MGA, 5",
        "5.00, MGA, 5",
        "5, PYG, 5",
        "5, RWF, 5",
        "5, VND, 5",
        "5, VUV, 5",
        "5, XAF, 5",
        "5, XOF, 5",
        "5, XPF, 5",
        "99999999, JPY, 99999999",
        // More digits than others: their units are small.
        "9999999999.99, IDR, 999999999999",
        "9999999.99, INR, 999999999",
        // Whole amounts, but sent in hundredths.
        "5, ISK, 500",
        "5, UGX, 500",
        // Two decimals for charges, although payouts differ.
        "5.25, HUF, 525",
        "5.25, TWD, 525",
        // Three decimals, the last of which must be 0.
        "1.230, KWD, 1230",
        "1.23, BHD, 1230",
        "1.23, JOD, 1230",
        "1.23, OMR, 1230",
        "1.23, TND, 1230"
    })
    void converts_both_ways(String amount, String currency, long units) {
        Money money = Money.of(amount, currency);
        StripeCurrency.Amount sent = StripeCurrency.toStripe("amount", money);
        assertThat(sent).isEqualTo(new StripeCurrency.Amount(units, currency.toLowerCase(java.util.Locale.ROOT)));
        assertThat(StripeCurrency.fromStripe(sent.units(), sent.currency())).isEqualTo(money);
    }

    @ParameterizedTest
    @CsvSource({
        "1.50, MGA",
        "1.234, KWD",
        "0, USD",
        "-1, USD",
        "1000000.00, USD",
        "10000000000.00, IDR",
        "10000000.00, INR",
        "100000000, JPY",
        "1000000, ISK",
        "1.234, IQD",
        "1.234, LYD"
    })
    void refuses_amounts_that_stripe_cannot_represent(String amount, String currency) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> StripeCurrency.toStripe("price", Money.of(amount, currency)))
                .withMessageContaining(currency)
                .matches(it -> Set.of("price", "currency").contains(it.field()));
    }

    @ParameterizedTest
    @CsvSource({"1250, isk", "1250, ugx", "1, xyz", "1, xau"})
    void refuses_an_answer_that_iso_minor_units_cannot_represent(long units, String currency) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> StripeCurrency.fromStripe(units, currency));
    }

    @Test
    void refuses_an_answer_without_amount_or_currency() {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> StripeCurrency.fromStripe(null, "usd"))
                .matches(it -> it.field().equals("amount"));
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> StripeCurrency.fromStripe(1L, null))
                .matches(it -> it.field().equals("currency"));
    }

    @ParameterizedTest
    @CsvSource({
        "USD, 0.50",
        "EUR, 0.50",
        "GBP, 0.30",
        "JPY, 50",
        "KRW, 50",
        "CZK, 15",
        "DKK, 2.50",
        "HUF, 175",
        "MXN, 10",
        "HKD, 4",
        "THB, 10",
        "AED, 2",
        "MYR, 2",
        "NOK, 3",
        "SEK, 3",
        "PLN, 2",
        "RON, 2",
        "ZAR, 0.50",
        "ISK, 1",
        "UGX, 1",
        "KWD, 0.010",
        "MGA, 1",
        "TWD, 0.01"
    })
    void knows_the_minimum_charge(String currency, String amount) {
        Money min = StripeCurrency.minimum(Currency.getInstance(currency));
        assertThat(min).isEqualTo(Money.of(amount, currency));
        assertThat(StripeCurrency.toStripe("amount", min).units()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"USD", "JPY", "ISK", "KWD", "MGA", "HUF"})
    void converts_every_accepted_amount_without_loss(String currency) {
        long seed = 20261123L;
        Random random = new Random(seed);
        int taken = 0;
        for (int i = 0; i < 2_000; i++) {
            Money money = Money.ofMinor(1 + random.nextInt(99_999_999), currency);
            StripeCurrency.Amount sent;
            try {
                sent = StripeCurrency.toStripe("amount", money);
            } catch (InvalidValueException e) {
                continue;
            }
            taken++;
            assertThat(StripeCurrency.fromStripe(sent.units(), sent.currency()))
                    .as("seed %d, %s", seed, money)
                    .isEqualTo(money);
        }
        assertThat(taken).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "USD, 999999.99",
        "JPY, 99999999",
        "IDR, 9999999999.99",
        "INR, 9999999.99",
        "ISK, 999999",
        "UGX, 999999",
        "KWD, 99999.990",
        "MGA, 99999999.00"
    })
    void knows_the_maximum_charge_which_can_be_sent_and_one_unit_more_cannot(String currency, String amount) {
        Money most = StripeCurrency.maximum(Currency.getInstance(currency));

        assertThat(most).isEqualTo(Money.of(amount, currency));
        assertThat(StripeCurrency.toStripe("amount", most).units()).isPositive();
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> StripeCurrency.toStripe("amount", new Money(most.minorUnits() + 1, most.currency())));
    }
}
