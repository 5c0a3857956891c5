package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonObject;
import io.autorecharge.stripe.simulator.RawStripe.Response;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cards that expire, and cards that the network updates. */
class CardsTest {

    @RegisterExtension
    final RawStripeExtension simulated = new RawStripeExtension();

    private RawStripe stripe;
    private Cards cards;
    private String customer;
    private String method;

    @BeforeEach
    void a_saved_card() throws Exception {
        stripe = simulated.stripe;
        cards = simulated.simulator.cards();
        customer = stripe.customer();
        method = stripe.card(customer, "pm_card_visa");
    }

    @Test
    void an_expired_card_is_declined_until_the_network_renews_it() throws Exception {
        cards.expire(method);

        assertThat(stripe.charge(customer, method, "attempt-1")
                        .error()
                        .get("code")
                        .getAsString())
                .isEqualTo("expired_card");
        assertThat(simulated.simulator.webhooks().eventIds("payment_method.automatically_updated"))
                .isEmpty();

        cards.update(method, YearMonth.of(2030, 8));
        assertThat(stripe.charge(customer, method, "attempt-2").status()).isEqualTo(200);
    }

    @Test
    void a_card_pays_until_the_last_day_of_its_month() throws Exception {
        cards.expiry(method, YearMonth.of(2026, 11));
        assertThat(stripe.charge(customer, method, "attempt-1").status()).isEqualTo(200);

        simulated.simulator.advanceClock(Duration.ofDays(11));
        assertThat(stripe.charge(customer, method, "attempt-2").status()).isEqualTo(402);
    }

    @Test
    void a_renewed_card_keeps_its_id_and_number_and_the_event_has_the_old_expiry() throws Exception {
        JsonObject before = card();

        cards.update(method, YearMonth.of(2030, 8));

        JsonObject after = card();
        assertThat(after.get("exp_month").getAsInt()).isEqualTo(8);
        assertThat(after.get("exp_year").getAsInt()).isEqualTo(2030);
        assertThat(after.get("fingerprint")).isEqualTo(before.get("fingerprint"));
        JsonObject data = updated();
        assertThat(data.getAsJsonObject("object").get("id").getAsString()).isEqualTo(method);
        assertThat(data.getAsJsonObject("previous_attributes")
                        .getAsJsonObject("card")
                        .keySet())
                .containsExactlyInAnyOrder("exp_month", "exp_year");
    }

    @Test
    void a_replaced_card_has_another_number_and_behaves_like_the_new_one() throws Exception {
        JsonObject before = card();

        cards.replace(method, TestCard.DECLINE_AFTER_ATTACHING, YearMonth.of(2030, 8));

        assertThat(card().get("last4").getAsString()).isEqualTo("0341");
        assertThat(updated().getAsJsonObject("previous_attributes").getAsJsonObject("card"))
                .satisfies(previous -> {
                    assertThat(previous.get("last4").getAsString()).isEqualTo("4242");
                    assertThat(previous.get("fingerprint")).isEqualTo(before.get("fingerprint"));
                });
        assertThat(stripe.charge(customer, method, "attempt-1").status()).isEqualTo(402);
    }

    @Test
    void one_card_in_two_wallets_has_two_fingerprints_and_pays_with_both() throws Exception {
        String phone = cards.saveFromWallet(customer, TestCard.VISA, "apple_pay");
        String watch = cards.saveFromWallet(customer, TestCard.VISA, "apple_pay");

        assertThat(List.of(fingerprint(method), fingerprint(phone), fingerprint(watch)))
                .doesNotHaveDuplicates();
        assertThat(stripe.get("/v1/payment_methods/" + phone)
                        .json()
                        .getAsJsonObject("card")
                        .getAsJsonObject("wallet")
                        .get("type")
                        .getAsString())
                .isEqualTo("apple_pay");
        assertThat(stripe.charge(customer, phone, "attempt-1").status()).isEqualTo(200);
        cards.expire(watch);
        assertThat(stripe.charge(customer, watch, "attempt-2").status()).isEqualTo(402);
        assertThatIllegalArgumentException().isThrownBy(() -> cards.saveFromWallet(customer, TestCard.VISA, "purse"));
    }

    @ParameterizedTest
    @CsvSource({"10,2026,invalid_expiry_month", "12,2025,invalid_expiry_year"})
    void an_expired_card_is_neither_created_nor_entered(String month, String year, String code) throws Exception {
        Response created = stripe.post(
                "/v1/payment_methods",
                "type",
                "card",
                "card[number]",
                "4242424242424242",
                "card[exp_month]",
                month,
                "card[exp_year]",
                year);
        Response updated =
                stripe.post("/v1/payment_methods/" + method, "card[exp_month]", month, "card[exp_year]", year);
        OpenCheckout checkout = new OpenCheckout(stripe);
        Response entered =
                stripe.post(checkout.page, "number", "4242424242424242", "expiry", month + "/" + year, "cvc", "123");

        assertThat(created.error().get("code").getAsString()).isEqualTo(code);
        assertThat(updated.error().get("code").getAsString()).isEqualTo(code);
        assertThat(entered.body()).contains("role=\"alert\"", "is invalid.");
        assertThat(checkout.retrieve().get("payment_intent").isJsonNull()).isTrue();
    }

    @Test
    void only_a_card_expires() throws Exception {
        String bank = stripe.card(customer, "pm_usBankAccount_success");

        assertThatIllegalArgumentException().isThrownBy(() -> cards.expire(bank));
        assertThatIllegalArgumentException().isThrownBy(() -> cards.expire("pm_none"));
    }

    private String fingerprint(String id) throws Exception {
        return stripe.get("/v1/payment_methods/" + id)
                .json()
                .getAsJsonObject("card")
                .get("fingerprint")
                .getAsString();
    }

    private JsonObject card() throws Exception {
        return stripe.get("/v1/payment_methods/" + method).json().getAsJsonObject("card");
    }

    private JsonObject updated() throws Exception {
        return stripe.get("/v1/events", "type", "payment_method.automatically_updated")
                .json()
                .getAsJsonArray("data")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("data");
    }
}
