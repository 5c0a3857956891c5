package io.autorecharge.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.autorecharge.credit.Refusal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimingTest {
    private static final Timing DEFAULTS = Timing.ofDefaults();
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void every_time_is_more_than_zero_and_at_most_30_days() {
        assertThat(DEFAULTS.withLease(MONTH).lease()).isEqualTo(MONTH);
        assertThat(DEFAULTS.withPoll(MONTH).poll()).isEqualTo(MONTH);
        assertThat(DEFAULTS.withSweep(MONTH).sweep()).isEqualTo(MONTH);
        for (Duration bad : List.of(Duration.ZERO, Duration.ofSeconds(-1), MONTH.plusNanos(1))) {
            String rule = "must be positive and at most 30 days";
            Refusal.check("lease", bad, rule, () -> DEFAULTS.withLease(bad));
            Refusal.check("poll", bad, rule, () -> DEFAULTS.withPoll(bad));
            Refusal.check("sweep", bad, rule, () -> DEFAULTS.withSweep(bad));
            Refusal.check("resendWithin", bad, rule, () -> new Timing(HOUR, bad, HOUR, HOUR, HOUR));
            Refusal.check("concludeAfter", bad, rule, () -> new Timing(HOUR, HOUR, bad, HOUR, HOUR));
        }
    }

    @Test
    void a_key_is_used_for_23_hours_at_most_and_nothing_is_concluded_within_an_hour() {
        Duration longest = Duration.ofHours(23);
        assertThat(new Timing(HOUR, longest, HOUR, HOUR, HOUR).resendWithin()).isEqualTo(longest);
        Refusal.check(
                "resendWithin",
                "PT23H0.000000001S",
                "must be at most 23 hours, since keys may be forgotten after 24",
                () -> new Timing(HOUR, longest.plusNanos(1), HOUR, HOUR, HOUR));
        Refusal.check(
                "concludeAfter",
                "PT59M59.999999999S",
                "must be at least 1 hour",
                () -> new Timing(HOUR, HOUR, HOUR.minusNanos(1), HOUR, HOUR));
    }

    @Test
    void by_default_a_key_is_used_for_less_time_than_stripe_keeps_it_and_than_an_attempt_needs_to_conclude() {
        assertThat(DEFAULTS)
                .isEqualTo(new Timing(
                        Duration.ofMinutes(2),
                        Duration.ofHours(20),
                        Duration.ofHours(25),
                        Duration.ofSeconds(5),
                        Duration.ofHours(1)));
    }

    @Test
    void names_the_argument_that_is_null() {
        assertThatNullPointerException()
                .isThrownBy(() -> DEFAULTS.withLease(null))
                .withMessage("lease");
    }
}
