package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.Status;
import io.autorecharge.store.Pause;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stop for everything: nothing is charged on any node until it ends, and everything else goes on. */
class PauseTest {
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void nothing_is_charged_while_everything_is_stopped_and_the_held_accounts_are_charged_afterwards() {
        rig.enabled(ALICE, "1");
        try (AutoRecharge other = rig.engine()) {
            assertThat(other.pause("key leaked", "ops").underWay()).isZero();

            assertThat(rig.check()).isEqualTo(held());
            assertThat(other.check(ALICE)).isEqualTo(held());
            assertThat(rig.gateway.requests()).isEmpty();
            assertThat(rig.library.paused()).contains(new Pause("key leaked", "ops", rig.clock.instant()));
            assertThat(rig.account().state().dueAt()).isNull();

            assertThat(other.resume("ops")).isTrue();
            assertThat(other.resume("ops")).isFalse();
            assertThat(rig.account().state().dueAt()).isEqualTo(rig.clock.instant());
        }
        rig.library.runOnce();

        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(rig.balance()).isEqualTo(Credits.of(121));
    }

    @Test
    void status_and_preview_tell_of_the_stop() {
        rig.enabled(ALICE, "1");
        rig.library.pause("key leaked", "ops");

        assertThat(rig.library.preview(ALICE)).isEqualTo(Decision.Hold.because(HoldReason.PAUSED));
        Status status = rig.library.status(ALICE);
        assertThat(status.state()).isEqualTo(Status.State.ACTIVE);
        assertThat(status.reason()).isEqualTo("PAUSED");
        rig.library.resume("ops");
        assertThat(rig.library.status(ALICE).reason()).isNull();
    }

    @Test
    void a_charge_that_was_claimed_before_is_counted_looked_up_and_settled() {
        rig.enabled(ALICE, "1");
        rig.gateway.timeOutAfterCaptureNext();
        rig.check();

        assertThat(rig.library.pause("key leaked", "ops").underWay()).isEqualTo(1);
        rig.debit("1", "job-1");
        rig.clock.advance(Duration.ofSeconds(5));
        rig.check();

        assertThat(rig.balance()).isEqualTo(Credits.of(120));
        assertThat(rig.gateway.requests()).hasSize(1);
        assertThat(rig.library.pause("still", "ops").underWay()).isZero();
    }

    @Test
    void an_attempt_is_not_sent_again_while_everything_is_stopped() {
        rig.enabled(ALICE, "1");
        rig.gateway.timeOutBeforeCaptureNext();
        rig.check();
        rig.library.pause("key leaked", "ops");

        rig.clock.advance(Duration.ofSeconds(5));
        assertThat(rig.check())
                .isInstanceOfSatisfying(
                        CheckResult.Held.class,
                        it -> assertThat(it.hold().reason()).isEqualTo(HoldReason.PAUSED));
        rig.clock.advance(Duration.ofMinutes(5));
        rig.check();
        assertThat(rig.gateway.requests()).hasSize(1);

        rig.library.resume("ops");
        rig.clock.advance(Duration.ofMinutes(5));
        rig.check();
        assertThat(rig.gateway.requests()).hasSize(2);
        assertThat(rig.gateway.requests().get(1).attempt())
                .isEqualTo(rig.gateway.requests().get(0).attempt());
        assertThat(rig.balance()).isEqualTo(Credits.of(121));
    }

    @Test
    void a_request_that_was_clearly_refused_is_not_repeated_while_everything_is_stopped() {
        rig.enabled(ALICE, "1");
        rig.gateway.refuseNext(Outcome.NotSubmitted.Reason.BUSY);
        rig.check();
        rig.library.pause("key leaked", "ops");

        rig.clock.advance(Duration.ofSeconds(2));
        rig.check();
        assertThat(rig.gateway.requests()).hasSize(1);
        rig.clock.advance(Duration.ofHours(26));
        rig.check();

        assertThat(rig.gateway.requests()).hasSize(1);
        rig.library.resume("ops");
        rig.library.runOnce();
        assertThat(rig.gateway.captures()).hasSize(1);
    }

    @Test
    void a_stop_needs_a_reason_and_a_name() {
        assertThatThrownBy(() -> rig.library.pause(" ", "ops")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> rig.library.pause("leak", "a\nb")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> rig.library.resume("")).isInstanceOf(InvalidValueException.class);
        assertThat(rig.library.paused()).isEmpty();
    }

    private static CheckResult held() {
        return new CheckResult.Held(ALICE, Decision.Hold.because(HoldReason.PAUSED));
    }
}
