package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.autorecharge.stripe.simulator.RawStripe.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checkout sessions in setup mode: a payment method is saved, and nothing is charged. */
class SetupCheckoutTest {

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

    static String[] params(String customer, String... more) {
        List<String> params = new ArrayList<>(List.of(
                "mode", "setup",
                "customer", customer,
                "currency", "usd",
                "setup_intent_data[metadata][account]", "alice",
                "metadata[account]", "alice",
                "success_url", "https://shop.example/cards?session={CHECKOUT_SESSION_ID}",
                "cancel_url", "https://shop.example/cards"));
        for (int i = 0; i < more.length; i += 2) {
            int at = params.indexOf(more[i]);
            if (at >= 0) {
                params.set(at + 1, more[i + 1]);
            } else {
                params.addAll(List.of(more[i], more[i + 1]));
            }
        }
        return params.toArray(new String[0]);
    }

    @Test
    void the_setup_intent_exists_from_the_beginning_and_the_session_has_no_amount() throws Exception {
        JsonObject session = open("usd");

        assertThat(session.get("mode").getAsString()).isEqualTo("setup");
        assertThat(session.get("status").getAsString()).isEqualTo("open");
        assertThat(session.get("payment_status").getAsString()).isEqualTo("no_payment_required");
        assertThat(session.get("amount_total").isJsonNull()).isTrue();
        assertThat(session.get("payment_intent").isJsonNull()).isTrue();
        JsonObject setup = setupIntent(session);
        assertThat(setup.get("status").getAsString()).isEqualTo("requires_payment_method");
        assertThat(setup.get("usage").getAsString()).isEqualTo("off_session");
        assertThat(setup.get("customer").getAsString()).isEqualTo(customer);
        assertThat(setup.getAsJsonObject("metadata").get("account").getAsString())
                .isEqualTo("alice");
        assertThat(events("setup_intent.created")).isEqualTo(1);
    }

