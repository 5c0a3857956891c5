package io.autorecharge.stripe;

import static io.autorecharge.stripe.FaultRig.AFTER;
import static io.autorecharge.stripe.FaultRig.ALICE;
import static io.autorecharge.stripe.FaultRig.BEFORE;
import static io.autorecharge.stripe.FaultRig.CHARGE;
import static io.autorecharge.stripe.FaultRig.LIST;
import static io.autorecharge.stripe.FaultRig.VISA;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension.Reason;
import io.autorecharge.credit.Credits;
import io.autorecharge.event.EventType;
import io.autorecharge.report.Status;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.RechargeState;
import io.autorecharge.stripe.RawServer.Response;
import io.autorecharge.stripe.simulator.RecordedRequest;
import io.autorecharge.stripe.simulator.WebhookMode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 1 to 8 of docs/faults.md: clear responses of Stripe, followed to the end. */
class ResponseFaultsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Response LOST = Response.reset();

    private final FaultRig rig = new FaultRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void row_1_a_success_is_granted_once_under_the_id_of_the_charge_and_closes_the_attempt() {
        rig.enabled(VISA);

        assertThat(rig.run().paid()).isEqualTo(1);

        assertThat(rig.last().attempt().state()).isEqualTo(AttemptState.PAID);
        rig.assertPaidOnce();
        assertThat(rig.keys()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "\"amount_received\":900, \"amount_received\":90000, true",
        "\"amount_received\":900, \"amount_received\":1, true",
        "\"currency\":\"usd\", \"currency\":\"jpy\", true",
        "\"livemode\":false, \"livemode\":true, false",
        "\"customer\":\"cus_, \"customer\":\"cus_of_another_, false",
        "\"autorecharge_attempt\":\", \"autorecharge_attempt\":\"another-, false",
    })
    void row_1_a_success_that_differs_from_the_request_is_not_granted(String was, String is, boolean mismatch) {
        rig.withoutWebhooks().enabled(VISA);
        rig.proxy.next(CHARGE, FaultProxy.answering(FaultProxy.replacing(was, is)));

        rig.run();

        rig.assertInDoubt();
        assertThat(rig.eventTypes().contains(EventType.CAPTURE_MISMATCH)).isEqualTo(mismatch);
        rig.runAfter(HOUR);
        rig.assertPaidOnce();
    }

    @Test
    void row_2_a_replayed_success_is_granted_only_once() throws Exception {
        rig.enabled(VISA);
        rig.stripe.simulator.webhooks().mode(WebhookMode.HOLD);
        rig.proxy.next(CHARGE, FaultProxy.thoughExecuted(LOST));
        rig.proxy.next(LIST, FaultProxy.instead(Response.json(200, Wire.EMPTY_LIST)));
        rig.run();
        rig.assertInDoubt();

        rig.runAfter(HOUR);

        assertThat(rig.stripe.simulator.history().requests("POST", "/v1/payment_intents"))
                .hasSize(2)
                .last()
                .matches(RecordedRequest::replayed);
        rig.stripe.simulator.webhooks().release();
        rig.awaitDeliveries();
        rig.assertPaidOnce();
    }

    @Test
    void row_2_a_refund_made_before_the_replay_removes_the_credits() throws Exception {
        rig.enabled(VISA);
        rig.stripe.simulator.webhooks().mode(WebhookMode.HOLD);
        rig.proxy.next(CHARGE, FaultProxy.thoughExecuted(LOST));
        rig.proxy.next(LIST, FaultProxy.instead(Response.json(200, Wire.EMPTY_LIST)));
        rig.run();
        String intent = rig.captures().get(0).paymentIntentId();
        rig.stripe.post("/v1/refunds", Map.of("payment_intent", intent));
        rig.runAfter(HOUR);
        rig.assertLastPaid();

        rig.stripe.simulator.webhooks().releaseNewestFirst();
        rig.awaitDeliveries();
        rig.runEvery(HOUR, Duration.ofDays(2));

        assertThat(rig.balance()).isEqualTo(BEFORE);
        assertThat(rig.suspensionReason()).isEqualTo(Reason.REFUNDED);
        assertThat(rig.captures()).hasSize(1);
    }

    @Test
    void row_3_an_intent_that_requires_action_is_cancelled_and_the_customer_pays_its_recharge_once_at_checkout()
            throws Exception {
        rig.enabled("pm_card_authenticationRequired");
        rig.proxy.next(CHARGE, FaultProxy.asking(FaultProxy.replacing("&off_session=true", "")));

        rig.run();

        assertSuspendedAndPaidAtCheckout("requires_action");
    }

    @ParameterizedTest
    @ValueSource(strings = {"both", "decline_code", "code"})
    void row_4_authentication_required_in_either_code_is_not_retried_but_paid_once_at_checkout(String where)
            throws Exception {
        rig.enabled("pm_card_authenticationRequired");
        if (where.equals("decline_code")) {
            rig.proxy.next(
                    CHARGE,
                    FaultProxy.answering(FaultProxy.replacing(
                            "\"code\":\"authentication_required\"", "\"code\":\"card_declined\"")));
        } else if (where.equals("code")) {
            rig.proxy.next(
                    CHARGE,
                    FaultProxy.answering(FaultProxy.replacing(
                            "\"decline_code\":\"authentication_required\"", "\"decline_code\":null")));
        }

        rig.run();

        assertSuspendedAndPaidAtCheckout("authentication_required");
    }

    private void assertSuspendedAndPaidAtCheckout(String code) throws Exception {
        String intent = rig.last().attempt().providerReference();
        assertThat(rig.status(intent)).isEqualTo("canceled");
        assertThat(rig.last().attempt().state()).isEqualTo(AttemptState.ACTION_REQUIRED);
        assertThat(rig.last().attempt().detail()).isEqualTo(code);
        assertThat(rig.eventTypes()).contains(EventType.AUTHENTICATION_REQUIRED, EventType.SUSPENDED);
        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.NEEDS_AUTHENTICATION);
        rig.runFor(MONTH);
        assertThat(rig.keys()).hasSize(1);
        assertThat(rig.balance()).isEqualTo(BEFORE);

        rig.stripe.pay(rig.library.openRecovery(ALICE).orElseThrow().url(), "4000002760003184");
        rig.awaitDeliveries();
        rig.run();

        assertThat(rig.captures()).hasSize(1);
        assertThat(rig.last().recharge().state()).isEqualTo(RechargeState.PAID);
        assertThat(rig.balance()).isEqualTo(AFTER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"insufficient_funds", "processing_error", "try_again_later", "generic_decline"})
    void row_5_a_soft_decline_is_retried_later_with_a_new_key_after_its_intent_was_cancelled(String code) {
        rig.withoutWebhooks().enabled(VISA);
        rig.stripe.simulator.issuer().declineNext(rig.customer(), code);
        rig.run();
        String intent = rig.last().attempt().providerReference();
        assertThat(rig.status(intent)).isEqualTo("canceled");
        assertThat(rig.eventTypes()).contains(EventType.RECHARGE_DECLINED);
        rig.runAfter(Duration.ofHours(5));
        assertThat(rig.keys()).hasSize(1);

        rig.runAfter(Duration.ofHours(2));

        assertThat(rig.keys()).hasSize(2).doesNotHaveDuplicates();
        rig.assertLastPaid();
        assertThat(rig.captures()).hasSize(1);
        assertThat(rig.balance()).isEqualTo(AFTER);
        assertThat(rig.declines()).isZero();
    }

    @Test
    void row_5_the_third_soft_decline_is_the_last_however_often_the_job_runs() {
        rig.enabled(VISA);
        rig.stripe.simulator.issuer().declineAlways(rig.customer(), "insufficient_funds");

        rig.run();
        rig.runFor(MONTH);

        assertThat(rig.keys()).hasSize(3).doesNotHaveDuplicates();
        assertThat(rig.suspensionReason()).isEqualTo(Reason.REPEATED_DECLINES);
        assertThat(rig.eventTypes()).contains(EventType.SUSPENDED);
        assertThat(rig.captures()).isEmpty();
        assertThat(rig.balance()).isEqualTo(BEFORE);
    }

    @ParameterizedTest
    @CsvSource({
        "lost_card, , , declined",
        "stolen_card, , , declined",
        "pickup_card, , , pickup_card",
        "revocation_of_authorization, , , revocation_of_authorization",
        "generic_decline, do_not_try_again, , generic_decline",
        "fraudulent, do_not_try_again, , declined",
        "generic_decline, , 03, generic_decline",
        "generic_decline, , 21, generic_decline",
    })
    void row_6_a_hard_decline_suspends_immediately_and_does_not_mention_loss_or_theft_to_the_customer(
            String code, String advice, String networkAdvice, String shown) {
        // Only the response contains the advice, so no webhook may come first.
        rig.withoutWebhooks().enabled(VISA);
        if (advice == null) {
            rig.stripe.simulator.issuer().declineNext(rig.customer(), code);
        } else {
            rig.stripe.simulator.issuer().declineNext(rig.customer(), code, advice);
        }
        if (networkAdvice != null) {
            String field = "\"network_advice_code\":\"" + networkAdvice + "\",\"decline_code\"";
            rig.proxy.next(CHARGE, FaultProxy.answering(FaultProxy.replacing("\"decline_code\"", field)));
        }

        rig.run();
        rig.runFor(MONTH);

        assertThat(rig.keys()).hasSize(1);
        assertThat(rig.status(rig.last().attempt().providerReference())).isEqualTo("canceled");
        assertThat(rig.suspensionReason()).isEqualTo(Reason.HARD_DECLINE);
        assertThat(rig.eventTypes()).contains(EventType.RECHARGE_DECLINED, EventType.SUSPENDED);
        assertThat(rig.library.status(ALICE).reason()).isIn(shown, Reason.HARD_DECLINE.name());
        assertThat(rig.library.status(ALICE).toString()).doesNotContain("lost_card", "stolen_card", "fraudulent");

        rig.card("pm_card_mastercard");
        rig.run();

        rig.assertLastPaid();
        assertThat(rig.captures()).hasSize(1);
        assertThat(rig.balance()).isEqualTo(AFTER);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void row_7_a_charge_in_processing_for_days_blocks_others_until_a_webhook_or_a_check_ends_it(boolean webhook)
            throws Exception {
        rig.enabled("pm_usBankAccount_success");
        rig.run();
        rig.runFor(Duration.ofDays(6));
        assertThat(rig.keys()).hasSize(1);
        assertThat(rig.eventTypes()).contains(EventType.RECHARGE_PROCESSING);
        rig.assertInDoubt();
        if (!webhook) {
            rig.withoutWebhooks();
        }

        rig.stripe.simulator.bankDebits().succeed(rig.last().attempt().providerReference());
        rig.awaitDeliveries();
        if (!webhook) {
            rig.runAfter(Duration.ofHours(7));
        }

        rig.assertPaidOnce();
    }

    @Test
    void row_7_a_charge_that_fails_after_days_is_retried_with_a_new_key() throws Exception {
        rig.enabled("pm_usBankAccount_success");
        rig.run();
        String first = rig.attempt();
        rig.stripe.simulator.bankDebits().fail(rig.last().attempt().providerReference());
        rig.awaitDeliveries();
        assertThat(rig.last().recharge().state()).isEqualTo(RechargeState.FAILED);
        assertThat(rig.balance()).isEqualTo(BEFORE);

        rig.runAfter(Duration.ofHours(7));

        assertThat(rig.keys()).hasSize(2).startsWith(rig.key(first)).doesNotHaveDuplicates();
        assertThat(rig.captures()).isEmpty();
    }

    @Test
    void row_8_a_success_of_an_abandoned_attempt_is_granted_and_reported() throws Exception {
        rig.enabled(VISA);
        FaultProxy.Late late = new FaultProxy.Late(LOST);
        rig.proxy.next(CHARGE, late);
        rig.run();
        rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
        rig.runEvery(HOUR, Duration.ofHours(30));
        assertThat(rig.last().recharge().state()).isEqualTo(RechargeState.ABANDONED);
        assertThat(rig.eventTypes()).contains(EventType.RECHARGE_ABANDONED);

        late.arrive();
        rig.awaitDeliveries();

        rig.assertLastPaid();
        assertThat(rig.balance()).isEqualTo(AFTER);
        assertThat(rig.captures()).hasSize(1);
        assertThat(rig.eventTypes()).contains(EventType.CONTRARY_OUTCOME, EventType.RECHARGE_PAID);
    }
}
