package io.autorecharge.stripe;

import static io.autorecharge.stripe.FaultRig.CANCEL;
import static io.autorecharge.stripe.FaultRig.CHARGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.autorecharge.account.Suspension.Reason;
import io.autorecharge.credit.Money;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.RechargeState;
import io.autorecharge.stripe.FaultProxy.Behavior;
import io.autorecharge.stripe.RawServer.Response;
import io.autorecharge.stripe.simulator.WebhookMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 49 of docs/faults.md: a failure without a charge. Cancelling erases its reason, so it is stored before. */
class ReasonFaultsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String UPDATE = "POST /v1/payment_intents/*";
    private static final String FETCH = "GET /v1/payment_intents/*";
    private static final Behavior DOWN = FaultProxy.instead(Response.json(503, ""));

    private final FaultRig rig = new FaultRig();
    private final Instant start = rig.clock.instant();
    private String method = "";

    @BeforeEach
    void the_card_wants_an_authentication() {
        rig.enabled("pm_card_authenticationRequired");
        method = rig.stripe.attach(rig.customer(), "pm_card_authenticationRequired");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void row_49_whoever_reads_the_cancelled_intent_sees_that_the_customer_is_needed() {
        rig.withoutWebhooks();
        ChargeRequest request = request();

        Outcome outcome = rig.gateway.charge(request);

        assertThat(outcome).isEqualTo(demanded(newest("id")));
        assertThat(newest("status")).isEqualTo("canceled");
        assertThat(updates()).isEqualTo(1);
        assertThat(rig.gateway.lookUp(inDoubt(request))).isEqualTo(new LookUp.Found(outcome));
        assertThat(rig.gateway.charge(inDoubt(request))).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "stolen_card, HARD",
        "payment_intent_authentication_failure, METHOD_UNUSABLE",
        "insufficient_funds, SOFT"
    })
    void row_49_any_other_reason_without_a_charge_is_kept_as_well(String code, Kind kind) {
        rig.withoutWebhooks();
        rig.proxy.next(
                CHARGE, FaultProxy.answering(FaultProxy.replacing(quoted("authentication_required"), quoted(code))));
        ChargeRequest request = request();

        Outcome outcome = rig.gateway.charge(request);

        assertThat(outcome).isInstanceOf(Outcome.Declined.class);
        assertThat(((Outcome.Declined) outcome).code()).isEqualTo(code);
        assertThat(((Outcome.Declined) outcome).kind()).isEqualTo(kind);
        assertThat(rig.gateway.lookUp(inDoubt(request))).isEqualTo(new LookUp.Found(outcome));
    }

    private static String quoted(String code) {
        return "\"" + code + "\"";
    }

    @Test
    void row_49_an_intent_that_waits_for_its_customer_is_remembered_as_such() {
        rig.withoutWebhooks();
        rig.proxy.always(CHARGE, FaultProxy.asking(FaultProxy.replacing("&off_session=true", "")));
        ChargeRequest request = request();

        Outcome outcome = rig.gateway.charge(request);

        assertThat(outcome).isEqualTo(new Outcome.ActionRequired(newest("id"), "requires_action"));
        assertThat(rig.gateway.lookUp(inDoubt(request))).isEqualTo(new LookUp.Found(outcome));
        assertThat(rig.gateway.charge(inDoubt(request))).isEqualTo(outcome);
    }

    @Test
    void row_49_a_decline_with_a_charge_needs_no_further_request() {
        rig.withoutWebhooks();
        rig.card(FaultRig.VISA);
        rig.stripe.simulator.issuer().declineNext(rig.customer(), "lost_card");

        rig.run();

        assertThat(rig.suspensionReason()).isEqualTo(Reason.HARD_DECLINE);
        assertThat(updates()).isZero();
    }

    static Stream<Arguments> faults() {
        Map<String, Behavior> faults = Map.of(
                "lost before", FaultProxy.instead(Response.reset()),
                "lost after", FaultProxy.thoughExecuted(Response.reset()),
                "503 before", DOWN,
                "503 after", FaultProxy.thoughExecuted(Response.json(503, "")),
                "500", FaultProxy.instead(Response.json(500, Wire.error("api_error", ""))),
                "429", FaultProxy.instead(Response.json(429, Wire.error("invalid_request_error", ""))),
                "401", FaultProxy.instead(Response.json(401, Wire.error("invalid_request_error", ""))),
                "cut short", (request, stripe) -> stripe.execute(request).cutShort(),
                "another object", FaultProxy.thoughExecuted(Response.json(200, "{}")),
                "empty", FaultProxy.thoughExecuted(Response.json(200, "")));
        return Stream.of(UPDATE, CANCEL)
                .flatMap(step -> faults.entrySet().stream()
                        .flatMap(fault -> Stream.of(true, false)
                                .map(webhooks -> Arguments.of(step, fault.getKey(), fault.getValue(), webhooks))));
    }

    @ParameterizedTest(name = "{0}: {1}, webhooks {3}")
    @MethodSource("faults")
    void row_49_no_fault_between_the_answer_and_the_cancellation_loses_the_reason(
            String step, String what, Behavior fault, boolean webhooks) throws Exception {
        if (!webhooks) {
            rig.withoutWebhooks();
        }
        // Its event names the reason.
        rig.stripe.simulator.webhooks().lose("payment_intent.payment_failed");
        rig.stripe.simulator.webhooks().mode(WebhookMode.HOLD);
        rig.proxy.next(step, fault);
        rig.proxy.next(FETCH, DOWN);

        rig.run();

        rig.assertInDoubt();
        rig.proxy.passThrough();
        rig.stripe.simulator.webhooks().release();
        rig.awaitDeliveries();
        rig.runAfter(HOUR);

        assertDemanded();
    }

    @Test
    void row_49_the_event_of_the_cancellation_alone_tells_the_reason() throws Exception {
        rig.stripe.simulator.webhooks().lose("payment_intent.payment_failed");
        rig.proxy.next(CANCEL, FaultProxy.thoughExecuted(Response.reset()));
        rig.proxy.next(FETCH, DOWN);
        rig.stripe.simulator.webhooks().mode(WebhookMode.HOLD);
        rig.run();
        rig.assertInDoubt();

        rig.stripe.simulator.webhooks().release();
        rig.awaitDeliveries();

        assertDemanded();
    }

    @Test
    void row_49_an_outage_of_the_update_leaves_the_intent_open_and_the_attempt_in_doubt() {
        rig.withoutWebhooks();
        rig.proxy.always(UPDATE, DOWN);

        rig.run();
        rig.runAfter(HOUR);

        rig.assertInDoubt();
        assertThat(newest("status")).isEqualTo("requires_payment_method");
        assertThat(rig.proxy.requests("POST /v1/payment_intents/" + newest("id") + "/cancel"))
                .isEmpty();
        rig.proxy.passThrough();
        rig.runAfter(HOUR);
        assertDemanded();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404})
    void row_49_when_stripe_refuses_to_store_the_reason_the_intent_is_cancelled_all_the_same(int status) {
        rig.withoutWebhooks();
        rig.proxy.always(UPDATE, FaultProxy.instead(Response.json(status, Wire.error("invalid_request_error", ""))));

        rig.run();

        assertDemanded(newest("id"));
    }

    @Test
    void row_49_two_nodes_that_cancel_at_the_same_time_agree() {
        rig.withoutWebhooks();
        rig.proxy.next(UPDATE, (request, stripe) -> {
            assertThat(rig.gateway.lookUp(inDoubt(request()))).isEqualTo(new LookUp.Found(demanded(newest("id"))));
            return stripe.execute(request).answer();
        });

        Outcome outcome = rig.gateway.charge(request());

        assertThat(outcome).isEqualTo(demanded(newest("id")));
        assertThat(rig.gateway.lookUp(inDoubt(request()))).isEqualTo(new LookUp.Found(outcome));
    }

    @Test
    void row_49_an_intent_with_a_stored_reason_that_is_paid_by_its_customer_is_paid() {
        rig.withoutWebhooks();
        rig.proxy.next(CANCEL, DOWN);
        rig.run();
        rig.assertInDoubt();

        rig.stripe.post("/v1/payment_intents/" + newest("id") + "/confirm", another("pm_card_visa"));
        rig.runAfter(HOUR);

        rig.assertPaidOnce();
    }

    @Test
    void row_49_a_stored_reason_does_not_hide_that_of_a_later_charge() {
        rig.withoutWebhooks();
        rig.proxy.next(CANCEL, DOWN);
        ChargeRequest request = request();
        assertThat(rig.gateway.charge(request)).isInstanceOf(Outcome.Unknown.class);
        rig.stripe.post("/v1/payment_intents/" + newest("id") + "/confirm", another("pm_card_chargeCustomerFail"));
        rig.stripe.post("/v1/payment_intents/" + newest("id") + "/cancel", Map.of());

        assertThat(rig.gateway.lookUp(inDoubt(request)))
                .isEqualTo(new LookUp.Found(new Outcome.Declined(newest("id"), "generic_decline", Kind.SOFT)));
    }

    private Map<String, String> another(String card) {
        return Map.of("payment_method", rig.stripe.attach(rig.customer(), card), "off_session", "true");
    }

    private void assertDemanded() {
        assertDemanded(newest("id"));
        assertThat(rig.gateway.lookUp(inDoubt(requestOfTheAttempt())))
                .isEqualTo(new LookUp.Found(demanded(newest("id"))));
    }

    private void assertDemanded(String intent) {
        assertThat(rig.status(intent)).isEqualTo("canceled");
        assertThat(rig.last().recharge().state()).isNotEqualTo(RechargeState.PAID);
        assertThat(rig.last().attempt().state()).isEqualTo(AttemptState.ACTION_REQUIRED);
        assertThat(rig.last().attempt().detail()).isEqualTo("authentication_required");
        assertThat(rig.eventTypes()).containsOnlyOnce(EventType.AUTHENTICATION_REQUIRED);
        rig.runAfter(Duration.ofDays(7));
        assertThat(rig.keys()).hasSize(1);
        assertThat(rig.captures()).isEmpty();
    }

    private static Outcome demanded(String intent) {
        return new Outcome.ActionRequired(intent, "authentication_required");
    }

    private long updates() {
        return rig.stripe.simulator.history().requests().stream()
                .filter(it -> (it.method() + " " + it.path()).matches("POST /v1/payment_intents/[^/]+"))
                .count();
    }

    private String newest(String field) {
        return newest().get(field).getAsString();
    }

    private JsonObject newest() {
        return rig.stripe
                .get("/v1/payment_intents?customer=" + rig.customer())
                .getAsJsonArray("data")
                .get(0)
                .getAsJsonObject();
    }

    /** A request of no recharge of the library, with the card of the account. */
    private ChargeRequest request() {
        return request(new RechargeId("recharge-1"), new AttemptId("attempt-1"), false);
    }

    private ChargeRequest requestOfTheAttempt() {
        return request(rig.last().recharge().id(), rig.last().attempt().id(), true);
    }

    private ChargeRequest request(RechargeId recharge, AttemptId attempt, boolean inDoubt) {
        return new ChargeRequest(
                FaultRig.ALICE,
                recharge,
                attempt,
                rig.customer(),
                method,
                Money.of("9.00", "USD"),
                "Auto-recharge",
                start,
                inDoubt,
                null,
                rig.library.installation());
    }

    private static ChargeRequest inDoubt(ChargeRequest request) {
        return new ChargeRequest(
                request.account(),
                request.recharge(),
                request.attempt(),
                request.customerId(),
                request.paymentMethodId(),
                request.amount(),
                request.description(),
                request.firstSentAt(),
                true,
                request.terms(),
                request.installation());
    }
}
