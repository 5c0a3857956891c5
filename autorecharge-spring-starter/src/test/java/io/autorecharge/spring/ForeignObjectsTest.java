package io.autorecharge.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autorecharge.AutoRecharge;
import io.autorecharge.account.Account;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.spring.web.AccountResolver;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.stripe.simulator.StripeSimulator;
import io.autorecharge.stripe.simulator.WebhookMode;
import io.autorecharge.stripe.simulator.WebhookSignature;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Genuine events about objects that carry the library's ids and do not belong to it: created by another application of the same Stripe
 * account, or by hand in the dashboard. An id in the metadata alone moves nothing.
 */
class ForeignObjectsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "whsec_foreign1";

    @Configuration(proxyBeanMethods = false)
    @Import(HostApp.class)
    static class App {
        /** Every login has an account of its own in each test. */
        @Bean
        AccountResolver accounts() {
            return principal -> AccountId.of(principal.getName() + run);
        }
    }

    private static volatile String run = "";
    private static StripeSimulator stripe;
    private static RunningApp app;

    private AccountId alice;
    private AccountId bob;

    @BeforeAll
    static void start() {
        stripe = StripeSimulator.start(SimulatorOptions.defaults());
        stripe.webhooks().mode(WebhookMode.LOSE);
        app = RunningApp.start(
                App.class,
                "autorecharge.stripe.secret-key=" + SimulatorOptions.SECRET_KEY,
                "autorecharge.stripe.webhook-secret=" + SECRET,
                "autorecharge.stripe.api-base=" + stripe.baseUrl(),
                "autorecharge.stripe.success-url=http://localhost/paid",
                "autorecharge.stripe.cancel-url=http://localhost/cancelled");
    }

    @AfterAll
    static void stop() {
        app.close();
        stripe.close();
    }

    @BeforeEach
    void freshAccounts() {
        run = "-" + UUID.randomUUID();
        alice = AccountId.of("alice" + run);
        bob = AccountId.of("bob" + run);
    }

    @Test
    void a_checkout_of_another_customer_grants_nothing_and_saves_no_card() throws Exception {
        String own = openCheckout("alice");
        openCheckout("bob");
        JsonNode foreign = session(customer(bob), checkoutOf(alice), alice.value(), "900");

        app.pays(foreign.get("url").textValue());
        report("checkout.session.completed", foreign.get("id").textValue());

        assertThat(app.bean(AutoRecharge.class).entries(alice, 10)).isEmpty();
        assertThat(account(alice).method()).isNull();
        assertThat(app.get("alice", Endpoints.SETTINGS).body()).startsWith("{\"enabled\":false");

        app.pays(JSON.readTree(own).get("url").textValue());
        report(
                "checkout.session.completed",
                JSON.readTree(own).get("session_id").textValue());
        assertThat(balance(alice)).isEqualTo(Credits.of(120));
    }

    @Test
    void a_checkout_of_another_amount_grants_nothing() throws Exception {
        openCheckout("alice");
        JsonNode foreign = session(customer(alice), checkoutOf(alice), alice.value(), "100");

        app.pays(foreign.get("url").textValue());
        report("checkout.session.completed", foreign.get("id").textValue());

        assertThat(balance(alice)).isEqualTo(Credits.ZERO);
    }

    @Test
    void a_checkout_that_names_one_account_and_the_checkout_of_another_grants_nothing() throws Exception {
        openCheckout("alice");
        openCheckout("bob");
        JsonNode foreign = session(customer(bob), checkoutOf(alice), bob.value(), "900");

        app.pays(foreign.get("url").textValue());
        report("checkout.session.completed", foreign.get("id").textValue());

        assertThat(balance(alice)).isEqualTo(Credits.ZERO);
        assertThat(balance(bob)).isEqualTo(Credits.ZERO);
    }

    @Test
    void a_checkout_for_an_unknown_account_is_answered_like_any_other() throws Exception {
        openCheckout("bob");
        JsonNode foreign = session(customer(bob), "nobodys-checkout", "nobody", "900");

        app.pays(foreign.get("url").textValue());
        report("checkout.session.completed", foreign.get("id").textValue());

        assertThat(balance(bob)).isEqualTo(Credits.ZERO);
    }

    @Test
    void a_charge_with_an_attempts_id_grants_nothing_if_customer_amount_currency_or_account_differ() throws Exception {
        String own = openCheckout("alice");
        app.pays(JSON.readTree(own).get("url").textValue());
        report(
                "checkout.session.completed",
                JSON.readTree(own).get("session_id").textValue());
        openCheckout("bob");
        app.bean(AutoRecharge.class).debit(io.autorecharge.credit.Debit.of(alice, Credits.of(115), "work", null));
        await("the recharge")
                .atMost(Duration.ofSeconds(20))
                .until(() -> balance(alice).equals(Credits.of(125)));
        String attempt = app.bean(JdbcTemplate.class)
                .queryForObject(
                        "select id from auto_recharge_attempts where account_id = ?", String.class, alice.value());
        String bobs = attach(customer(bob));
        String alices = attach(customer(alice));

        report("payment_intent.succeeded", charge(customer(bob), bobs, "900", "usd", alice.value(), attempt));
        report("payment_intent.succeeded", charge(customer(bob), bobs, "900", "usd", bob.value(), attempt));
        report("payment_intent.succeeded", charge(customer(alice), alices, "100", "usd", alice.value(), attempt));
        report("payment_intent.succeeded", charge(customer(alice), alices, "900", "eur", alice.value(), attempt));
        report("payment_intent.succeeded", charge(customer(alice), alices, "900", "usd", alice.value(), attempt));
        report("payment_intent.succeeded", charge(customer(alice), alices, "900", "usd", "nobody", attempt));

        assertThat(balance(alice)).isEqualTo(Credits.of(125));
        assertThat(balance(bob)).isEqualTo(Credits.ZERO);
    }

    @Test
    void a_refund_of_the_payment_of_another_account_removes_nothing() throws Exception {
        String own = openCheckout("alice");
        app.pays(JSON.readTree(own).get("url").textValue());
        report(
                "checkout.session.completed",
                JSON.readTree(own).get("session_id").textValue());
        openCheckout("bob");
        String foreign = charge(customer(bob), attach(customer(bob)), "900", "usd", alice.value(), "attempt-of-nobody");
        String refund =
                post("/v1/refunds", Map.of("payment_intent", foreign)).get("id").textValue();

        report("refund.created", refund, ",\"payment_intent\":\"" + foreign + "\"");

        assertThat(balance(alice)).isEqualTo(Credits.of(120));
        assertThat(app.get("alice", Endpoints.SETTINGS).body()).contains("\"state\":\"active\"");
    }

    private String openCheckout(String user) {
        var answer = app.post(user, Endpoints.CHECKOUT, "{\"credits\":100,\"enable_auto_recharge\":true}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** A checkout session as the library would create it, but created by another application. */
    private JsonNode session(String customer, String checkout, String account, String cents) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("mode", "payment");
        fields.put("customer", customer);
        fields.put("line_items[0][quantity]", "1");
        fields.put("line_items[0][price_data][currency]", "usd");
        fields.put("line_items[0][price_data][unit_amount]", cents);
        fields.put("line_items[0][price_data][product_data][name]", "100 credits");
        fields.put("success_url", "http://localhost/paid");
        fields.put("cancel_url", "http://localhost/cancelled");
        fields.put("expires_at", String.valueOf(Instant.now().plusSeconds(3_600).getEpochSecond()));
        fields.put("payment_intent_data[setup_future_usage]", "off_session");
        fields.put("payment_intent_data[description]", "100 credits");
        for (String where : List.of("metadata", "payment_intent_data[metadata]")) {
            fields.put(where + "[autorecharge_account]", account);
            fields.put(where + "[autorecharge_checkout]", checkout);
        }
        return post("/v1/checkout/sessions", fields);
    }

    private String charge(String customer, String method, String cents, String currency, String account, String attempt)
            throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("amount", cents);
        fields.put("currency", currency);
        fields.put("customer", customer);
        fields.put("payment_method", method);
        fields.put("confirm", "true");
        fields.put("off_session", "true");
        fields.put("automatic_payment_methods[enabled]", "true");
        fields.put("automatic_payment_methods[allow_redirects]", "never");
        fields.put("metadata[autorecharge_account]", account);
        fields.put("metadata[autorecharge_recharge]", "recharge-x");
        fields.put("metadata[autorecharge_attempt]", attempt);
        JsonNode intent = post("/v1/payment_intents", fields);
        assertThat(intent.path("status").textValue()).as(intent.toString()).isEqualTo("succeeded");
        return intent.get("id").textValue();
    }

    private String attach(String customer) throws IOException {
        return post("/v1/payment_methods/pm_card_visa/attach", Map.of("customer", customer))
                .get("id")
                .textValue();
    }

    private JsonNode post(String path, Map<String, String> fields) throws IOException {
        String form = fields.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var answer = app.send(HttpRequest.newBuilder(URI.create(stripe.baseUrl() + path))
                .header("Authorization", "Bearer " + SimulatorOptions.SECRET_KEY)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private void report(String type, String object) {
        report(type, object, "");
    }

    /** As Stripe would: with a valid signature, about an object that exists. */
    private void report(String type, String object, String more) {
        String body = "{\"id\":\"evt_" + object + "\",\"object\":\"event\",\"livemode\":false,\"type\":\"" + type
                + "\",\"data\":{\"object\":{\"id\":\"" + object + "\"" + more
                + ",\"metadata\":{\"autorecharge_account\":\"x\",\""
                + (type.startsWith("checkout") ? "autorecharge_checkout" : "autorecharge_attempt") + "\":\"x\"}}}}";
        var answer = app.send(app.as(null, Endpoints.WEBHOOK)
                .header("Content-Type", "application/json")
                .header("Stripe-Signature", WebhookSignature.header(List.of(SECRET), Instant.now(), body))
                .POST(BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"received\":true}");
    }

    private String checkoutOf(AccountId account) {
        return app.bean(JdbcTemplate.class)
                .queryForObject(
                        "select id from auto_recharge_checkouts where account_id = ?", String.class, account.value());
    }

    private String customer(AccountId account) {
        return account(account).customerId();
    }

    private Account account(AccountId account) {
        return app.bean(RechargeStore.class).find(account).orElseThrow();
    }

    private Credits balance(AccountId account) {
        return app.bean(AutoRecharge.class).balance(account);
    }
}
