package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.credit.Refusal;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.policy.Limits;
import io.autorecharge.policy.VelocityAlarm;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An account that recharges suspiciously often: each breach is reported once and never holds the account back. */
class VelocityTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final VelocityAlarm THREE_AN_HOUR = new VelocityAlarm(3, HOUR);

    @Test
    void a_breach_is_reported_once_however_long_it_lasts_and_the_next_one_again() {
        try (Rig rig = rig(THREE_AN_HOUR)) {
            recharge(rig, 3, Duration.ofMinutes(10));
            assertThat(alarms(rig)).isEmpty();

            recharge(rig, 20, Duration.ofMinutes(10));
            assertThat(alarms(rig)).hasSize(1);
            assertThat(alarms(rig).get(0).reason()).isEqualTo("more than 3 within PT1H");

            rig.clock.advance(HOUR);
            recharge(rig, 4, Duration.ofMinutes(10));
            assertThat(alarms(rig)).hasSize(2);
            assertThat(rig.gateway.captures()).as("nothing is held back").hasSize(27);
        }
    }

    @Test
    void a_rate_just_above_the_bound_is_one_breach() {
        try (Rig rig = rig(THREE_AN_HOUR)) {
            recharge(rig, 30, Duration.ofMinutes(19));

            assertThat(alarms(rig)).hasSize(1);
        }
    }

    @Test
    void exactly_the_limit_is_no_breach() {
        try (Rig rig = rig(THREE_AN_HOUR)) {
            recharge(rig, 30, Duration.ofMinutes(20));

            assertThat(alarms(rig)).isEmpty();
        }
    }

    @Test
    void it_is_on_by_default_and_can_be_switched_off() {
        assertThat(VelocityAlarm.ofDefaults()).isEqualTo(new VelocityAlarm(5, HOUR));
        try (Rig off = rig(null);
                Rig byDefault =
                        new Rig(policy -> policy.limits(Limits.ofDefaults().withPurchases(100, HOUR)))) {
            recharge(off, 7, Duration.ofMinutes(5));
            recharge(byDefault, 7, Duration.ofMinutes(5));

            assertThat(alarms(off)).isEmpty();
            assertThat(alarms(byDefault)).hasSize(1);
        }
    }

    @Test
    void declines_are_not_counted() {
        try (Rig rig = rig(new VelocityAlarm(1, Duration.ofDays(30)))) {
            rig.enabled(ALICE, "1");
            rig.gateway.declineAll("insufficient_funds", Kind.SOFT);
            for (int i = 0; i < 3; i++) {
                rig.check();
                rig.clock.advance(Duration.ofHours(48));
            }
            assertThat(alarms(rig)).isEmpty();
        }
    }

    @Test
    void what_cannot_work_is_refused() {
        Refusal.check("recharges", 0, "must be between 1 and 10000", () -> new VelocityAlarm(0, HOUR));
        Refusal.check(
                "within", "PT0S", "must be positive and at most 30 days", () -> new VelocityAlarm(3, Duration.ZERO));
    }

    private static Rig rig(@Nullable VelocityAlarm alarm) {
        Limits wide = Limits.ofDefaults().withPurchases(1000, HOUR);
        return new Rig(policy -> policy.limits(wide).velocityAlarm(alarm));
    }

    private static void recharge(Rig rig, int times, Duration apart) {
        if (rig.store.find(ALICE).isEmpty()) {
            rig.enabled(ALICE, "0");
        }
        for (int i = 0; i < times; i++) {
            rig.debit(
                    rig.balance().toString().equals("0") ? "1" : rig.balance().toString(), "d-" + rig.clock.instant());
            rig.check();
            rig.clock.advance(apart);
        }
    }

    private static List<AutoRechargeEvent> alarms(Rig rig) {
        return rig.events.stream()
                .filter(it -> it.type() == EventType.VELOCITY_ALARM)
                .toList();
    }
}
