package io.autorecharge.stripe;

import static io.autorecharge.stripe.FaultRig.AFTER;
import static io.autorecharge.stripe.FaultRig.ALICE;
import static io.autorecharge.stripe.FaultRig.BEFORE;
import static io.autorecharge.stripe.FaultRig.CHARGE;
import static io.autorecharge.stripe.FaultRig.VISA;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.report.RunReport;
import io.autorecharge.store.RechargeState;
import io.autorecharge.stripe.RawServer.Response;
import io.autorecharge.stripe.simulator.Fault;
import io.autorecharge.stripe.simulator.WebhookMode;
import io.autorecharge.stripe.simulator.WebhookSignature;
import io.autorecharge.testkit.Race;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 28 to 33 of docs/faults.md: webhooks of Stripe, or of another sender. */
class WebhookFaultsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String SUCCEEDED = "payment_intent.succeeded";

    private final FaultRig rig = new FaultRig();
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void enabled() {
        rig.enabled(VISA);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void row_28_a_webhook_before_the_response_grants_and_the_response_changes_nothing() throws Exception {
        rig.stripe.simulator.faults().next(CHARGE, Fault.HANG_AFTER_EXECUTION);
        CompletableFuture<RunReport> waiting = rig.runInBackground();
        rig.awaitHanging(1);
        rig.awaitDeliveries();
        assertThat(waiting).isNotDone();
        assertThat(rig.balance()).isEqualTo(AFTER);

        rig.stripe.simulator.faults().release();

        assertThat(waiting.get().paid()).isEqualTo(1);
        rig.assertPaidOnce();
        assertThat(rig.eventTypes().stream().filter(EventType.RECHARGE_PAID::equals))
                .hasSize(1);
    }

    @Test
    void an_own_charge_that_is_reported_as_incomplete_is_cancelled_before_its_failure_is_settled() throws Exception {
        rig.card("pm_card_chargeCustomerFail");
        rig.stripe.simulator.faults().next(CHARGE, Fault.HANG_AFTER_EXECUTION);
        CompletableFuture<RunReport> waiting = rig.runInBackground();
        rig.awaitHanging(1);
        rig.awaitDeliveries();
        assertThat(waiting).isNotDone();

        assertThat(rig.last().recharge().state()).isEqualTo(RechargeState.FAILED);
        assertThat(rig.status(rig.last().attempt().providerReference())).isEqualTo("canceled");
        rig.stripe.simulator.faults().release();
        waiting.get();
        assertThat(rig.captures()).isEmpty();
    }

    @Test
    void row_29_the_next_run_finds_the_charge_when_every_webhook_was_lost_for_days() {
        rig.withoutWebhooks();
        rig.proxy.next(CHARGE, FaultProxy.thoughExecuted(Response.reset()));
        rig.run();

        rig.runAfter(Duration.ofDays(4));

        assertThat(rig.keys()).hasSize(1);
        rig.assertPaidOnce();
    }

    @Test
    void row_30_a_success_reported_concurrently_and_by_two_events_is_granted_once() throws Exception {
        rig.stripe.simulator.webhooks().mode(WebhookMode.TWICE);
        rig.proxy.next(CHARGE, FaultProxy.thoughExecuted(Response.reset()));
        rig.run();
        rig.awaitDeliveries();
        String event = event(SUCCEEDED);
        String other = event.replaceFirst("\"id\": ?\"evt_[^\"]*\"", "\"id\":\"evt_another\"");
        assertThat(other).isNotEqualTo(event);

        List<Integer> answers;
        try (Race race = new Race()) {
            answers = race.run(16, i -> deliver(i % 2 == 0 ? event : other));
        }

        assertThat(answers).containsOnly(200);

        rig.assertPaidOnce();
        assertThat(rig.eventTypes()).doesNotContain(EventType.CAPTURE_MISMATCH, EventType.CONTRARY_OUTCOME);
        assertThat(rig.eventTypes().stream().filter(EventType.RECHARGE_PAID::equals))
                .hasSize(1);
    }

    @Test
    void row_31_a_refund_reported_before_its_payment_is_applied_when_the_payment_is_granted() throws Exception {
        rig.stripe.simulator.webhooks().mode(WebhookMode.HOLD);
        rig.proxy.next(CHARGE, FaultProxy.thoughExecuted(Response.reset()));
        rig.run();
        rig.stripe.post(
                "/v1/refunds", Map.of("payment_intent", rig.captures().get(0).paymentIntentId()));

        String refunded =
                rig.stripe.simulator.webhooks().eventIds("charge.refunded").get(0);
        rig.stripe.simulator.webhooks().resend(refunded);
        rig.awaitDeliveries();
        assertThat(rig.webhookResults())
                .last()
                .isInstanceOfSatisfying(
                        WebhookResult.Reported.class,
                        it -> assertThat(it.report()).isInstanceOf(ProviderReport.Reversal.class));
        assertThat(rig.balance())
                .as("credits that were not granted are not removed")
                .isEqualTo(BEFORE);

        rig.stripe.simulator.webhooks().release();
        rig.awaitDeliveries();
        rig.runEvery(HOUR, Duration.ofDays(2));

        rig.assertLastPaid();
        assertThat(rig.balance()).isEqualTo(BEFORE);
        assertThat(rig.suspensionReason()).isEqualTo(Suspension.Reason.REFUNDED);
        assertThat(rig.captures()).hasSize(1);
    }

    @Test
    void row_31_a_failure_reported_after_the_success_removes_nothing() throws Exception {
        rig.run();
        rig.awaitDeliveries();
        String failed = event(SUCCEEDED)
                .replace(SUCCEEDED, "payment_intent.payment_failed")
                .replaceFirst("\"status\": ?\"succeeded\"", "\"status\":\"requires_payment_method\"");

        assertThat(deliver(failed)).isEqualTo(200);

        rig.assertPaidOnce();
        assertThat(rig.eventTypes()).doesNotContain(EventType.CONTRARY_OUTCOME, EventType.RECHARGE_DECLINED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"forged", "other body", "old", "other mode", "other account"})
    void row_32_a_forged_old_or_foreign_event_changes_nothing_and_fetches_nothing(String how) throws Exception {
        rig.stripe.simulator.webhooks().mode(WebhookMode.HOLD);
        rig.proxy.next(CHARGE, FaultProxy.thoughExecuted(Response.reset()));
        rig.run();
        String event = event(SUCCEEDED);
        int asked = rig.stripe.simulator.history().requests().size();

        int status = switch (how) {
            case "forged" -> deliver(event, signature("whsec_other", rig.clock.instant(), event));
            case "other body" ->
                deliver(event, signature(SimulatedStripe.WEBHOOK_SECRET, rig.clock.instant(), event + " "));
            case "old" ->
                deliver(
                        event,
                        signature(
                                SimulatedStripe.WEBHOOK_SECRET,
                                rig.clock.instant().minusSeconds(301),
                                event));
            case "other mode" -> deliver(event.replaceAll("\"livemode\": ?false", "\"livemode\":true"));
            default ->
                deliver(event.replaceFirst(
                        "\"object\": ?\"event\"", "\"object\":\"event\",\"account\":\"acct_other\""));
        };

        assertThat(status).isEqualTo(how.equals("other account") ? 200 : 400);
        assertThat(rig.stripe.simulator.history().requests()).hasSize(asked);
        rig.assertInDoubt();
        assertThat(deliver(event)).as("the genuine event").isEqualTo(200);
        rig.assertPaidOnce();
    }

    @ParameterizedTest
    @CsvSource({"amount, 90000", "amount, 100", "currency, eur"})
    void row_33_an_intent_with_our_metadata_and_another_price_is_not_granted_but_reported(
            String parameter, String value) throws Exception {
        rig.proxy.next(CHARGE, FaultProxy.instead(Response.reset()));
        rig.run();

        payOurAttemptWith(Map.of(parameter, value), rig.customer());

        rig.assertInDoubt();
        assertThat(rig.eventTypes()).contains(EventType.CAPTURE_MISMATCH);
        rig.runEvery(HOUR, Duration.ofDays(2));
        assertThat(rig.balance()).isEqualTo(BEFORE);
        assertThat(rig.keys()).hasSize(1);
    }

    @Test
    void row_33_an_intent_with_our_metadata_and_another_customer_is_not_granted_but_reported() throws Exception {
        rig.proxy.next(CHARGE, FaultProxy.instead(Response.reset()));
        rig.run();

        payOurAttemptWith(Map.of(), rig.stripe.customer());

        rig.assertInDoubt();
        assertThat(rig.eventTypes()).contains(EventType.CAPTURE_MISMATCH);
        rig.runAfter(HOUR);
        rig.assertLastPaid();
        assertThat(rig.stripe.simulator.history().captures(rig.customer())).hasSize(1);
        assertThat(rig.library.entries(ALICE, 10))
                .extracting(LedgerEntry::balanceAfter)
                .startsWith(AFTER);
    }

    private void payOurAttemptWith(Map<String, String> difference, String customer) throws InterruptedException {
        Map<String, String> form = new HashMap<>(Map.of(
                "amount",
                "900",
                "currency",
                "usd",
                "customer",
                customer,
                "payment_method",
                rig.stripe.attach(customer, VISA),
                "confirm",
                "true",
                "automatic_payment_methods[enabled]",
                "true",
                "automatic_payment_methods[allow_redirects]",
                "never",
                "metadata[" + Metadata.ACCOUNT + "]",
                ALICE.value(),
                "metadata[" + Metadata.RECHARGE + "]",
                rig.last().recharge().id().value()));
        form.put("metadata[" + Metadata.ATTEMPT + "]", rig.attempt());
        form.put(
                "metadata[" + Metadata.INSTALLATION + "]",
                rig.library.installation().value());
        form.putAll(difference);
        assertThat(rig.stripe.post("/v1/payment_intents", form).get("status").getAsString())
                .isEqualTo("succeeded");
        rig.awaitDeliveries();
    }

    private String event(String type) {
        List<String> ids = rig.stripe.simulator.webhooks().eventIds(type);
        JsonObject event = rig.stripe.get("/v1/events/" + ids.get(0));
        return event.toString();
    }

    private int deliver(String body) {
        return deliver(body, signature(SimulatedStripe.WEBHOOK_SECRET, rig.clock.instant(), body));
    }

    private static String signature(String secret, Instant at, String body) {
        return WebhookSignature.header(List.of(secret), at, body);
    }

    private int deliver(String body, String signature) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create(rig.endpointUrl()))
                                    .header("Content-Type", "application/json")
                                    .header("Stripe-Signature", signature)
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
