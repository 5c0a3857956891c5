package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.autorecharge.stripe.simulator.RawStripe.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checkout sessions in setup mode that are invalid, refused, or fail on the way. */
class SetupCheckoutFailuresTest {

    @RegisterExtension
    final RawStripeExtension simulated = new RawStripeExtension();

    private RawStripe stripe;
    private StripeSimulator simulator;
    private String customer;

    @BeforeEach
    void a_customer() throws Exception {
        stripe = simulated.stripe;
        simulator = simulated.simulator;
        customer = stripe.customer();
    }

    @ParameterizedTest
    @CsvSource({
        "4000000000000002,card_declined,Your card was declined.",
        "4000000000009995,card_declined,Your card has insufficient funds.",
        "4000000000000069,expired_card,Your card has expired."
    })
    void a_card_that_cannot_be_saved_is_explained_and_another_one_may_follow(String number, String code, String message)
            throws Exception {
        JsonObject session = open("usd");
        String url = session.get("url").getAsString();

        Response refused = stripe.post(url, OpenCheckout.card(number));

        assertThat(refused.body()).contains("role=\"alert\"").contains(message);
        JsonObject failed = setupIntent(session);
        assertThat(failed.get("status").getAsString()).isEqualTo("requires_payment_method");
        assertThat(failed.get("payment_method").isJsonNull()).isTrue();
        assertThat(failed.getAsJsonObject("last_setup_error").get("code").getAsString())
                .isEqualTo(code);
        assertThat(events("setup_intent.setup_failed")).isEqualTo(1);
        assertThat(session(session).get("status").getAsString()).isEqualTo("open");

        assertThat(stripe.post(url, OpenCheckout.card("4242424242424242")).status())
                .isEqualTo(303);
        assertThat(attempts(session)).hasSize(2);
    }

    @Test
    void a_failed_authentication_leaves_the_session_open() throws Exception {
        JsonObject session = open("usd");
        simulator.pay(URI.create(session.get("url").getAsString()), TestCard.AUTHENTICATE_ON_SETUP);

        simulator.authenticate(session.get("setup_intent").getAsString(), false);

        assertThat(session(session).get("status").getAsString()).isEqualTo("open");
        assertThat(setupIntent(session)
                        .getAsJsonObject("last_setup_error")
                        .get("code")
                        .getAsString())
                .isEqualTo("setup_intent_authentication_failure");
        assertThat(stripe.get("/v1/payment_methods", "customer", customer)
                        .json()
                        .getAsJsonArray("data"))
                .isEmpty();
    }

    @Test
    void a_method_that_is_detached_after_it_was_saved_is_without_a_customer_although_the_setup_succeeded()
            throws Exception {
        JsonObject session = open("usd");
        simulator.pay(URI.create(session.get("url").getAsString()), TestCard.VISA);
        stripe.post("/v1/payment_methods/" + methodOf(session) + "/detach");

        assertThat(setupIntent(session).get("status").getAsString()).isEqualTo("succeeded");
        assertThat(charge(methodOf(session)).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "currency,'',currency",
        "currency,xyz,currency",
        "line_items[0][quantity],1,line_items",
        "payment_intent_data[setup_future_usage],off_session,payment_intent_data",
        "saved_payment_method_options[payment_method_save],enabled,saved_payment_method_options",
        "setup_intent_data[usage],off_session,setup_intent_data[usage]",
        "payment_method_types[0],card,payment_method_types",
        "customer,cus_none,customer"
    })
    void rejects_an_invalid_session_and_names_the_parameter(String name, String value, String param) throws Exception {
        Response response = stripe.post("/v1/checkout/sessions", SetupCheckoutTest.params(customer, name, value));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.error().get("param").getAsString()).isEqualTo(param);
        assertThat(stripe.get("/v1/setup_intents").json().getAsJsonArray("data"))
                .isEmpty();
    }

    @Test
    void requires_a_currency_and_knows_no_setup_data_in_payment_mode() throws Exception {
        Response missing = stripe.post(
                "/v1/checkout/sessions", "mode", "setup", "customer", customer, "success_url", "https://shop.example");
        assertThat(missing.error().get("code").getAsString()).isEqualTo("parameter_missing");
        assertThat(missing.error().get("param").getAsString()).isEqualTo("currency");

        List<String> payment = new ArrayList<>(List.of(CheckoutSessionTest.params(customer)));
        payment.addAll(List.of("setup_intent_data[metadata][a]", "1"));
        assertThat(stripe.post("/v1/checkout/sessions", payment.toArray(new String[0]))
                        .error()
                        .get("param")
                        .getAsString())
                .isEqualTo("setup_intent_data");
    }

    @Test
    void the_intent_of_a_session_ends_only_with_the_session() throws Exception {
        JsonObject session = open("usd");
        String intent = session.get("setup_intent").getAsString();

        assertThat(stripe.post("/v1/setup_intents/" + intent + "/cancel").status())
                .isEqualTo(400);
        assertThat(stripe.post(
                                "/v1/setup_intents/" + intent + "/confirm",
                                "payment_method",
                                "pm_card_visa",
                                "return_url",
                                "https://shop.example")
                        .status())
                .isEqualTo(400);
        assertThat(stripe.post("/v1/checkout/sessions/" + session.get("id").getAsString() + "/expire")
                        .text("status"))
                .isEqualTo("expired");
        assertThat(stripe.post(session.get("url").getAsString(), OpenCheckout.card("4242424242424242"))
                        .body())
                .contains("This checkout has expired");
    }

    private JsonObject open(String currency, String... more) throws Exception {
        List<String> all = new ArrayList<>(List.of("currency", currency));
        all.addAll(List.of(more));
        return stripe.post("/v1/checkout/sessions", SetupCheckoutTest.params(customer, all.toArray(new String[0])))
                .json();
    }

    private JsonObject session(JsonObject session) throws Exception {
        return stripe.get("/v1/checkout/sessions/" + session.get("id").getAsString())
                .json();
    }

    private JsonObject setupIntent(JsonObject session) throws Exception {
        return stripe.get("/v1/setup_intents/" + session.get("setup_intent").getAsString())
                .json();
    }

    private JsonArray attempts(JsonObject session) throws Exception {
        return stripe.get(
                        "/v1/setup_attempts",
                        "setup_intent",
                        session.get("setup_intent").getAsString())
                .json()
                .getAsJsonArray("data");
    }

    private String methodOf(JsonObject session) throws Exception {
        return setupIntent(session).get("payment_method").getAsString();
    }

    private Response charge(String method) throws Exception {
        return stripe.charge(customer, method, "attempt-" + method);
    }

    private int events(String type) {
        return simulator.webhooks().eventIds(type).size();
    }
}
