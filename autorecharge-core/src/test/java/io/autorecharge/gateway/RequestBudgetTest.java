package io.autorecharge.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.credit.AccountId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestBudgetTest {
    private static final AccountId ANN = AccountId.of("ann");

    private final AtomicLong now = new AtomicLong();
    private final RequestBudget budget = new RequestBudget(6, now::get);

    @Test
    void an_account_that_has_used_its_minute_waits_for_its_next_share() {
        for (int i = 0; i < 6; i++) {
            budget.use(ANN);
        }

        assertThatThrownBy(() -> budget.use(ANN))
                .isInstanceOfSatisfying(
                        TooManyRequestsException.class,
                        e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(10)));
        budget.use(AccountId.of("ben"));
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        budget.use(ANN);
        assertThatThrownBy(() -> budget.use(ANN)).isInstanceOf(TooManyRequestsException.class);
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        for (int i = 0; i < 6; i++) {
            budget.use(ANN);
        }
    }

    @Test
    void accounts_that_have_not_asked_for_a_minute_are_forgotten() {
        for (int i = 0; i < 30_000; i++) {
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            budget.use(AccountId.of("account-" + i));
        }

        assertThat(budget.remembered()).isLessThanOrEqualTo(10_001);
    }
}
