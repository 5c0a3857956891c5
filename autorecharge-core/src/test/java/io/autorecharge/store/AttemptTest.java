package io.autorecharge.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.RechargeId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final Instant NEXT = NOW.plus(Duration.ofMinutes(2));

    private final Attempt unsent = new Attempt(
            new AttemptTerms(
                    AccountId.of("ann"),
                    new RechargeId("recharge-1"),
                    new AttemptId("attempt-1"),
                    1,
                    "cus_1",
                    "pm_1",
                    null,
                    Money.of("9.00", "USD"),
                    "100 credits",
                    null),
            AttemptProgress.unsent(NOW));

    @Test
    void a_send_is_in_doubt_from_the_moment_it_can_happen_until_a_clear_answer() {
        assertThat(unsent.inDoubt()).isFalse();

        Attempt sent = unsent.sending(NOW, NEXT);
        assertThat(sent.inDoubt()).isTrue();
        assertThat(sent.sends()).isEqualTo(1);

        assertThat(sent.waiting(true, NEXT, null, "unknown").inDoubt()).isTrue();
        assertThat(sent.waiting(false, NEXT, null, "BUSY").inDoubt()).isFalse();
    }

    @Test
    void the_time_of_the_first_send_never_changes() {
        Attempt again = unsent.sending(NOW, NEXT).sending(NEXT, NEXT.plusSeconds(60));

        assertThat(again.firstSentAt()).isEqualTo(NOW);
        assertThat(again.lastSentAt()).isEqualTo(NEXT);
        assertThat(again.sends()).isEqualTo(2);
    }
}
