package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.autorecharge.stripe.simulator.RawStripe.Response;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens to a PaymentIntent that was not paid: it is canceled, or confirmed again. */
class CancelTest {

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
    @CsvSource({"pm_card_chargeCustomerFail,true", "pm_card_authenticationRequired,false"})
    void cancelling_erases_the_error_and_only_a_charge_keeps_the_reason(String card, boolean charged) throws Exception {
        String id = refused(card);
        assertThat(intent(id).get("last_payment_error").isJsonNull()).isFalse();

        JsonObject canceled = stripe.post("/v1/payment_intents/" + id + "/cancel", "expand[]", "latest_charge")
                .json();

        assertThat(canceled.get("status").getAsString()).isEqualTo("canceled");
        assertThat(canceled.get("last_payment_error").isJsonNull()).isTrue();
        assertThat(canceled.get("payment_method").isJsonNull()).isTrue();
        assertThat(canceled.get("cancellation_reason").isJsonNull()).isTrue();
        assertThat(canceled.get("canceled_at").getAsLong()).isEqualTo(RawStripeExtension.NOW.getEpochSecond());
        assertThat(canceled.get("latest_charge").isJsonNull()).isEqualTo(!charged);
        if (charged) {
            assertThat(canceled.getAsJsonObject("latest_charge")
                            .get("failure_code")
                            .getAsString())
                    .isEqualTo("card_declined");
        }
        assertThat(simulated.simulator.webhooks().eventIds("payment_intent.canceled"))
                .hasSize(1);
    }

    @Test
    void an_update_adds_metadata_and_erases_the_error_until_the_intent_is_canceled() throws Exception {
        String id = refused("pm_card_authenticationRequired");
        JsonObject before = intent(id);

        JsonObject updated =
                stripe.post("/v1/payment_intents/" + id, "metadata[why]", "x").json();

        assertThat(updated.get("last_payment_error").isJsonNull()).isTrue();
        assertThat(updated.get("status").getAsString()).isEqualTo("requires_payment_method");
        JsonObject merged = before.getAsJsonObject("metadata").deepCopy();
        merged.addProperty("why", "x");
        assertThat(updated.getAsJsonObject("metadata")).isEqualTo(merged);
        assertThat(intent(id)).isEqualTo(updated);

        stripe.post("/v1/payment_intents/" + id + "/cancel");
        Response late = stripe.post("/v1/payment_intents/" + id, "metadata[why]", "y");

        assertThat(late.status()).isEqualTo(400);
        assertThat(late.json().getAsJsonObject("error").get("code").getAsString())
                .isEqualTo("payment_intent_unexpected_state");
        assertThat(intent(id).getAsJsonObject("metadata").get("why").getAsString())
                .isEqualTo("x");
    }

    @Test
    void a_demand_for_authentication_off_session_is_an_error_without_a_charge() throws Exception {
        Response response =
                stripe.charge(customer, stripe.card(customer, "pm_card_authenticationRequired"), "attempt-1");

        assertThat(response.status()).isEqualTo(402);
        assertThat(response.error().get("code").getAsString()).isEqualTo("authentication_required");
        assertThat(response.error().has("charge")).isFalse();
        JsonObject intent = response.error().getAsJsonObject("payment_intent");
        assertThat(intent.get("latest_charge").isJsonNull()).isTrue();
        assertThat(intent.getAsJsonObject("last_payment_error").has("charge")).isFalse();
        assertThat(simulated.simulator.webhooks().eventIds("charge.failed")).isEmpty();
        assertThat(simulated.simulator.webhooks().eventIds("payment_intent.payment_failed"))
                .hasSize(1);
    }

    @Test
    void an_intent_that_waits_for_the_holder_is_canceled_and_then_cannot_be_authenticated() throws Exception {
        Response waiting = stripe.post(
                "/v1/payment_intents",
                "amount",
                "1500",
                "currency",
                "usd",
                "customer",
                customer,
                "payment_method",
                stripe.card(customer, "pm_card_authenticationRequired"),
                "confirm",
                "true",
                "return_url",
                "https://shop.example/back");
        assertThat(waiting.text("status")).isEqualTo("requires_action");
        String page = waiting.json()
                .getAsJsonObject("next_action")
                .getAsJsonObject("redirect_to_url")
                .get("url")
                .getAsString();

        JsonObject canceled = cancel(waiting.text("id")).json();

        assertThat(canceled.get("status").getAsString()).isEqualTo("canceled");
        assertThat(canceled.get("next_action").isJsonNull()).isTrue();
        assertThat(stripe.post(page, "result", "complete").body()).contains("does not require authentication");
        assertThat(simulated.simulator.history().captures()).isEmpty();
    }

