package io.autorecharge.stripe;

import static io.autorecharge.stripe.FaultRig.ALICE;
import static io.autorecharge.stripe.FaultRig.POLICY;
import static io.autorecharge.stripe.FaultRig.VISA;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.AutoRecharge;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.CheckResult;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StripeClockTest {
    private final AtomicLong nanos = new AtomicLong();
    private final StripeClock clock = new StripeClock(nanos::get);

    private void answered(String date, long seconds) {
        long sent = clock.sent();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
        clock.answered(HttpHeaders.of(Map.of("Date", List.of(date)), (name, value) -> true), sent);
    }

    @Test
    void the_time_is_that_of_the_middle_of_the_last_request_and_goes_on_by_itself() {
        assertThat(clock.now()).isEmpty();

        answered("Mon, 02 Mar 2026 09:00:00 GMT", 4);

        assertThat(clock.now()).contains(Instant.parse("2026-03-02T09:00:02.5Z"));
        nanos.addAndGet(TimeUnit.HOURS.toNanos(3));
        assertThat(clock.now()).contains(Instant.parse("2026-03-02T12:00:02.5Z"));
    }

    @Test
    void an_answer_with_a_damaged_date_changes_nothing() {
        answered("Mon, 02 Mar 2026 09:00:00 GMT", 0);

        answered("yesterday", 0);
        clock.answered(HttpHeaders.of(Map.of(), (name, value) -> true), clock.sent());

        assertThat(clock.now()).contains(Instant.parse("2026-03-02T09:00:00.5Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "-PT1H", "PT24H", "-PT24H"})
    void a_node_whose_clock_differs_from_stripes_date_sends_no_charge(String dateAhead) {
        try (FaultRig rig = new FaultRig().withoutWebhooks().enabled(VISA);
                AutoRecharge node = rig.node(POLICY, rig.stripe.gateway)) {
            rig.stripe.simulator.dateHeaderAhead(Duration.parse(dateAhead));

            CheckResult.Held held = (CheckResult.Held) node.check(ALICE);

            assertThat(held.hold().reason()).isEqualTo(HoldReason.CLOCK_DIFFERS);
            assertThat(rig.captures()).isEmpty();
            assertThat(node.clock().ahead())
                    .isBetween(
                            Duration.parse(dateAhead).negated().minusSeconds(60),
                            Duration.parse(dateAhead).negated().plusSeconds(60));
        }
    }

    @Test
    void the_date_of_any_answer_counts_also_of_a_refusal() {
        try (FaultRig rig = new FaultRig().withoutWebhooks().enabled(VISA);
                AutoRecharge node = rig.node(POLICY, rig.stripe.gateway)) {
            rig.stripe.simulator.acceptKeys();
            node.check(ALICE);
            rig.stripe.simulator.dateHeaderAhead(Duration.ofDays(1));
            rig.clock.advance(Duration.ofMinutes(6));

            node.check(ALICE);

            assertThat(node.clock().charging()).isFalse();
        }
    }
}
