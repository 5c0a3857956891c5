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

class OffSessionChargeTest {

    @RegisterExtension
    final RawStripeExtension simulated = new RawStripeExtension();

    private RawStripe stripe;
    private String customer;

    @BeforeEach
    void a_customer() throws Exception {
        stripe = simulated.stripe;
        customer = stripe.customer();
    }

    @Test
    void a_valid_card_is_charged_and_the_history_contains_the_capture() throws Exception {
        String method = stripe.card(customer, "pm_card_visa");

        Response response = stripe.charge(customer, method, "attempt-1");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text("status")).isEqualTo("succeeded");
        assertThat(response.json().get("amount_received").getAsLong()).isEqualTo(1500);
        assertThat(response.text("payment_method")).isEqualTo(method);
        assertThat(response.json().get("last_payment_error")).isEqualTo(JsonNull.INSTANCE);
        assertThat(simulated.simulator.history().captures())
                .containsExactly(new Capture(
                        RawStripeExtension.NOW,
                        response.text("latest_charge"),
                        response.text("id"),
                        1500,
                        "usd",
                        customer,
                        method,
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
        assertThat(simulated.simulator.history().captures()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "pm_card_authenticationRequired,authentication_required,authentication_required",
        "pm_card_authenticationRequiredOnSetup,authentication_required,authentication_required",
        "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds,card_declined,insufficient_funds",
    })
    void cards_that_require_authentication_fail_off_session(String kind, String code, String declineCode)
            throws Exception {
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

    @Test
    void a_declined_unattached_card_fails_with_an_intent() throws Exception {
        Response response = stripe.charge(customer, "pm_card_visa_chargeDeclinedLostCard", "attempt-1");

        assertThat(response.status()).isEqualTo(402);
        assertThat(response.error().get("decline_code").getAsString()).isEqualTo("lost_card");
        assertThat(response.error().get("advice_code").getAsString()).isEqualTo("do_not_try_again");
        assertThat(response.error().getAsJsonObject("payment_intent").get("id").getAsString())
                .startsWith("pi_");
    }

    @Test
    void the_issuer_declines_as_scripted() throws Exception {
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
        assertThat(simulated.simulator.history().captures()).isEmpty();

        simulated.simulator.bankDebits().succeed(paid);
        simulated.simulator.bankDebits().fail(failed);

        assertThat(status(paid)).isEqualTo("succeeded");
        assertThat(status(failed)).isEqualTo("requires_payment_method");
        assertThat(simulated.simulator.history().captures())
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
        assertThat(simulated.simulator.history().captures()).isEmpty();
    }

    private String status(String intent) throws Exception {
        return stripe.get("/v1/payment_intents/" + intent).text("status");
    }
}
