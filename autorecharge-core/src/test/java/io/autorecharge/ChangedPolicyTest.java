package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.event.EventType;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.policy.Limits;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.testkit.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** An account that was decided by an earlier policy, or by the version before, is decided again within an hour. */
class ChangedPolicyTest {
    private static final Limits ONE_A_MONTH =
            Limits.ofDefaults().withCooldown(Duration.ofSeconds(1)).withPurchases(1, Duration.ofDays(30));

    private final InMemoryStore store = new InMemoryStore();

    @Test
    void an_account_that_the_version_before_held_until_the_end_of_its_limit_is_decided_again() {
        try (Rig before = new Rig(b -> b.limits(ONE_A_MONTH), store).alone()) {
            before.enabled(ALICE, "1").check();
            before.debit("115", "spent");
            before.check();
            // The version before wrote the end of the limit.
            dueAt(before.clock.instant().plus(Duration.ofDays(29)));

            RechargePolicy raised = RechargePolicy.builder(Rig.PACKAGES).build();
            before.clock.advance(Duration.ofHours(1));
            try (AutoRecharge after = node(before, raised)) {
                after.runOnce();
            }

            assertThat(before.gateway.captures()).hasSize(2);
        }
    }

    @Test
    void a_low_account_whose_next_check_is_in_2099_is_found() {
        try (Rig rig = new Rig(b -> b, store).alone()) {
            rig.enabled(ALICE, "1");
            dueAt(Instant.parse("2099-01-01T00:00:00Z"));

            try (AutoRecharge node = node(rig, rig.policy)) {
                node.runOnce();
            }

            assertThat(rig.gateway.captures()).hasSize(1);
        }
    }

    @Test
    void an_account_that_waits_after_a_decline_still_waits_and_nothing_is_reported_twice() {
        try (Rig rig = new Rig(b -> b, store).alone()) {
            rig.enabled(ALICE, "1");
            rig.gateway.declineNext("insufficient_funds", Kind.SOFT);
            rig.check();
            Instant retryAt = rig.account().state().retryAt();
            assertThat(retryAt).isAfter(rig.clock.instant().plus(Duration.ofHours(1)));

            try (AutoRecharge node = node(rig, rig.policy)) {
                node.runOnce();
                node.runOnce();
            }

            assertThat(rig.gateway.captures()).isEmpty();
            assertThat(rig.account().state().retryAt()).isEqualTo(retryAt);
            assertThat(rig.account().state().dueAt()).isEqualTo(retryAt);
            assertThat(rig.eventTypes()).containsOnlyOnce(EventType.RECHARGE_DECLINED);
        }
    }

    private void dueAt(Instant at) {
        store.inTransaction(ALICE, tx -> {
            tx.save(tx.account().state().dueAt(at));
            return tx;
        });
    }

    private static AutoRecharge node(Rig rig, RechargePolicy policy) {
        return AutoRecharge.builder(policy, rig.store, rig.gateway)
                .clock(rig.clock)
                .callsPerSecond(100_000)
                .listenerExecutor(Runnable::run)
                .listener(rig.events::add)
                .afterCommit(task -> {})
                .build();
    }
}