    @Test
    void a_second_cancel_is_refused_with_the_intent_unless_it_has_the_same_key() throws Exception {
        String id = refused("pm_card_chargeCustomerFail");
        String path = "/v1/payment_intents/" + id + "/cancel";
        stripe.postWithKey("cancel-1", path, "cancellation_reason", "duplicate");

        Response again = cancel(id);
        Response replayed = stripe.postWithKey("cancel-1", path, "cancellation_reason", "duplicate");

        assertThat(again.status()).isEqualTo(400);
        assertThat(again.error().get("code").getAsString()).isEqualTo("payment_intent_unexpected_state");
        assertThat(again.error().get("message").getAsString())
                .contains("has a status of canceled", "requires_reauthorization");
        assertThat(again.error()
                        .getAsJsonObject("payment_intent")
                        .get("cancellation_reason")
                        .getAsString())
                .isEqualTo("duplicate");
        assertThat(replayed.status()).isEqualTo(200);
    }

    @Test
    void a_declined_intent_can_be_paid_until_it_is_canceled_and_the_cancel_then_fails() throws Exception {
        String id = refused("pm_card_chargeCustomerFail");
        String backup = stripe.card(customer, "pm_card_visa");
        simulated.simulator.faults().next("POST /v1/payment_intents/*/cancel", Fault.HANG_BEFORE_EXECUTION);
        CompletableFuture<Response> cancel = CompletableFuture.supplyAsync(() -> {
            try {
                return cancel(id);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(simulated.simulator.faults().awaitHanging(1, Duration.ofSeconds(10)))
                .isTrue();

        stripe.post(
                "/v1/payment_intents/" + id + "/confirm",
                "payment_method",
                backup,
                "return_url",
                "https://shop.example/back");
        simulated.simulator.faults().release();

        assertThat(cancel.get().status()).isEqualTo(400);
        assertThat(cancel.get().error().get("message").getAsString()).contains("has a status of succeeded");
        assertThat(intent(id).get("status").getAsString()).isEqualTo("succeeded");
        assertThat(simulated.simulator.history().captures(customer)).hasSize(1);
    }

    @Test
    void the_intent_of_a_checkout_is_ended_with_its_session_only() throws Exception {
        OpenCheckout checkout = new OpenCheckout(stripe);
        checkout.pay("4000000000000002");
        String id = checkout.retrieve().get("payment_intent").getAsString();

        Response response = cancel(id);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.error().get("message").getAsString()).contains("Checkout Session");
        assertThat(checkout.pay("4242424242424242").status()).isEqualTo(303);
    }

    @Test
    void confirming_with_the_card_of_another_customer_is_refused_with_the_intent() throws Exception {
        String id = refused("pm_card_chargeCustomerFail");
        String foreign = stripe.card(stripe.customer(), "pm_card_visa");

        Response response = stripe.post(
                "/v1/payment_intents/" + id + "/confirm",
                "payment_method",
                foreign,
                "return_url",
                "https://shop.example/back");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.error().has("code")).isFalse();
        assertThat(response.error().getAsJsonObject("payment_intent").get("id").getAsString())
                .isEqualTo(id);
        assertThat(simulated.simulator.history().captures()).isEmpty();
    }

    @Test
    void a_reason_that_stripe_does_not_know_is_rejected() throws Exception {
        Response response = stripe.post(
                "/v1/payment_intents/" + refused("pm_card_chargeCustomerFail") + "/cancel",
                "cancellation_reason",
                "backup_card");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.error().get("param").getAsString()).isEqualTo("cancellation_reason");
    }

    private String refused(String card) throws Exception {
        return stripe.charge(customer, stripe.card(customer, card), "attempt-" + card)
                .error()
                .getAsJsonObject("payment_intent")
                .get("id")
                .getAsString();
    }

    private Response cancel(String id) throws Exception {
        return stripe.post("/v1/payment_intents/" + id + "/cancel");
    }

    private JsonObject intent(String id) throws Exception {
        return stripe.get("/v1/payment_intents/" + id).json();
    }
}
