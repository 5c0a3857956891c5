package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.stripe.simulator.RawStripe.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Saving cards, and payments while the cardholder is present. */
class HolderPresentTest {

    @RegisterExtension
    final RawStripeExtension simulated = new RawStripeExtension();

    private RawStripe stripe;
    private String customer;

    @BeforeEach
    void a_customer() throws Exception {
        stripe = simulated.stripe;
        customer = stripe.customer();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "pm_card_visa_chargeDeclined,card_declined,generic_decline",
                "pm_card_chargeDeclined,card_declined,generic_decline",
                "pm_card_visa_chargeDeclinedInsufficientFunds,card_declined,insufficient_funds",
                "pm_card_chargeDeclinedInsufficientFunds,card_declined,insufficient_funds",
                "pm_card_visa_chargeDeclinedLostCard,card_declined,lost_card",
                "pm_card_visa_chargeDeclinedStolenCard,card_declined,stolen_card",
                "pm_card_chargeDeclinedExpiredCard,expired_card,-",
                "pm_card_chargeDeclinedIncorrectCvc,incorrect_cvc,-",
                "pm_card_chargeDeclinedProcessingError,processing_error,-",
                "pm_card_visa_chargeDeclinedVelocityLimitExceeded,card_declined,card_velocity_exceeded",
            })
    void cards_that_are_always_declined_cannot_be_saved(String kind, String code, String declineCode) throws Exception {
        Response response = stripe.post("/v1/payment_methods/" + kind + "/attach", "customer", customer);

        assertThat(response.status()).isEqualTo(402);
        assertThat(response.error().get("code").getAsString()).isEqualTo(code);
        assertThat(response.error().has("decline_code")).isEqualTo(declineCode != null);
        if (declineCode != null) {
            assertThat(response.error().get("decline_code").getAsString()).isEqualTo(declineCode);
        }
        assertThat(response.error().has("payment_intent")).isFalse();
    }

    @Test
    void on_session_the_intent_waits_for_the_cardholder() throws Exception {
        String method = stripe.card(customer, "pm_card_authenticationRequired");
        Response created = stripe.post(
                "/v1/payment_intents",
                "amount",
                "1500",
                "currency",
                "usd",
                "customer",
                customer,
                "payment_method",
                method,
                "confirm",
                "true",
                "return_url",
                "https://shop.example/back");
        assertThat(created.text("status")).isEqualTo("requires_action");
        assertThat(created.json().get("latest_charge").isJsonNull()).isTrue();
        String page = created.json()
                .getAsJsonObject("next_action")
                .getAsJsonObject("redirect_to_url")
                .get("url")
                .getAsString();

        Response back = stripe.post(page, "result", "complete");

        assertThat(back.header("Location"))
                .isEqualTo("https://shop.example/back?payment_intent=" + created.text("id")
                        + "&redirect_status=succeeded");
        assertThat(stripe.get("/v1/payment_intents/" + created.text("id")).text("status"))
                .isEqualTo("succeeded");
        assertThat(simulated.simulator.history().captures(customer)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void error_on_requires_action_turns_the_action_into_an_error(String errorOnAction) throws Exception {
        String method = stripe.card(customer, "pm_card_authenticationRequired");

        Response response = stripe.post(
                "/v1/payment_intents",
                "amount",
                "1500",
                "currency",
                "usd",
                "customer",
                customer,
                "payment_method",
                method,
                "confirm",
                "true",
                "error_on_requires_action",
                errorOnAction,
                "return_url",
                "https://shop.example/back");

        assertThat(response.status()).isEqualTo(errorOnAction.equals("true") ? 402 : 200);
    }
}