    @Test
    void a_card_is_saved_without_a_charge_and_can_be_charged_later() throws Exception {
        JsonObject session = open("usd");

        Response saved = stripe.post(session.get("url").getAsString(), OpenCheckout.card("4242424242424242"));

        assertThat(saved.status()).isEqualTo(303);
        assertThat(saved.header("Location"))
                .isEqualTo("https://shop.example/cards?session="
                        + session.get("id").getAsString());
        JsonObject done = stripe.get(
                        "/v1/checkout/sessions/" + session.get("id").getAsString(),
                        "expand[]",
                        "setup_intent.payment_method")
                .json();
        assertThat(done.get("status").getAsString()).isEqualTo("complete");
        assertThat(done.get("payment_status").getAsString()).isEqualTo("no_payment_required");
        JsonObject setup = done.getAsJsonObject("setup_intent");
        assertThat(setup.get("status").getAsString()).isEqualTo("succeeded");
        JsonObject method = setup.getAsJsonObject("payment_method");
        assertThat(method.get("customer").getAsString()).isEqualTo(customer);
        assertThat(method.getAsJsonObject("card").get("exp_year").getAsInt()).isEqualTo(2039);
        assertThat(simulator.history().captures()).isEmpty();
        for (String type : List.of("payment_method.attached", "setup_intent.succeeded", "checkout.session.completed")) {
            assertThat(events(type)).as(type).isEqualTo(1);
        }

        assertThat(stripe.charge(customer, method.get("id").getAsString(), "attempt-1")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void the_page_says_what_is_saved_and_shows_no_price() throws Exception {
        String page = stripe.get(open("usd").get("url").getAsString()).body();

        assertThat(page)
                .contains("Save a payment method", "Save card", "Nothing is charged now", "save-bank", "save-link")
                .doesNotContain("USD", "id=\"pay\"", "save-ideal", "<script");
    }

    @Test
    void the_notice_of_stripe_is_hidden_if_the_shop_shows_its_own() throws Exception {
        JsonObject session = open(
                "usd",
                "consent_collection[payment_method_reuse_agreement][position]",
                "hidden",
                "consent_collection[terms_of_service]",
                "required",
                "custom_text[submit][message]",
                "Agreement of <May>");
        String url = session.get("url").getAsString();

        assertThat(stripe.get(url).body())
                .contains("Agreement of &lt;May&gt;", "id=\"terms\"")
                .doesNotContain("Nothing is charged now");
        assertThat(stripe.post(url, OpenCheckout.card("4242424242424242")).body())
                .contains("agree to the terms");
        assertThat(simulator.pay(URI.create(url), TestCard.VISA)).isTrue();
        JsonObject done = session(session);
        assertThat(done.getAsJsonObject("consent").get("terms_of_service").getAsString())
                .isEqualTo("accepted");
        assertThat(done.getAsJsonObject("consent_collection")
                        .getAsJsonObject("payment_method_reuse_agreement")
                        .get("position")
                        .getAsString())
                .isEqualTo("hidden");
    }

    @Test
    void the_card_that_declines_later_is_saved_here() throws Exception {
        assertThat(charge(saved(TestCard.DECLINE_AFTER_ATTACHING)).status()).isEqualTo(402);
    }

    @Test
    void a_card_is_authenticated_when_it_is_saved_and_pays_later() throws Exception {
        JsonObject session = open("usd");
        URI url = URI.create(session.get("url").getAsString());

        assertThat(simulator.pay(url, TestCard.AUTHENTICATE_ON_SETUP)).isFalse();
        JsonObject waiting = setupIntent(session);
        assertThat(waiting.get("status").getAsString()).isEqualTo("requires_action");
        String page = waiting.getAsJsonObject("next_action")
                .getAsJsonObject("redirect_to_url")
                .get("url")
                .getAsString();
        assertThat(stripe.get(page).body()).contains("payment method is saved");
        assertThat(stripe.post(page, "result", "complete").header("Location")).startsWith("https://shop.example/cards");

        assertThat(charge(methodOf(session)).status()).isEqualTo(200);
    }

    @Test
    void a_card_that_always_wants_authentication_is_saved_and_fails_off_session() throws Exception {
        JsonObject session = open("usd");
        simulator.pay(URI.create(session.get("url").getAsString()), TestCard.AUTHENTICATE_ALWAYS);
        simulator.authenticate(session.get("setup_intent").getAsString(), true);

        assertThat(session(session).get("status").getAsString()).isEqualTo("complete");
        assertThat(charge(methodOf(session)).error().get("code").getAsString()).isEqualTo("authentication_required");
    }

    @Test
    void link_has_no_fingerprint_and_no_expiry_and_can_be_charged() throws Exception {
        JsonObject session = open("usd");
        assertThat(simulator.pay(URI.create(session.get("url").getAsString()), "link"))
                .isTrue();

        String method = methodOf(session);
        JsonObject json = stripe.get("/v1/payment_methods/" + method).json();
        assertThat(json.get("type").getAsString()).isEqualTo("link");
        assertThat(json.getAsJsonObject("link").keySet()).containsExactly("email");
        assertThat(charge(method).status()).isEqualTo(200);
    }

    @Test
    void a_guest_becomes_a_customer_when_the_shop_asks_for_it() throws Exception {
        List<String> params = new ArrayList<>(List.of(params("", "customer_creation", "always")));
        int at = params.indexOf("customer");
        params.remove(at);
        params.remove(at);
        JsonObject session = stripe.post("/v1/checkout/sessions", params.toArray(new String[0]))
                .json();

        simulator.pay(URI.create(session.get("url").getAsString()), TestCard.VISA);

        String created = session(session).get("customer").getAsString();
        assertThat(setupIntent(session).get("customer").getAsString()).isEqualTo(created);
        assertThat(stripe.get("/v1/payment_methods/" + methodOf(session)).text("customer"))
                .isEqualTo(created);
    }

    private JsonObject open(String currency, String... more) throws Exception {
        List<String> all = new ArrayList<>(List.of("currency", currency));
        all.addAll(List.of(more));
        return stripe.post("/v1/checkout/sessions", params(customer, all.toArray(new String[0])))
                .json();
    }

    private String saved(TestCard card) throws Exception {
        JsonObject session = open("usd");
        assertThat(simulator.pay(URI.create(session.get("url").getAsString()), card))
                .isTrue();
        return methodOf(session);
    }

    private JsonObject session(JsonObject session) throws Exception {
        return stripe.get("/v1/checkout/sessions/" + session.get("id").getAsString())
                .json();
    }

    private JsonObject setupIntent(JsonObject session) throws Exception {
        return stripe.get("/v1/setup_intents/" + session.get("setup_intent").getAsString())
                .json();
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
