package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.autorecharge.stripe.simulator.RawStripe.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Compares the field names of responses with those of recorded real responses: none is missing, none is invented. */
class RecordedFieldsTest {

    private static final Map<String, List<String>> RECORDED = recorded();

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
    void of_a_paid_intent_and_what_is_expanded_in_it() throws Exception {
        String method = stripe.card(customer, "pm_card_visa");
        String id = stripe.charge(customer, method, "key-1").text("id");

        JsonObject intent = stripe.get(
                        "/v1/payment_intents/" + id,
                        "expand[]",
                        "payment_method",
                        "expand[]",
                        "latest_charge",
                        "expand[]",
                        "customer")
                .json();

        assertFields("payment_intent", intent);
        assertFields("charge", intent.getAsJsonObject("latest_charge"));
        assertFields("charge.outcome", intent.getAsJsonObject("latest_charge").getAsJsonObject("outcome"));
        assertFields("payment_method", intent.getAsJsonObject("payment_method"));
        assertFields(
                "payment_method.card", intent.getAsJsonObject("payment_method").getAsJsonObject("card"));
        assertFields(
                "payment_method.billing_details",
                intent.getAsJsonObject("payment_method").getAsJsonObject("billing_details"));
        assertFields("customer", intent.getAsJsonObject("customer"));
    }

    @Test
    void of_a_card_error() throws Exception {
        Response response = stripe.charge(customer, stripe.card(customer, "pm_card_chargeCustomerFail"), "key-1");

        assertFields("card_error", response.error());
        JsonObject intent = response.error().getAsJsonObject("payment_intent");
        assertFields("payment_intent", intent);
        assertFields("last_payment_error", intent.getAsJsonObject("last_payment_error"));
        assertFields("payment_method", response.error().getAsJsonObject("payment_method"));
    }

    @Test
    void of_a_card_that_cannot_be_saved() throws Exception {
        Response response = stripe.post("/v1/payment_methods/pm_card_chargeDeclined/attach", "customer", customer);

        assertFields("attach_error", response.error());
    }

    @Test
    void of_a_zero_amount() throws Exception {
        Response response = stripe.post("/v1/payment_intents", "amount", "0", "currency", "usd");

        assertFields("invalid_request_error", response.error());
    }

    @Test
    void of_a_checkout_session() throws Exception {
        JsonObject session = stripe.post("/v1/checkout/sessions", CheckoutSessionTest.params(customer))
                .json();

        assertFields("checkout.session", session);
        assertFields("checkout.session.customer_details", session.getAsJsonObject("customer_details"));
        assertThat(session.get("payment_intent").isJsonNull()).isTrue();
        assertThat(session.get("id").getAsString()).startsWith("cs_test_");
    }

    @Test
    void of_a_setup() throws Exception {
        JsonObject session = stripe.post("/v1/checkout/sessions", SetupCheckoutTest.params(customer))
                .json();
        assertFields("checkout.session", session);
        String id = session.get("setup_intent").getAsString();
        assertFields("setup_intent", stripe.get("/v1/setup_intents/" + id).json());
        stripe.post(session.get("url").getAsString(), OpenCheckout.card("4242424242424242"));

        JsonObject done = stripe.get("/v1/setup_intents/" + id, "expand[]", "latest_attempt")
                .json();

        assertFields("setup_attempt", done.getAsJsonObject("latest_attempt"));
        JsonObject debit = stripe.post(
                        "/v1/payment_methods", "type", "sepa_debit", "sepa_debit[iban]", "DK5000400440116243")
                .json();
        assertFields("payment_method.sepa_debit", debit.getAsJsonObject("sepa_debit"));
    }

    @Test
    void of_a_list_a_refund_and_an_event() throws Exception {
        String id = stripe.charge(customer, stripe.card(customer, "pm_card_visa"), "key-1")
                .text("id");

        assertFields("refund", stripe.post("/v1/refunds", "payment_intent", id).json());
        JsonObject events = stripe.get("/v1/events").json();
        assertFields("list", events);
        assertFields("event", events.getAsJsonArray("data").get(0).getAsJsonObject());
    }

    private static void assertFields(String name, JsonObject json) {
        assertThat(json.keySet()).as(name).containsExactlyInAnyOrderElementsOf(RECORDED.get(name));
    }

    private static Map<String, List<String>> recorded() {
        Map<String, List<String>> recorded = new HashMap<>();
        try (InputStream in = RecordedFieldsTest.class.getResourceAsStream("recorded-fields.txt")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        int colon = line.indexOf(':');
                        recorded.put(
                                line.substring(0, colon),
                                List.of(line.substring(colon + 2).split(" ", -1)));
                    });
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return recorded;
    }
}
