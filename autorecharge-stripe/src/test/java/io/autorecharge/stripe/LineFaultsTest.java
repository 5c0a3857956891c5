package io.autorecharge.stripe;

import static io.autorecharge.stripe.FaultRig.AFTER;
import static io.autorecharge.stripe.FaultRig.CHARGE;
import static io.autorecharge.stripe.FaultRig.LIST;
import static io.autorecharge.stripe.FaultRig.VISA;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.event.EventType;
import io.autorecharge.store.RechargeState;
import io.autorecharge.stripe.RawServer.Answer;
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

/** Rows 9 to 14 of docs/faults.md: no connection, no answer, half an answer, somebody else's answer. No webhook helps. */
class LineFaultsTest {
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Answer RESET = Answer.reset();
    private static final Answer CLOSED = new Answer(new byte[0], Answer.End.CLOSE);
    private static final String PAGE = "<html>Welcome to the hotel's network</html>";

    private final FaultRig rig = new FaultRig();

    @BeforeEach
    void enabled() {
        rig.deaf().enabled(VISA);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @ParameterizedTest
    @EnumSource(NoConnection.class)
    void row_9_without_a_connection_it_is_in_doubt_and_the_same_key_is_sent_later(NoConnection kind) throws Exception {
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
    void row_10_a_read_timeout_after_the_capture_is_in_doubt_and_the_list_finds_it() throws Exception {
        rig.stripe.simulator.faults().next(CHARGE, Fault.HANG_AFTER_EXECUTION);
        rig.run(rig.patientFor(SHORT));
        rig.awaitHanging(1);
        rig.assertInDoubt();

        rig.runAfter(HOUR);

        assertThat(rig.keys()).hasSize(1);
        rig.assertPaidOnce();
    }

    @Test
    void row_10_a_read_timeout_while_it_is_still_running_sends_the_same_key_and_bears_409() throws Exception {
        rig.stripe.simulator.faults().next(CHARGE, Fault.HANG_BEFORE_EXECUTION);
        rig.run(rig.patientFor(SHORT));
        rig.awaitHanging(1);
        rig.runAfter(HOUR);
        assertThat(rig.stripe.simulator.books().requests("POST", "/v1/payment_intents"))
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
    void row_10_a_read_timeout_of_what_never_arrived_is_in_doubt_and_the_same_key_is_sent_again() {
        rig.line.next(CHARGE, Line.instead(Answer.silence()));
        rig.run(rig.patientFor(SHORT));
        rig.assertInDoubt();

        rig.runAfter(HOUR);

        assertThat(rig.keys()).hasSize(2);
        rig.assertPaidOnce();
    }

    @Test
    void row_10_a_read_timeout_of_what_was_declined_is_a_decline_and_only_then_a_new_key_is_taken() throws Exception {
        rig.stripe.simulator.issuer().declineNext(rig.customer(), "insufficient_funds");
        rig.stripe.simulator.faults().next(CHARGE, Fault.HANG_AFTER_EXECUTION);
        rig.run(rig.patientFor(SHORT));
        rig.awaitHanging(1);
        rig.assertInDoubt();
        String first = rig.attempt();
        rig.runAfter(HOUR);
        assertThat(rig.declines()).isEqualTo(1);
        assertThat(rig.status(rig.last().attempt().providerReference())).isEqualTo("canceled");

        rig.runAfter(Duration.ofHours(7));

        assertThat(rig.keys()).hasSize(2).startsWith(first).doesNotHaveDuplicates();
        rig.assertLastPaid();
        assertThat(rig.captures()).hasSize(1);
        assertThat(rig.balance()).isEqualTo(AFTER);
    }

    @ParameterizedTest
    @CsvSource({"reset, true", "reset, false", "closed, true", "closed, false"})
    void row_11_a_connection_that_breaks_after_the_request_is_in_doubt_and_the_request_was_sent_once(
            String how, boolean carriedOut) {
        Answer end = how.equals("reset") ? RESET : CLOSED;
        rig.line.next(CHARGE, carriedOut ? Line.thoughCarriedOut(end) : Line.instead(end));
        rig.run();
        assertThat(rig.keys()).as("the transport sends nothing again by itself").hasSize(1);
        rig.assertInDoubt();

        rig.runAfter(HOUR);

        assertThat(rig.keys()).hasSize(carriedOut ? 1 : 2);
        rig.assertPaidOnce();
    }

    @ParameterizedTest
    @CsvSource({
        "empty, false", "empty, true",
        "cut short, false", "cut short, true",
        "half but whole, false", "half but whole, true",
        "a proxy's page, false", "a proxy's page, true"
    })
    void row_12_a_200_that_cannot_be_read_is_in_doubt_and_the_list_or_the_replay_tells(String body, boolean replay) {
        rig.line.next(CHARGE, unreadable(body));
        if (replay) {
            rig.line.next(LIST, Line.instead(Answer.json(200, Wire.EMPTY_LIST)));
        }
        rig.run();
        assertThat(rig.captures()).hasSize(1);
        rig.assertInDoubt();

        rig.runAfter(HOUR);

        assertThat(rig.keys()).hasSize(replay ? 2 : 1);
        rig.assertPaidOnce();
    }

    private static Line.Treatment unreadable(String body) {
        return switch (body) {
            case "empty" -> Line.thoughCarriedOut(Answer.json(200, ""));
            case "a proxy's page" -> Line.thoughCarriedOut(Answer.html(200, PAGE));
            case "cut short" -> (request, stripe) -> stripe.carryOut(request).cutShort();
            default -> Line.answering(text -> text.substring(0, text.length() / 2));
        };
    }

    @Test
    void row_13_a_500_that_charged_is_found_by_the_list() {
        rig.stripe.simulator.faults().next(CHARGE, Fault.SERVER_ERROR_AFTER_EXECUTION);
        rig.run();
        rig.assertInDoubt();

        rig.runAfter(HOUR);

        assertThat(rig.keys()).hasSize(1);
        rig.assertPaidOnce();
    }

    @Test
    void row_13_a_500_that_is_rolled_forward_hours_later_is_found_by_the_list_and_no_new_key_was_taken() {
        Answer stored = Answer.json(500, Wire.error("api_error", ""));
        Line.Late late = new Line.Late(stored);
        rig.line.next(CHARGE, late);
        rig.line.always(CHARGE, Line.instead(stored));
        rig.run();
        rig.runEvery(HOUR, Duration.ofHours(16));
        rig.assertInDoubt();

        late.arrive();
        rig.runAfter(HOUR);

        rig.assertPaidOnce();
    }

    @Test
    void row_13_a_500_that_is_rolled_back_is_given_up_by_the_list_after_a_day_and_only_then_a_new_key_is_taken() {
        rig.stripe.simulator.faults().next(CHARGE, Fault.SERVER_ERROR_BEFORE_EXECUTION);
        rig.run();
        String first = rig.attempt();
        rig.runEvery(HOUR, Duration.ofHours(24));
        assertThat(rig.keys()).hasSizeGreaterThan(1).containsOnly(first);
        rig.assertInDoubt();

        rig.runEvery(HOUR, Duration.ofHours(24));

        assertThat(rig.told()).contains(EventType.RECHARGE_ABANDONED);
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
    void row_14_a_gateways_error_page_is_in_doubt_and_the_same_key_is_sent_or_found(
            int status, boolean page, boolean carriedOut) {
        Answer answer = page ? Answer.html(status, PAGE) : Answer.json(status, "");
        rig.line.next(CHARGE, carriedOut ? Line.thoughCarriedOut(answer) : Line.instead(answer));
        rig.run();
        rig.assertInDoubt();

        rig.runAfter(HOUR);

        assertThat(rig.keys()).hasSize(carriedOut ? 1 : 2);
        rig.assertPaidOnce();
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503})
    void row_14_an_outage_of_hours_keeps_the_attempt_and_its_key(int status) {
        rig.line.always(CHARGE, Line.instead(Answer.html(status, PAGE)));
        rig.line.always(LIST, Line.instead(Answer.html(status, PAGE)));
        rig.run();
        rig.runEvery(Duration.ofMinutes(10), Duration.ofHours(12));
        rig.assertInDoubt();

        rig.line.mend();
        rig.runAfter(HOUR);

        rig.assertPaidOnce();
    }
}
