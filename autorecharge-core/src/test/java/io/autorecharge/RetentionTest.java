package io.autorecharge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.event.Purgeable;
import io.autorecharge.policy.Retention;
import io.autorecharge.testkit.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Old rows are deleted by every run, as long as the host wants that, and counted. */
class RetentionTest {
    private final Rig rig = new Rig();
    private final Map<Purgeable, Integer> purged = new EnumMap<>(Purgeable.class);

    @AfterEach
    void close() {
        rig.close();
    }

    private AutoRecharge library(Retention retention) {
        return AutoRecharge.builder(rig.policy, rig.store, rig.gateway)
                .clock(rig.clock)
                .retention(retention)
                .observer(new AutoRechargeObserver() {
                    @Override
                    public void purged(Purgeable what, int rows) {
                        purged.merge(what, rows, Integer::sum);
                    }
                })
                .build();
    }

    @Test
    void a_run_deletes_what_is_older_than_its_period_and_counts_it() {
        InMemoryStore store = rig.store;
        Instant start = rig.clock.instant();
        for (int i = 0; i < 450; i++) {
            store.handled("evt_" + i, "charge.refunded", start);
        }
        try (AutoRecharge library = library(Retention.ofDefaults())) {
            rig.clock.advance(Retention.DEFAULT_WEBHOOKS);
            library.runOnce();
            assertThat(store.isHandled("evt_1")).as("not older yet").isTrue();
            rig.clock.advance(Duration.ofSeconds(1));
            library.runOnce();
        }

        assertThat(store.isHandled("evt_1")).isFalse();
        assertThat(purged).containsEntry(Purgeable.HANDLED_WEBHOOKS, 450);
    }

    @Test
    void a_period_of_zero_keeps_rows_for_ever() {
        rig.store.handled("evt_1", "charge.refunded", rig.clock.instant());
        Retention forever = new Retention(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        try (AutoRecharge library = library(forever)) {
            rig.clock.advance(Duration.ofDays(5000));
            library.runOnce();
        }

        assertThat(rig.store.isHandled("evt_1")).isTrue();
        assertThat(purged).isEmpty();
    }

    @Test
    void periods_that_are_shorter_than_what_is_needed_are_refused() {
        Duration day = Duration.ofDays(1);

        assertThatThrownBy(() -> new Retention(day, Duration.ZERO, Duration.ZERO, Duration.ZERO))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("events");
        assertThatThrownBy(() -> new Retention(Duration.ZERO, Duration.ZERO, Duration.ofDays(366), Duration.ZERO))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("failedRecharges");
    }

    @Test
    void a_reconciliation_before_the_oldest_kept_recharge_is_refused() {
        Instant start = rig.clock.instant();
        rig.clock.advance(Retention.DEFAULT_FAILED_RECHARGES.plusSeconds(1));

        assertThatThrownBy(() -> rig.library.reconcileSince(start))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("restoredTo");
    }
}
