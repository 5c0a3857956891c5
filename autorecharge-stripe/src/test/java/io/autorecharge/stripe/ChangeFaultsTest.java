package io.autorecharge.stripe;

import static io.autorecharge.stripe.FaultRig.AFTER;
import static io.autorecharge.stripe.FaultRig.ALICE;
import static io.autorecharge.stripe.FaultRig.CHARGE;
import static io.autorecharge.stripe.FaultRig.LIST;
import static io.autorecharge.stripe.FaultRig.POLICY;
import static io.autorecharge.stripe.FaultRig.VISA;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.report.RunReport;
import io.autorecharge.stripe.RawServer.Request;
import io.autorecharge.stripe.RawServer.Response;
import io.autorecharge.stripe.simulator.Fault;
import io.autorecharge.stripe.simulator.RecordedRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 27, 37, 38, 39 and 47 of docs/faults.md: time, settings, prices, parameters or clocks change while an attempt is open. */
class ChangeFaultsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Response LOST = Response.reset();
    private static final Response NOTHING = Response.json(200, Wire.EMPTY_LIST);

    private FaultRig rig = new FaultRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void row_27_an_open_attempt_is_never_sent_again_later_than_20_hours_after_its_first_send() {
        rig.withoutWebhooks().enabled(VISA);
        rig.proxy.always(CHARGE, FaultProxy.thoughExecuted(LOST));
        rig.proxy.always(LIST, FaultProxy.instead(NOTHING));
        rig.run();
        rig.runEvery(HOUR, Duration.ofHours(20));
        int sends = rig.keys().size();
        assertThat(sends).isGreaterThan(10);

        rig.runEvery(HOUR, Duration.ofHours(20));

        assertThat(rig.keys()).hasSize(sends);
        assertThat(rig.captures()).hasSize(1);
        rig.assertInDoubt();
        rig.proxy.passThrough();
        rig.runAfter(HOUR);
        assertThat(rig.keys()).hasSize(sends);
        rig.assertPaidOnce();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"HANG_BEFORE_EXECUTION", "HANG_AFTER_EXECUTION"})
    void row_37_a_user_who_switches_off_while_the_call_is_in_flight_gets_the_credits_and_no_further_charge(Fault fault)
            throws Exception {
        rig.withoutWebhooks().enabled(VISA);
        rig.stripe.simulator.faults().next(CHARGE, fault);
        CompletableFuture<RunReport> inFlight = rig.runInBackground();
        rig.awaitHanging(1);

        rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
        rig.stripe.simulator.faults().release();

        assertThat(inFlight.get().paid()).isEqualTo(1);
        rig.assertPaidOnce();
        assertThat(rig.library.settings(ALICE).enabled()).isFalse();
        rig.library.debit(Debit.of(ALICE, Credits.of(120), "spent", null));
        rig.runFor(Duration.ofDays(10));
        assertThat(rig.captures()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void row_38_a_new_price_does_not_change_a_repeated_request(boolean executed) {
        rig.withoutWebhooks().enabled(VISA);
        rig.proxy.next(CHARGE, executed ? FaultProxy.thoughExecuted(LOST) : FaultProxy.instead(LOST));
        rig.proxy.next(LIST, FaultProxy.instead(NOTHING));
        rig.run();
        rig.clock.advance(HOUR);

        try (AutoRecharge dearer = rig.node(FaultRig.policy("12.00"), rig.gateway)) {
            dearer.runOnce();
        }

        assertThat(rig.proxy.requests(CHARGE)).hasSize(2);
        assertThat(rig.proxy.requests(CHARGE).get(1).body())
                .isEqualTo(rig.proxy.requests(CHARGE).get(0).body());
        rig.assertPaidOnce();
        assertThat(rig.captures().get(0).amount()).isEqualTo(900);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void row_39_an_upgrade_that_sends_other_parameters_uses_no_new_key_and_the_list_shows_the_result(boolean executed) {
        rig.withoutWebhooks().enabled(VISA);
        rig.proxy.next(CHARGE, executed ? FaultProxy.thoughExecuted(LOST) : FaultProxy.instead(LOST));
        rig.proxy.next(LIST, FaultProxy.instead(NOTHING));
        rig.run();
        rig.clock.advance(HOUR);
        StripeGateway upgraded = new StripeGateway(
                rig.settings().statementDescriptorSuffix("CREDITS").build());

        rig.run(upgraded);

        assertThat(rig.proxy.requests(CHARGE))
                .extracting(Request::body)
                .hasSize(2)
                .doesNotHaveDuplicates();
        if (executed) {
            assertThat(rig.stripe.simulator.history().requests("POST", "/v1/payment_intents"))
                    .last()
                    .extracting(RecordedRequest::status)
                    .isEqualTo(400);
            rig.assertInDoubt();
            rig.clock.advance(HOUR);
            rig.run(upgraded);
        }
        rig.assertPaidOnce();
        assertThat(rig.keys()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-P2D", "-P1D", "-PT2H", "-PT5M", "PT5M", "PT2H", "P1D"})
    void row_47_a_capture_is_found_in_the_list_although_the_clocks_differ(String stripeAhead) {
        rig.close();
        rig = new FaultRig(Duration.parse(stripeAhead));
        rig.withoutWebhooks().enabled(VISA);
        rig.proxy.next(CHARGE, FaultProxy.thoughExecuted(LOST));
        rig.run();

        rig.runAfter(HOUR);

        assertThat(rig.keys()).as("found, not sent again").hasSize(1);
        rig.assertPaidOnce();
    }

    @Test
    void row_47_a_node_that_is_two_hours_behind_sends_again_only_while_the_key_is_remembered() {
        rig.withoutWebhooks().enabled(VISA);
        rig.proxy.always(CHARGE, FaultProxy.thoughExecuted(LOST));
        rig.proxy.always(LIST, FaultProxy.instead(NOTHING));
        rig.run();

        for (int hour = 0; hour < 40; hour++) {
            rig.clock.advance(HOUR);
            try (AutoRecharge behind = rig.node(POLICY, rig.gateway, Clock.offset(rig.clock, Duration.ofHours(-2)))) {
                behind.runOnce();
            }
        }

        assertThat(rig.keys().size()).isGreaterThan(10);
        assertThat(rig.captures()).hasSize(1);
        rig.proxy.passThrough();
        rig.runAfter(HOUR);
        rig.assertPaidOnce();
        assertThat(rig.balance()).isEqualTo(AFTER);
    }
}
