package io.autorecharge.stripe;

import static io.autorecharge.stripe.FaultRig.AFTER;
import static io.autorecharge.stripe.FaultRig.CANCEL;
import static io.autorecharge.stripe.FaultRig.VISA;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.autorecharge.event.EventType;
import io.autorecharge.store.RechargeState;
import io.autorecharge.stripe.RawServer.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 43 to 45 of docs/faults.md: an intent that failed can still be paid, until it is cancelled. */
class IntentFaultsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Line.Treatment DOWN = Line.instead(Answer.json(503, ""));

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
        rig.line.always(CANCEL, DOWN);
        rig.run();
        rig.delivered();
        rig.assertInDoubt();
        if (!webhook) {
            rig.deaf();
        }

        rig.stripe.post("/v1/payment_intents/" + intent() + "/cancel", Map.of());
        rig.delivered();
        if (!webhook) {
            rig.runAfter(HOUR);
        }

        assertThat(rig.last().recharge().state()).isEqualTo(RechargeState.FAILED);
        assertThat(rig.declines()).isEqualTo(1);
        assertThat(rig.told()).contains(EventType.RECHARGE_DECLINED);
        rig.runAfter(Duration.ofHours(7));
        assertThat(rig.keys()).hasSize(2).doesNotHaveDuplicates();
        rig.assertLastPaid();
        assertThat(rig.captures()).hasSize(1);
        assertThat(rig.balance()).isEqualTo(AFTER);
    }

    @Test
    void row_44_a_declined_intent_cannot_be_paid_any_more() {
        rig.run();
        assertThat(rig.last().recharge().state()).isEqualTo(RechargeState.FAILED);

        assertThat(payByHand().has("error")).isTrue();

        assertThat(rig.captures()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void row_44_a_declined_intent_that_could_not_be_cancelled_and_is_paid_by_its_customer_is_granted(boolean webhook)
            throws Exception {
        rig.line.always(CANCEL, DOWN);
        rig.run();
        rig.runAfter(Duration.ofMinutes(10));
        rig.delivered();
        rig.assertInDoubt();
        if (!webhook) {
            rig.deaf();
        }

        assertThat(payByHand().get("status").getAsString()).isEqualTo("succeeded");
        rig.delivered();
        if (!webhook) {
            rig.runAfter(HOUR);
        }

        assertThat(rig.keys()).hasSize(1);
        rig.assertPaidOnce();
    }

    @Test
    void row_45_a_cancellation_that_comes_too_late_is_followed_by_a_look_and_the_success_is_granted() {
        rig.deaf();
        rig.line.next(CANCEL, (request, stripe) -> {
            payByHand();
            Line.Passed refused = stripe.carryOut(request);
            assertThat(refused.body()).contains("payment_intent_unexpected_state");
            return refused.answer();
        });

        assertThat(rig.run().paid()).isEqualTo(1);

        assertThat(rig.line.requests("POST /v1/payment_intents/" + intent() + "/cancel"))
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

    /** The customer pays the failed intent with another card, or somebody does in the dashboard. */
    private JsonObject payByHand() {
        return rig.stripe.post(
                "/v1/payment_intents/" + intent() + "/confirm",
                Map.of("payment_method", rig.stripe.attach(rig.customer(), "pm_card_mastercard")));
    }
}
