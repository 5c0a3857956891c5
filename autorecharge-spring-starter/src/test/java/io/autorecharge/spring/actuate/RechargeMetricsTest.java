package io.autorecharge.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.testkit.InMemoryStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dashboards and alarms use these tags, which are derived from type names: renaming a type must not change them. */
class RechargeMetricsTest {
    private static final AccountId ALICE = AccountId.of("alice");

    @Test
    void every_outcome_has_the_tag_that_dashboards_use() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        RechargeMetrics metrics = new RechargeMetrics(new InMemoryStore(), Clock.systemUTC());
        metrics.bindTo(registry);

        List.of(
                        new Outcome.Paid("pi_1", Money.of("9.00", "USD")),
                        new Outcome.Processing("pi_1"),
                        new Outcome.ActionRequired("pi_1", "authentication_required"),
                        new Outcome.Declined("pi_1", "expired_card", Outcome.Declined.Kind.SOFT),
                        new Outcome.NotSubmitted(Outcome.NotSubmitted.Reason.BUSY, ""),
                        new Outcome.NotSubmitted(Outcome.NotSubmitted.Reason.CONFIGURATION, ""),
                        new Outcome.NotSubmitted(Outcome.NotSubmitted.Reason.REJECTED, ""),
                        new Outcome.Unknown("reset"))
                .forEach(outcome -> metrics.charged(ALICE, outcome, Duration.ofMillis(1)));

        assertThat(registry.get("autorecharge.charges").timers())
                .extracting(timer -> timer.getId().getTag("outcome"))
                .containsExactlyInAnyOrder(
                        "paid",
                        "processing",
                        "action_required",
                        "declined",
                        "not_submitted_busy",
                        "not_submitted_configuration",
                        "not_submitted_rejected",
                        "unknown");
    }
}
