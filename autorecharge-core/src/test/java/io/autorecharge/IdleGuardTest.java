package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.Settings;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.event.EventType;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.Limits;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An account that used nothing since its last recharge is not charged again, whatever makes its balance low. */
class IdleGuardTest {
    private static final CheckResult IDLE = new CheckResult.Held(ALICE, Decision.Hold.because(HoldReason.IDLE));

    private final Rig rig = new Rig(b -> b.limits(Limits.ofDefaults().withCooldown(Duration.ZERO)));

    /** As code of the host can, without the user: the balance of 121 is low from now on. */
    private void raiseThreshold(Rig of) {
        of.store.inTransaction(ALICE, tx -> {
            tx.save(new Settings(true, 100, Credits.of(125)));
            return tx;
        });
    }

    private Rig recharged(Rig of) {
        of.enabled(ALICE, "1");
        of.check();
        assertThat(of.balance()).isEqualTo(Credits.of(121));
        return of;
    }

    @Test
    void an_account_that_used_nothing_is_held_says_so_and_is_charged_after_the_next_debit() {
        recharged(rig);
        raiseThreshold(rig);

        assertThat(rig.check()).isEqualTo(IDLE);
        rig.clock.advance(Duration.ofDays(2));
        rig.library.runOnce();
        rig.check();

        Status status = rig.library.status(ALICE);
        assertThat(status.state()).isEqualTo(Status.State.ACTIVE);
        assertThat(status.reason()).isEqualTo("IDLE");
        assertThat(rig.library.preview(ALICE)).isEqualTo(Decision.Hold.because(HoldReason.IDLE));
        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(rig.events.stream().filter(it -> it.type() == EventType.RECHARGE_HELD))
                .singleElement()
                .satisfies(it -> assertThat(it.reason()).isEqualTo("IDLE"));

        rig.debit("0.000001", "use");
        rig.check();
        assertThat(rig.gateway.captures()).hasSize(2);
    }

    @Test
    void a_refused_debit_counts_as_use() {
        recharged(rig);
        raiseThreshold(rig);

        rig.library.debit(Debit.of(ALICE, Credits.of(150), "large", null));
        rig.check();

        assertThat(rig.gateway.captures()).hasSize(2);
    }

    @Test
    void a_user_who_saves_the_settings_is_charged_as_was_shown() {
        recharged(rig);
        raiseThreshold(rig);

        rig.library.configure(ALICE, new Settings(true, 100, Credits.of(125)), "v1");
        rig.check();

        assertThat(rig.gateway.captures()).hasSize(2);
    }

    @Test
    void a_recharge_that_leaves_the_balance_low_does_not_begin_the_guard() {
        rig.enabled(ALICE, "1");
        rig.debit("151", "use");

        rig.check();

        // The first charge is cut to the price of one package: -150 and 120 are -30.
        assertThat(rig.balance()).isEqualTo(Credits.of(-30));
        assertThat(rig.account().state().unused()).isFalse();
        assertThat(rig.library.status(ALICE).reason()).isNotEqualTo("IDLE");
    }

    @Test
    void without_the_guard_the_account_is_charged() {
        Rig off = recharged(
                new Rig(b -> b.idleGuard(false).limits(Limits.ofDefaults().withCooldown(Duration.ZERO))));
        raiseThreshold(off);

        off.check();

        assertThat(off.gateway.captures()).hasSize(2);
    }
}
