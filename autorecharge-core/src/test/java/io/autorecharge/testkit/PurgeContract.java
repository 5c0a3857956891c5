package io.autorecharge.testkit;

import static io.autorecharge.testkit.Rows.NOW;
import static io.autorecharge.testkit.Rows.attempt;
import static io.autorecharge.testkit.Rows.recharge;
import static io.autorecharge.testkit.Rows.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.event.Purgeable;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules of the deletion of old rows. */
abstract class PurgeContract extends OwedEntriesContract {
    private static final Instant OLD = NOW.minus(Duration.ofDays(500));

    private void ended(AccountId account, String id, Instant at, RechargeState state, AttemptState attempt) {
        write(store(), account, tx -> {
            tx.open(recharge(account, id, at), attempt(account, id, at));
            RechargeWithAttempt open = tx.openRecharge().orElseThrow();
            if (state != RechargeState.OPEN) {
                tx.save(open.attempt().in(attempt, at, "pi_" + id, "ended"));
                tx.save(open.recharge().in(state, at));
            }
        });
    }

    private List<String> recharges(AccountId account) {
        return store().recharges(account, 100).stream()
                .map(it -> it.recharge().id().value())
                .toList();
    }

    @Test
    void failed_recharges_are_deleted_with_their_attempts_paid_open_young_and_last_ones_stay() {
        ended(ann, "declined", OLD, RechargeState.FAILED, AttemptState.DECLINED);
        ended(ann, "given-up", OLD.plusSeconds(1), RechargeState.ABANDONED, AttemptState.NOT_CHARGED);
        ended(ann, "paid", OLD.plusSeconds(2), RechargeState.PAID, AttemptState.PAID);
        ended(ann, "young", NOW, RechargeState.FAILED, AttemptState.DECLINED);
        ended(ann, "open", NOW.plusSeconds(1), RechargeState.OPEN, AttemptState.OPEN);
        ended(ben, "last", OLD, RechargeState.FAILED, AttemptState.DECLINED);

        int deleted = store().purge(Purgeable.FAILED_RECHARGES, NOW.minus(Duration.ofDays(1)), 100);

        assertThat(deleted).isEqualTo(2);
        assertThat(recharges(ann)).containsExactly("open", "young", "paid");
        assertThat(recharges(ben)).containsExactly("last");
        assertThat(store().purge(Purgeable.FAILED_RECHARGES, NOW.minus(Duration.ofDays(1)), 100))
                .isZero();
    }

    @Test
    void no_more_rows_are_deleted_than_the_limit() {
        for (int i = 0; i < 5; i++) {
            ended(ann, "r" + i, OLD.plusSeconds(i), RechargeState.FAILED, AttemptState.DECLINED);
        }

        assertThat(store().purge(Purgeable.FAILED_RECHARGES, NOW, 3)).isEqualTo(3);
        assertThat(store().purge(Purgeable.FAILED_RECHARGES, NOW, 3)).isEqualTo(1);
        assertThat(recharges(ann)).containsExactly("r4");
    }

    @Test
    void delivered_events_are_deleted_and_undelivered_ones_stay() {
        write(store(), ann, tx -> {
            tx.publish(AutoRechargeEvent.of(EventType.ENABLED, ann, "1", OLD));
            tx.publish(AutoRechargeEvent.of(EventType.ENABLED, ann, "2", OLD));
        });
        store().delivered(List.of("ENABLED:1"), OLD);

        assertThat(store().purge(Purgeable.DELIVERED_EVENTS, OLD, 100)).isZero();
        assertThat(store().purge(Purgeable.DELIVERED_EVENTS, NOW, 100)).isEqualTo(1);

        assertThat(store().undelivered(NOW, 10))
                .extracting(AutoRechargeEvent::id)
                .containsExactly("ENABLED:2");
    }

    @Test
    void ids_of_webhook_events_are_deleted_when_they_are_old() {
        store().handled("evt_old", "charge.refunded", OLD);
        store().handled("evt_new", "charge.refunded", NOW);

        assertThat(store().purge(Purgeable.HANDLED_WEBHOOKS, NOW, 100)).isEqualTo(1);

        assertThat(store().isHandled("evt_old")).isFalse();
        assertThat(store().isHandled("evt_new")).isTrue();
    }

    @Test
    void counts_of_card_attempts_are_deleted_without_touching_anything_else() {
        ended(ann, "paid", OLD, RechargeState.PAID, AttemptState.PAID);

        assertThat(store().purge(Purgeable.CARD_ATTEMPTS, NOW, 100)).isNotNegative();

        assertThat(recharges(ann)).containsExactly("paid");
    }
}
