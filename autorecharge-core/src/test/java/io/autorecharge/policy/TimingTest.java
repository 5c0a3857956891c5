package io.autorecharge.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
            refused("lease must", () -> DEFAULTS.withLease(bad));
            refused("poll must", () -> DEFAULTS.withPoll(bad));
            refused("sweep must", () -> DEFAULTS.withSweep(bad));
            refused("resend within must be more", () -> new Timing(HOUR, bad, HOUR, HOUR, HOUR));
            refused("conclude after must be more", () -> new Timing(HOUR, HOUR, bad, HOUR, HOUR));
        }
    }

    @Test
    void a_key_is_used_for_23_hours_at_most_and_nothing_is_concluded_within_an_hour() {
        Duration longest = Duration.ofHours(23);
        assertThat(new Timing(HOUR, longest, HOUR, HOUR, HOUR).resendWithin()).isEqualTo(longest);
        refused("at most 23 hours", () -> new Timing(HOUR, longest.plusNanos(1), HOUR, HOUR, HOUR));
        refused("at least 1 hour", () -> new Timing(HOUR, HOUR, HOUR.minusNanos(1), HOUR, HOUR));
    }

    private static void refused(String message, Runnable what) {
        assertThatIllegalArgumentException().isThrownBy(what::run).withMessageContaining(message);
    }
}
