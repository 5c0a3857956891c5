package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.ProviderClock;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.RunReport;
import io.autorecharge.store.AttemptState;
import io.autorecharge.testkit.ForwardingGateway;
import io.autorecharge.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rig's clock is the provider's; one node has a clock of its own. */
class ClockDifferenceTest {
    private final Rig rig = new Rig().enabled(ALICE, "12").alone();
    private final SettableClock own = new SettableClock();
    private final TimedGateway gateway = new TimedGateway();
    private final AutoRecharge node = node();

    @AfterEach
    void close() {
        node.close();
        rig.close();
    }

    private AutoRecharge node() {
        return AutoRecharge.builder(rig.policy, rig.store, gateway)
                .clock(own)
                .monotonicClock(rig.clock::nanos)
                .reversalCheck(Duration.ZERO)
                .afterCommit(task -> {})
                .build();
    }

    /** The rig's provider, which shows the rig's time when it is asked. */
    private final class TimedGateway extends ForwardingGateway implements ProviderClock {
        private int asked;
        private boolean silent;
        private @Nullable Instant shown;

        TimedGateway() {
            super(rig.gateway);
        }

        @Override
        public Optional<Instant> providerTime() {
            return Optional.ofNullable(shown);
        }

        @Override
        public Optional<Instant> askProviderTime() {
            asked++;
            shown = silent ? shown : rig.clock.instant();
            return silent ? Optional.empty() : providerTime();
        }
    }

    private void low() {
        rig.debit("5", "use-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT11M", "PT24H", "-PT11M", "-PT24H"})
    void a_node_whose_clock_is_too_far_off_sends_nothing_and_says_why(String ahead) {
        low();
        own.advance(Duration.parse(ahead));

        CheckResult result = node.check(ALICE);

        assertThat(((CheckResult.Held) result).hold().reason()).isEqualTo(HoldReason.CLOCK_DIFFERS);
        assertThat(rig.gateway.requests()).isEmpty();
        assertThat(rig.library.recharges(ALICE, 10)).isEmpty();
        assertThat(node.status(ALICE).reason()).isEqualTo("CLOCK_DIFFERS");
        assertThat(node.preview(ALICE)).isEqualTo(Decision.Hold.because(HoldReason.CLOCK_DIFFERS));
        assertThat(node.clock().charging()).isFalse();
        assertThat(node.clock().ahead()).isEqualTo(Duration.parse(ahead));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT9M", "-PT9M"})
    void a_smaller_difference_is_tolerated(String ahead) {
        low();
        own.advance(Duration.parse(ahead));

        assertThat(node.check(ALICE)).isInstanceOf(CheckResult.Charged.class);
        assertThat(node.clock().charging()).isTrue();
        assertThat(rig.gateway.captures()).hasSize(1);
    }

    @Test
    void a_run_of_such_a_node_takes_no_account_and_reports_a_failure() {
        low();
        own.advance(Duration.ofDays(1));

        RunReport report = node.runOnce();
        node.tick();

        assertThat(report.failed()).isEqualTo(1);
        assertThat(rig.store.countDue(rig.clock.instant(), 10))
                .as("left to the others")
                .isEqualTo(1);
    }

    @Test
    void a_debit_on_a_node_that_is_a_day_ahead_reaches_the_others_at_once() {
        own.advance(Duration.ofDays(1));
        node.debit(Debit.of(ALICE, Credits.of(5), "use-1", null));
        assertThat(rig.store.countDue(rig.clock.instant(), 10))
                .as("due by the wrong clock")
                .isZero();

        node.check(ALICE);

        assertThat(rig.store.countDue(rig.clock.instant(), 10)).isEqualTo(1);
    }

    /** Two captures and one grant: the node takes a charge that is on its way for one that never was. */
    @Test
    void a_node_that_is_two_days_ahead_does_not_give_up_what_another_node_has_just_sent() {
        low();
        rig.gateway.timeOutBeforeCaptureNext();
        rig.library.check(ALICE);
        own.advance(Duration.ofDays(2));

        node.check(ALICE);

        assertThat(rig.lastRecharge().attempt().state()).isEqualTo(AttemptState.OPEN);
        assertThat(rig.gateway.requests()).hasSize(1);
    }

    @Test
    void a_key_whose_first_send_lies_in_the_future_is_not_sent_again() {
        low();
        own.advance(Duration.ofDays(1));
        rig.gateway.timeOutBeforeCaptureNext();
        try (AutoRecharge ahead = AutoRecharge.builder(rig.policy, rig.store, rig.gateway)
                .clock(own)
                .afterCommit(task -> {})
                .build()) {
            ahead.check(ALICE);
        }
        rig.store.inTransaction(ALICE, tx -> {
            tx.save(tx.openRecharge().orElseThrow().attempt().lookingUp(rig.clock.instant()));
            return tx;
        });

        rig.check();

        assertThat(rig.gateway.requests()).hasSize(1);
        assertThat(rig.lastRecharge().attempt().state()).isEqualTo(AttemptState.OPEN);
    }

    @Test
    void a_decline_that_a_node_behind_settles_is_not_retried_sooner() {
        low();
        rig.gateway.timeOutBeforeCaptureNext();
        rig.library.check(ALICE);
        own.advance(Duration.ofDays(-1));

        rig.settle(
                node,
                ALICE,
                rig.lastAttempt(),
                new Outcome.Declined("pi_1", "insufficient_funds", Outcome.Declined.Kind.SOFT));

        assertThat(rig.account().state().retryAt())
                .isEqualTo(rig.clock.instant().plus(Duration.ofHours(6)));
    }

    @Test
    void it_asks_again_before_it_refuses_and_charges_as_soon_as_its_clock_is_set() {
        low();
        own.advance(Duration.ofDays(1));
        node.check(ALICE);
        node.check(ALICE);
        assertThat(gateway.asked).as("at most once a minute").isEqualTo(1);

        own.advance(Duration.ofDays(-1));

        assertThat(node.check(ALICE)).isInstanceOf(CheckResult.Charged.class);
        assertThat(gateway.asked).isEqualTo(1);
    }

    @Test
    void one_answer_with_a_wrong_time_stops_nothing() {
        low();
        gateway.shown = rig.clock.instant().minus(Duration.ofDays(1));

        assertThat(node.check(ALICE)).isInstanceOf(CheckResult.Charged.class);
        assertThat(gateway.asked).isEqualTo(1);
    }

    @Test
    void a_provider_that_does_not_show_its_time_is_asked_once_a_minute() {
        low();
        gateway.silent = true;

        assertThat(node.check(ALICE)).isInstanceOf(CheckResult.Charged.class);
        node.check(ALICE);
        assertThat(gateway.asked).isEqualTo(1);
        assertThat(node.clock().ahead()).isNull();
        rig.clock.advance(Duration.ofMinutes(1));
        node.check(ALICE);
        assertThat(gateway.asked).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT59S", "PT30M1S"})
    void a_tolerance_that_keys_do_not_outlive_is_refused(String tolerance) {
        AutoRechargeBuilder builder = AutoRecharge.builder(rig.policy, rig.store, gateway);

        assertThatThrownBy(() -> builder.clockTolerance(Duration.parse(tolerance)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("clockTolerance");
    }
}
