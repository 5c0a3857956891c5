package io.autorecharge.spring;

import static io.autorecharge.spring.EndpointsTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autorecharge.AutoRecharge;
import io.autorecharge.account.Account;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.spring.web.AccountResolver;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.stripe.simulator.Capture;
import io.autorecharge.stripe.simulator.Delivery;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.stripe.simulator.StripeSimulator;
import io.autorecharge.stripe.simulator.WebhookEndpoint;
import io.autorecharge.stripe.simulator.WebhookMode;
import io.autorecharge.stripe.simulator.WebhookSignature;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** The flow from the first purchase to recharges and webhooks, on H2 and the simulator. */
class StripeFlowTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "whsec_flow";

    @Configuration(proxyBeanMethods = false)
    @Import(HostApp.class)
    static class App {
        /** Alice has an account of her own in each test. */
        @Bean
        AccountResolver accounts() {
            return principal -> alice;
        }
    }

    private static volatile AccountId alice = AccountId.of("alice");
    private static StripeSimulator stripe;
    private static RunningApp app;

    private int deliveredBefore;

    @BeforeAll
    static void start() {
        stripe = StripeSimulator.start(SimulatorOptions.defaults().withWebhookRetries());
        app = RunningApp.start(
                App.class,
                "autorecharge.stripe.secret-key=" + SimulatorOptions.SECRET_KEY,
                "autorecharge.stripe.webhook-secret=" + SECRET,
                "autorecharge.stripe.api-base=" + stripe.baseUrl(),
                "autorecharge.stripe.success-url=http://localhost/paid",
                "autorecharge.stripe.cancel-url=http://localhost/cancelled");
        stripe.webhooks().endpoints(WebhookEndpoint.of(app.url(Endpoints.WEBHOOK), SECRET));
    }

    @AfterAll
    static void stop() {
        app.close();
        stripe.close();
    }

    @BeforeEach
    void begin() {
        alice = AccountId.of("alice-" + UUID.randomUUID());
        deliveredBefore = stripe.webhooks().deliveries().size();
    }

    @AfterEach
    void repair() throws Exception {
        stripe.acceptKeys(SimulatorOptions.SECRET_KEY);
        stripe.webhooks().mode(WebhookMode.DELIVER);
        app.bean(JdbcTemplate.class).execute("alter table if exists credit_accounts_away rename to credit_accounts");
        assertThat(stripe.webhooks().awaitIdle(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void buys_spends_and_is_recharged() throws Exception {
        buy();

        JsonNode status = JSON.readTree(app.get("alice", Endpoints.SETTINGS).body());
        assertThat(status.get("enabled").booleanValue()).isTrue();
        assertThat(status.get("credits").intValue()).isEqualTo(100);
        assertThat(status.get("balance").decimalValue()).isEqualByComparingTo("120");
        assertThat(status.get("state").textValue()).isEqualTo("active");
        assertThat(status.get("payment_method").get("last4").textValue()).isEqualTo("4242");

        app.bean(AutoRecharge.class).debit(Debit.of(alice, Credits.of(115), "job-1", null));

        await("the recharge")
                .atMost(Duration.ofSeconds(20))
                .until(() -> balance().equals(Credits.of(125)));
        assertThat(stripe.webhooks().awaitIdle(Duration.ofSeconds(20))).isTrue();
        assertThat(captures()).hasSize(2);
        List<LedgerEntry> entries = app.bean(AutoRecharge.class).entries(alice, 10);
        assertThat(entries).hasSize(5);
        assertThat(entries.subList(0, 2))
                .allSatisfy(entry -> assertThat(entry.description()).startsWith("Auto-recharge"));
        assertThat(deliveries())
                .isNotEmpty()
                .allSatisfy(delivery -> assertThat(delivery.status()).isEqualTo(200));
    }

    @Test
    void a_dispute_removes_credits_and_bonus_and_suspends_and_winning_it_restores_them() throws Exception {
        buy();
        String dispute = stripe.disputes().open(captures().get(0).paymentIntentId());
        assertThat(stripe.webhooks().awaitIdle(Duration.ofSeconds(20))).isTrue();

        assertThat(balance()).isEqualTo(Credits.ZERO);
        JsonNode status = JSON.readTree(app.get("alice", Endpoints.SETTINGS).body());
        assertThat(status.get("state").textValue()).isEqualTo("suspended");
        assertThat(status.get("reason").textValue()).isEqualTo("disputed");

        stripe.disputes().win(dispute);
        assertThat(stripe.webhooks().awaitIdle(Duration.ofSeconds(20))).isTrue();
        assertThat(balance()).isEqualTo(Credits.of(120));
        assertThat(deliveries())
                .isNotEmpty()
                .allSatisfy(delivery -> assertThat(delivery.status()).isEqualTo(200));
    }

    @Test
    void there_is_no_recovery_checkout_if_no_recharge_waits() throws Exception {
        assertProblem(app.post("alice", Endpoints.RECOVERY, "{}"), 409, null);
        buy();

        assertProblem(app.post("alice", Endpoints.RECOVERY, "{}"), 409, null);
        assertProblem(app.post("alice", Endpoints.RECOVERY, "{\"attempt\":\"1\"}"), 400, "attempt");
        assertProblem(app.get("alice", Endpoints.RECOVERY), 405, null);
        assertProblem(
                app.send("POST", "alice", Endpoints.RECOVERY, "text/plain", BodyPublishers.ofString("{}")), 415, null);
        assertProblem(app.post(null, Endpoints.RECOVERY, "{}"), 401, null);
    }

    @Test
    void a_repeated_event_changes_nothing() throws Exception {
        stripe.webhooks().mode(WebhookMode.TWICE);
        buy();
        String event = lastPaidCheckout();
        for (int i = 0; i < 5; i++) {
            stripe.webhooks().resend(event);
        }

        assertThat(stripe.webhooks().awaitIdle(Duration.ofSeconds(20))).isTrue();
        assertThat(deliveries(event)).hasSize(7).allMatch(delivery -> delivery.status() == 200);
        assertThat(balance()).isEqualTo(Credits.of(120));
        assertThat(app.bean(JdbcTemplate.class)
                        .queryForObject("select count(*) from auto_recharge_webhook_events", Integer.class))
                .isPositive();
    }

    @Test
    void an_event_that_could_not_be_settled_is_delivered_again_and_then_settled() throws Exception {
        stripe.webhooks().mode(WebhookMode.HOLD);
        pay();
        JdbcTemplate jdbc = app.bean(JdbcTemplate.class);
        jdbc.execute("alter table credit_accounts rename to credit_accounts_away");
        stripe.webhooks().release();
        assertThat(stripe.webhooks().awaitIdle(Duration.ofSeconds(20))).isTrue();
        String event = lastPaidCheckout();
        assertThat(deliveries(event)).extracting(Delivery::status).containsExactly(503);

        jdbc.execute("alter table credit_accounts_away rename to credit_accounts");
        stripe.webhooks().resend(event);

        assertThat(stripe.webhooks().awaitIdle(Duration.ofSeconds(20))).isTrue();
        assertThat(deliveries(event)).extracting(Delivery::status).containsExactly(503, 200);
        assertThat(balance()).isEqualTo(Credits.of(120));
    }

    @Test
    void an_event_whose_object_cannot_be_fetched_is_delivered_again() throws Exception {
        stripe.webhooks().mode(WebhookMode.HOLD);
        pay();
        stripe.acceptKeys();
        stripe.webhooks().release();
        assertThat(stripe.webhooks().awaitIdle(Duration.ofSeconds(20))).isTrue();
        String event = lastPaidCheckout();
        assertThat(deliveries(event)).extracting(Delivery::status).containsExactly(503);
        assertThat(balance()).isEqualTo(Credits.ZERO);

        stripe.acceptKeys(SimulatorOptions.SECRET_KEY);
        stripe.webhooks().resend(event);

        assertThat(stripe.webhooks().awaitIdle(Duration.ofSeconds(20))).isTrue();
        assertThat(balance()).isEqualTo(Credits.of(120));
    }

    @Test
    void what_is_not_signed_by_stripe_is_refused() throws Exception {
        String body = "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"payment_intent.succeeded\"}";
        Instant now = Instant.now();

        assertProblem(hook(body, null), 400, "body");
        assertProblem(hook(body, ""), 400, "body");
        assertProblem(hook(body, "t=abc"), 400, "body");
        assertProblem(hook(body, "t,v1=x"), 400, "body");
        assertProblem(hook(body, WebhookSignature.header(List.of("whsec_other"), now, body)), 400, "body");
        assertProblem(hook(body + " ", WebhookSignature.header(List.of(SECRET), now, body)), 400, "body");
        assertProblem(hook(body, WebhookSignature.header(List.of(SECRET), now.minusSeconds(400), body)), 400, "body");
        assertProblem(hook(body, WebhookSignature.header(List.of(SECRET), now.plusSeconds(400), body)), 400, "body");
        for (String junk : new String[] {"", "null", "[]", "{", "{\"id\":1}", "nonsense", "\u0000"}) {
            assertProblem(hook(junk, WebhookSignature.header(List.of(SECRET), now, junk)), 400, "body");
        }
    }

    @Test
    void the_webhook_takes_posted_json_of_a_bounded_size_and_nothing_else() throws Exception {
        assertProblem(app.get(null, Endpoints.WEBHOOK), 405, null);
        assertProblem(
                app.send("POST", null, Endpoints.WEBHOOK, "text/plain", BodyPublishers.ofString("{}")), 415, null);
        assertProblem(
                app.send("POST", null, Endpoints.WEBHOOK, "multipart/form-data", BodyPublishers.ofString("{}")),
                415,
                null);
        assertProblem(hook("x".repeat(300_000), "t=1,v1=x"), 413, "body");
    }

    @Test
    void a_provider_that_refuses_the_key_gives_502_and_no_checkout() throws Exception {
        stripe.acceptKeys();

        HttpResponse<String> answer = app.post("alice", Endpoints.CHECKOUT, "{\"credits\":100}");

        assertProblem(answer, 502, null);
        assertThat(answer.body()).doesNotContain("sk_").doesNotContain("simulator");
    }

    @Test
    void a_database_that_fails_gives_503_without_its_internals() throws Exception {
        app.bean(JdbcTemplate.class).execute("alter table credit_accounts rename to credit_accounts_away");

        for (HttpResponse<String> answer : List.of(
                app.get("alice", Endpoints.SETTINGS),
                app.post("alice", Endpoints.SETTINGS, "{\"enabled\":true,\"credits\":100}"),
                app.post("alice", Endpoints.CHECKOUT, "{\"credits\":100}"))) {
            assertProblem(answer, 503, null);
            assertThat(answer.body())
                    .contains("The service is not available at the moment")
                    .doesNotContainIgnoringCase("credit_accounts");
        }
    }

    private void buy() throws Exception {
        pay();
        assertThat(stripe.webhooks().awaitIdle(Duration.ofSeconds(20))).isTrue();
        await("the credits")
                .atMost(Duration.ofSeconds(20))
                .until(() -> balance().equals(Credits.of(120)));
    }

    private void pay() throws Exception {
        app.buys("alice", 100);
    }

    private Credits balance() {
        return app.bean(AutoRecharge.class).balance(alice);
    }

    private String lastPaidCheckout() {
        List<String> events = stripe.webhooks().eventIds("checkout.session.completed");
        return events.get(events.size() - 1);
    }

    private List<Capture> captures() {
        Account account = app.bean(RechargeStore.class).find(alice).orElseThrow();
        return stripe.history().captures(account.customerId());
    }

    /** Since the test began. */
    private List<Delivery> deliveries() {
        List<Delivery> all = stripe.webhooks().deliveries();
        return all.subList(deliveredBefore, all.size());
    }

    private List<Delivery> deliveries(String event) {
        return deliveries().stream()
                .filter(delivery -> delivery.eventId().equals(event))
                .toList();
    }

    private HttpResponse<String> hook(String body, String signature) {
        HttpRequest.Builder request = app.as(null, Endpoints.WEBHOOK)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString(body));
        return app.send(signature == null ? request : request.header("Stripe-Signature", signature));
    }
}
