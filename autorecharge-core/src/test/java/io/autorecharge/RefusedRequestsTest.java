package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.Credits;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.report.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A request that the provider refuses for an unknown reason is sent a few times, and then stops with a reason. */
class RefusedRequestsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Rig rig = new Rig();

    @Test
    void a_request_that_is_always_refused_is_sent_nine_times_and_never_again() {
        rig.enabled(ALICE, "1");
        rig.gateway.refuseAll(Reason.REJECTED);

        hourly(Duration.ofDays(7));

        assertThat(rig.gateway.requests()).hasSize(9);
        assertThat(suspension()).isEqualTo(Suspension.Reason.REQUEST_REFUSED);
        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.SUSPENDED);
        assertThat(rig.events)
                .extracting(it -> it.type())
                .contains(EventType.PROVIDER_REFUSED, EventType.RECHARGE_ABANDONED, EventType.SUSPENDED);
    }

    @Test
    void the_user_who_saves_the_settings_allows_one_more_attempt_of_three_sends() {
        rig.enabled(ALICE, "1");
        rig.gateway.refuseAll(Reason.REJECTED);
        hourly(Duration.ofDays(4));

        rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), null);
        hourly(Duration.ofDays(4));

        assertThat(rig.gateway.requests()).hasSize(12);
        assertThat(suspension()).isEqualTo(Suspension.Reason.REQUEST_REFUSED);
    }

    @Test
    void busy_answers_count_as_no_refusal() {
        rig.enabled(ALICE, "1");
        for (int i = 0; i < 10; i++) {
            rig.gateway.refuseNext(Reason.BUSY);
        }
        rig.gateway.refuseNext(Reason.REJECTED);

        hourly(Duration.ofHours(12));

        assertThat(rig.gateway.captures(ALICE)).hasSize(1);
        assertThat(rig.gateway.requests()).hasSize(12);
    }

    private void hourly(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(HOUR)) {
            rig.check();
            rig.clock.advance(HOUR);
        }
    }

    private Suspension.Reason suspension() {
        return rig.store.find(ALICE).orElseThrow().state().suspension().reason();
    }
}
