package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.autorecharge.stripe.simulator.RawStripe.Response;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OffSessionChargeTest {

    @RegisterExtension
    final SimulatorExtension simulated = new SimulatorExtension();

    private RawStripe stripe;
    private String customer;

    @BeforeEach
    void a_customer() throws Exception {
        stripe = simulated.stripe;
        customer = stripe.customer();
    }

    @Test
    void a_good_card_is_charged_and_the_books_say_so() throws Exception {
        String method = stripe.card(customer, "pm_card_visa");

        Response response = stripe.charge(customer, method, "attempt-1");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text("status")).isEqualTo("succeeded");
        assertThat(response.json().get("amount_received").getAsLong()).isEqualTo(1500);
        assertThat(response.text("payment_method")).isEqualTo(method);
        assertThat(response.json().get("last_payment_error")).isEqualTo(JsonNull.INSTANCE);
        assertThat(simulated.simulator.books().captures())
                .containsExactly(new Capture(
                        SimulatorExtension.NOW,
                        response.text("latest_charge"),
                        response.text("id"),
                        1500,
                        "usd",
                        customer,
                        "attempt-1",
                        Map.of("attempt", "attempt-1")));
    }

    @Test
    void the_card_for_failing_charges_is_saved_and_then_declined_like_the_recorded_one() throws Exception {
        String method = stripe.card(customer, "pm_card_chargeCustomerFail");

        Response response = stripe.charge(customer, method, "attempt-1");

        assertThat(response.status()).isEqualTo(402);
        JsonObject error = response.error();
        assertThat(error.get("type").getAsString()).isEqualTo("card_error");
        assertThat(error.get("code").getAsString()).isEqualTo("card_declined");
        assertThat(error.get("decline_code").getAsString()).isEqualTo("generic_decline");
        assertThat(error.get("advice_code").getAsString()).isEqualTo("try_again_later");
        assertThat(error.get("network_decline_code").getAsString()).isEqualTo("01");
        JsonObject intent = error.getAsJsonObject("payment_intent");
        assertThat(intent.get("status").getAsString()).isEqualTo("requires_payment_method");
        assertThat(intent.get("payment_method").isJsonNull()).isTrue();
        assertThat(intent.getAsJsonObject("last_payment_error")
                        .getAsJsonObject("payment_method")
                        .get("id")
                        .getAsString())
                .isEqualTo(method);
        assertThat(intent.get("latest_charge")).isEqualTo(error.get("charge"));
        assertThat(simulated.simulator.books().captures()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "pm_card_authenticationRequired,authentication_required,authentication_required",
        "pm_card_authenticationRequiredOnSetup,authentication_required,authentication_required",
        "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds,card_declined,insufficient_funds",
    })
    void cards_that_want_their_holder_fail_off_session(String kind, String code, String declineCode) throws Exception {
        Response response = stripe.charge(customer, stripe.card(customer, kind), "attempt-1");

        assertThat(response.status()).isEqualTo(402);
        assertThat(response.error().get("code").getAsString()).isEqualTo(code);
        assertThat(response.error().get("decline_code").getAsString()).isEqualTo(declineCode);
    }

    @Test
    void a_card_that_was_set_up_before_is_charged_off_session() throws Exception {
        String method = stripe.card(customer, "pm_card_authenticationRequiredSetupForOffSession");

        assertThat(stripe.charge(customer, method, "attempt-1").text("status")).isEqualTo("succeeded");
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
    void a_declined_card_that_is_loose_fails_with_an_intent() throws Exception {
        Response response = stripe.charge(customer, "pm_card_visa_chargeDeclinedLostCard", "attempt-1");

        assertThat(response.status()).isEqualTo(402);
        assertThat(response.error().get("decline_code").getAsString()).isEqualTo("lost_card");
        assertThat(response.error().get("advice_code").getAsString()).isEqualTo("do_not_try_again");
        assertThat(response.error().getAsJsonObject("payment_intent").get("id").getAsString())
                .startsWith("pi_");
    }

    @Test
    void the_issuer_says_what_a_test_tells_it_to() throws Exception {
        String method = stripe.card(customer, "pm_card_visa");
        simulated.simulator.issuer().declineNext(customer, "do_not_honor", "do_not_try_again");

        JsonObject error = stripe.charge(customer, method, "attempt-1").error();
        assertThat(error.get("decline_code").getAsString()).isEqualTo("do_not_honor");
        assertThat(error.get("advice_code").getAsString()).isEqualTo("do_not_try_again");

        assertThat(stripe.charge(customer, method, "attempt-2").status()).isEqualTo(200);
        simulated.simulator.issuer().declineAlways(customer, "insufficient_funds");
        assertThat(stripe.charge(customer, method, "attempt-3").status()).isEqualTo(402);
        assertThat(stripe.charge(customer, method, "attempt-4").status()).isEqualTo(402);
        simulated.simulator.issuer().approve(customer);
        assertThat(stripe.charge(customer, method, "attempt-5").status()).isEqualTo(200);
    }

    @Test
    void a_bank_debit_stays_in_processing_until_it_is_settled() throws Exception {
        String method = stripe.card(customer, "pm_usBankAccount_success");
        String paid = stripe.charge(customer, method, "attempt-1").text("id");
        String failed = stripe.charge(customer, method, "attempt-2").text("id");
        assertThat(status(paid)).isEqualTo("processing");
        assertThat(simulated.simulator.books().captures()).isEmpty();

        simulated.simulator.bankDebits().succeed(paid);
        simulated.simulator.bankDebits().fail(failed);

        assertThat(status(paid)).isEqualTo("succeeded");
        assertThat(status(failed)).isEqualTo("requires_payment_method");
        assertThat(simulated.simulator.books().captures())
                .extracting(Capture::paymentIntentId)
                .containsExactly(paid);
    }

    @Test
    void an_intent_that_is_paid_cannot_be_canceled() throws Exception {
        String id = stripe.charge(customer, stripe.card(customer, "pm_card_visa"), "attempt-1")
                .text("id");

        Response response = stripe.post("/v1/payment_intents/" + id + "/cancel");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.error().get("code").getAsString()).isEqualTo("payment_intent_unexpected_state");
    }

    @Test
    void a_declined_intent_can_be_canceled_once_and_then_not_be_paid() throws Exception {
        String method = stripe.card(customer, "pm_card_chargeCustomerFail");
        String id = stripe.charge(customer, method, "attempt-1")
                .error()
                .getAsJsonObject("payment_intent")
                .get("id")
                .getAsString();

        Response canceled = stripe.post("/v1/payment_intents/" + id + "/cancel", "cancellation_reason", "abandoned");

        assertThat(canceled.text("status")).isEqualTo("canceled");
        assertThat(canceled.text("cancellation_reason")).isEqualTo("abandoned");
        assertThat(stripe.post("/v1/payment_intents/" + id + "/cancel").status())
                .isEqualTo(400);
        assertThat(stripe.post("/v1/payment_intents/" + id + "/confirm", "payment_method", "pm_card_visa")
                        .error()
                        .get("code")
                        .getAsString())
                .isEqualTo("payment_intent_unexpected_state");
        assertThat(simulated.simulator.books().captures()).isEmpty();
    }

    @Test
    void on_session_the_holder_is_asked_and_the_intent_waits() throws Exception {
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
        assertThat(status(created.text("id"))).isEqualTo("succeeded");
        assertThat(simulated.simulator.books().captures(customer)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void an_action_can_be_made_an_error(String errorOnAction) throws Exception {
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

    private String status(String intent) throws Exception {
        return stripe.get("/v1/payment_intents/" + intent).text("status");
    }
}
