package io.autorecharge.stripe;

import static io.autorecharge.stripe.FaultRig.AFTER;
import static io.autorecharge.stripe.FaultRig.CHARGE;
import static io.autorecharge.stripe.FaultRig.LIST;
import static io.autorecharge.stripe.FaultRig.VISA;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.event.EventType;
import io.autorecharge.store.RechargeState;
import io.autorecharge.stripe.RawServer.Response;
import io.autorecharge.stripe.simulator.Fault;
import io.autorecharge.stripe.simulator.RecordedRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 9 to 14 of docs/faults.md: no connection, and missing, incomplete or foreign responses. There are no webhooks. */
class ConnectionFaultsTest {
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Response RESET = Response.reset();
    private static final Response CLOSED = new Response(new byte[0], Response.End.CLOSE);
    private static final String PAGE = "<html>Welcome to the hotel's network</html>";

    private final FaultRig rig = new FaultRig();

    @BeforeEach
    void enabled() {
        rig.withoutWebhooks().enabled(VISA);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @ParameterizedTest
    @EnumSource(NoConnection.class)
    void row_9_without_a_connection_the_attempt_is_in_doubt_and_the_same_key_is_sent_later(NoConnection kind)
            throws Exception {
        try (NoConnection.Place nowhere = kind.place()) {
            rig.run(new StripeGateway(SimulatedStripe.settings(nowhere.url())
                    .connectTimeout(SHORT)
                    .readTimeout(Duration.ofSeconds(20))
                    .build()));
        }
        rig.assertInDoubt();

        rig.runAfter(HOUR);

        assertThat(rig.keys()).hasSize(1);
        rig.assertPaidOnce();
    }

    @Test
    void row_10_a_read_timeout_after_the_capture_is_in_doubt_and_the_list_contains_the_capture() throws Exception {
        rig.stripe.simulator.faults().next(CHARGE, Fault.HANG_AFTER_EXECUTION);
        rig.run(rig.withReadTimeout(SHORT));
        rig.awaitHanging(1);
        rig.assertInDoubt();

        rig.runAfter(HOUR);

        assertThat(rig.keys()).hasSize(1);
        rig.assertPaidOnce();
    }

    @Test
    void row_10_a_read_timeout_of_a_running_request_sends_the_same_key_and_tolerates_409() throws Exception {
        rig.stripe.simulator.faults().next(CHARGE, Fault.HANG_BEFORE_EXECUTION);
        rig.run(rig.withReadTimeout(SHORT));
        rig.awaitHanging(1);
        rig.runAfter(HOUR);
        assertThat(rig.stripe.simulator.history().requests("POST", "/v1/payment_intents"))
                .last()
                .extracting(RecordedRequest::status)
                .isEqualTo(409);
        rig.assertInDoubt();

        rig.stripe.simulator.faults().release();
        rig.awaitCaptures(1);
        rig.runAfter(HOUR);

        rig.assertPaidOnce();
    }

    @Test
    void row_10_a_read_timeout_of_a_lost_request_is_in_doubt_and_the_same_key_is_sent_again() {
        rig.proxy.next(CHARGE, FaultProxy.instead(Response.silence()));
        rig.run(rig.withReadTimeout(SHORT));
        rig.assertInDoubt();

        rig.runAfter(HOUR);

        assertThat(rig.keys()).hasSize(2);
        rig.assertPaidOnce();
    }

    @Test
    void row_10_a_read_timeout_of_a_declined_request_uses_a_new_key_only_after_the_decline_was_found()
            throws Exception {
        rig.stripe.simulator.issuer().declineNext(rig.customer(), "insufficient_funds");
        rig.stripe.simulator.faults().next(CHARGE, Fault.HANG_AFTER_EXECUTION);
        rig.run(rig.withReadTimeout(SHORT));
        rig.awaitHanging(1);
        rig.assertInDoubt();
        String first = rig.attempt();
        rig.runAfter(HOUR);
        assertThat(rig.declines()).isEqualTo(1);
        assertThat(rig.status(rig.last().attempt().providerReference())).isEqualTo("canceled");

        rig.runAfter(Duration.ofHours(7));

        assertThat(rig.keys()).hasSize(2).startsWith(rig.key(first)).doesNotHaveDuplicates();
        rig.assertLastPaid();
        assertThat(rig.captures()).hasSize(1);
        assertThat(rig.balance()).isEqualTo(AFTER);
    }

    @ParameterizedTest
    @CsvSource({"reset, true", "reset, false", "closed, true", "closed, false"})
    void row_11_a_connection_that_breaks_after_the_request_is_in_doubt_and_the_request_is_sent_once(
            String how, boolean executed) {
        Response end = how.equals("reset") ? RESET : CLOSED;
        rig.proxy.next(CHARGE, executed ? FaultProxy.thoughExecuted(end) : FaultProxy.instead(end));
        rig.run();
        assertThat(rig.keys()).as("the transport repeats no request").hasSize(1);
        rig.assertInDoubt();

        rig.runAfter(HOUR);

        assertThat(rig.keys()).hasSize(executed ? 1 : 2);
        rig.assertPaidOnce();
    }

    @ParameterizedTest
    @CsvSource({
        "empty, false", "empty, true",
        "cut short, false", "cut short, true",
        "half but whole, false", "half but whole, true",
        "a proxy's page, false", "a proxy's page, true"
    })
    void row_12_an_unreadable_200_is_in_doubt_and_the_list_or_the_replay_shows_the_result(String body, boolean replay) {
        rig.proxy.next(CHARGE, unreadable(body));
        if (replay) {
            rig.proxy.next(LIST, FaultProxy.instead(Response.json(200, Wire.EMPTY_LIST)));
        }
        rig.run();
        assertThat(rig.captures()).hasSize(1);
        rig.assertInDoubt();

        rig.runAfter(HOUR);

        assertThat(rig.keys()).hasSize(replay ? 2 : 1);
        rig.assertPaidOnce();
    }

    private static FaultProxy.Behavior unreadable(String body) {
        return switch (body) {
            case "empty" -> FaultProxy.thoughExecuted(Response.json(200, ""));
            case "a proxy's page" -> FaultProxy.thoughExecuted(Response.html(200, PAGE));
            case "cut short" -> (request, stripe) -> stripe.execute(request).cutShort();
            default -> FaultProxy.answering(text -> text.substring(0, text.length() / 2));
        };
    }

    @Test
    void row_13_a_charge_behind_a_500_is_found_in_the_list() {
        rig.stripe.simulator.faults().next(CHARGE, Fault.SERVER_ERROR_AFTER_EXECUTION);
        rig.run();
        rig.assertInDoubt();

        rig.runAfter(HOUR);

        assertThat(rig.keys()).hasSize(1);
        rig.assertPaidOnce();
    }

    @Test
    void row_13_a_500_that_is_rolled_forward_hours_later_is_found_in_the_list_without_a_new_key() {
        Response stored = Response.json(500, Wire.error("api_error", ""));
        FaultProxy.Late late = new FaultProxy.Late(stored);
        rig.proxy.next(CHARGE, late);
        rig.proxy.always(CHARGE, FaultProxy.instead(stored));
        rig.run();
        rig.runEvery(HOUR, Duration.ofHours(16));
        rig.assertInDoubt();

        late.arrive();
        rig.runAfter(HOUR);

        rig.assertPaidOnce();
    }

    @Test
    void row_13_a_500_that_is_rolled_back_is_given_up_after_a_day_and_only_then_a_new_key_is_used() {
        rig.stripe.simulator.faults().next(CHARGE, Fault.SERVER_ERROR_BEFORE_EXECUTION);
        rig.run();
        String first = rig.attempt();
        rig.runEvery(HOUR, Duration.ofHours(24));
        assertThat(rig.keys()).hasSizeGreaterThan(1).containsOnly(rig.key(first));
        rig.assertInDoubt();

        rig.runEvery(HOUR, Duration.ofHours(24));

        assertThat(rig.eventTypes()).contains(EventType.RECHARGE_ABANDONED);
        assertThat(rig.library.recharges(FaultRig.ALICE, 10))
                .extracting(it -> it.recharge().state())
                .containsExactly(RechargeState.PAID, RechargeState.ABANDONED);
        assertThat(rig.attempt()).isNotEqualTo(first);
        rig.assertLastPaid();
        assertThat(rig.captures()).hasSize(1);
        assertThat(rig.balance()).isEqualTo(AFTER);
        rig.assertBlamed(false);
    }

    @ParameterizedTest
    @CsvSource({
        "502, true, true", "502, true, false", "502, false, true", "502, false, false",
        "503, true, true", "503, true, false", "503, false, true", "503, false, false",
        "504, true, true", "504, true, false", "504, false, true", "504, false, false"
    })
    void row_14_a_proxys_error_page_is_in_doubt_and_the_same_key_is_sent_or_found(
            int status, boolean page, boolean executed) {
        Response answer = page ? Response.html(status, PAGE) : Response.json(status, "");
        rig.proxy.next(CHARGE, executed ? FaultProxy.thoughExecuted(answer) : FaultProxy.instead(answer));
        rig.run();
        rig.assertInDoubt();

        rig.runAfter(HOUR);

        assertThat(rig.keys()).hasSize(executed ? 1 : 2);
        rig.assertPaidOnce();
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503})
    void row_14_an_outage_of_hours_keeps_the_attempt_and_its_key(int status) {
        rig.proxy.always(CHARGE, FaultProxy.instead(Response.html(status, PAGE)));
        rig.proxy.always(LIST, FaultProxy.instead(Response.html(status, PAGE)));
        rig.run();
        rig.runEvery(Duration.ofMinutes(10), Duration.ofHours(12));
        rig.assertInDoubt();

        rig.proxy.passThrough();
        rig.runAfter(HOUR);

        rig.assertPaidOnce();
    }
}
