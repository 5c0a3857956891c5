package io.autorecharge.stripe;

import static io.autorecharge.stripe.FaultRig.AFTER;
import static io.autorecharge.stripe.FaultRig.CANCEL;
import static io.autorecharge.stripe.FaultRig.VISA;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.autorecharge.event.EventType;
import io.autorecharge.store.RechargeState;
import io.autorecharge.stripe.RawServer.Response;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 43 to 45 of docs/faults.md: a failed intent can still be paid until it is cancelled. */
class IntentFaultsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final FaultProxy.Behavior DOWN = FaultProxy.instead(Response.json(503, ""));

    private final FaultRig rig = new FaultRig();

    @BeforeEach
    void the_next_charge_is_declined() {
        rig.enabled(VISA);
        rig.stripe.simulator.issuer().declineNext(rig.customer(), "insufficient_funds");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void row_43_an_intent_that_was_cancelled_in_the_dashboard_ends_its_attempt_as_not_charged(boolean webhook)
            throws Exception {
        rig.proxy.always(CANCEL, DOWN);
        rig.run();
        rig.awaitDeliveries();
        rig.assertInDoubt();
        if (!webhook) {
            rig.withoutWebhooks();
        }

        rig.stripe.post("/v1/payment_intents/" + intent() + "/cancel", Map.of());
        rig.awaitDeliveries();
        if (!webhook) {
            rig.runAfter(HOUR);
        }

        assertThat(rig.last().recharge().state()).isEqualTo(RechargeState.FAILED);
        assertThat(rig.declines()).isEqualTo(1);
        assertThat(rig.eventTypes()).contains(EventType.RECHARGE_DECLINED);
        rig.runAfter(Duration.ofHours(7));
        assertThat(rig.keys()).hasSize(2).doesNotHaveDuplicates();
        rig.assertLastPaid();
        assertThat(rig.captures()).hasSize(1);
        assertThat(rig.balance()).isEqualTo(AFTER);
    }

    @Test
    void row_44_a_declined_intent_can_no_longer_be_paid() {
        rig.run();
        assertThat(rig.last().recharge().state()).isEqualTo(RechargeState.FAILED);

        assertThat(payByHand().has("error")).isTrue();

        assertThat(rig.captures()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void row_44_a_declined_intent_that_could_not_be_cancelled_and_is_paid_by_its_customer_is_granted(boolean webhook)
            throws Exception {
        rig.proxy.always(CANCEL, DOWN);
        rig.run();
        rig.runAfter(Duration.ofMinutes(10));
        rig.awaitDeliveries();
        rig.assertInDoubt();
        if (!webhook) {
            rig.withoutWebhooks();
        }

        assertThat(payByHand().get("status").getAsString()).isEqualTo("succeeded");
        rig.awaitDeliveries();
        if (!webhook) {
            rig.runAfter(HOUR);
        }

        assertThat(rig.keys()).hasSize(1);
        rig.assertPaidOnce();
    }

    @Test
    void row_45_after_a_cancellation_that_came_too_late_the_success_is_fetched_and_granted() {
        rig.withoutWebhooks();
        rig.proxy.next(CANCEL, (request, stripe) -> {
            payByHand();
            FaultProxy.Passed refused = stripe.execute(request);
            assertThat(refused.body()).contains("payment_intent_unexpected_state");
            return refused.answer();
        });

        assertThat(rig.run().paid()).isEqualTo(1);

        assertThat(rig.proxy.requests("POST /v1/payment_intents/" + intent() + "/cancel"))
                .hasSize(1);
        assertThat(rig.keys()).hasSize(1);
        rig.assertPaidOnce();
    }

    private String intent() {
        return rig.stripe
                .get("/v1/payment_intents?customer=" + rig.customer())
                .getAsJsonArray("data")
                .get(0)
                .getAsJsonObject()
                .get("id")
                .getAsString();
    }

    /** Pays the failed intent with another card, as the customer, or a user of the dashboard, can. */
    private JsonObject payByHand() {
        return rig.stripe.post(
                "/v1/payment_intents/" + intent() + "/confirm",
                Map.of("payment_method", rig.stripe.attach(rig.customer(), "pm_card_mastercard")));
    }
}
