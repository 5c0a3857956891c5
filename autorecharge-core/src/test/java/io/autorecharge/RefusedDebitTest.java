package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.RequestedCredits;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.Money;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.Sizing;
import io.autorecharge.report.CheckResult;
import io.autorecharge.store.AfterCommit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A debit that the balance does not cover starts a recharge that is large enough for it, or says why not. */
class RefusedDebitTest {
    private final Rig rig = new Rig();

    @Test
    void a_refused_debit_starts_a_recharge_and_succeeds_when_it_is_repeated() {
        rig.enabled(ALICE, "50");

        assertThat(debit("80")).isEqualTo(new DebitResult.Refused(Credits.of(50), true));
        rig.check();

        assertThat(rig.gateway.captures(ALICE)).hasSize(1);
        assertThat(debit("80")).isInstanceOf(DebitResult.Applied.class);
        assertThat(rig.account().state().requested()).isNull();
    }

    @Test
    void one_charge_covers_the_request_and_not_only_the_threshold() {
        confirmed("30.00");
        rig.library.grant(new Grant(ALICE, Credits.of(50), Category.PAID, "gift", "Gift"));

        debit("300");
        rig.check();

        assertThat(rig.gateway.captures(ALICE))
                .hasSize(1)
                .first()
                .satisfies(it -> assertThat(it.amount()).isEqualTo(Money.of("27.00", "USD")));
        assertThat(debit("300")).isInstanceOf(DebitResult.Applied.class);
    }

    @Test
    void what_one_agreed_charge_cannot_cover_is_held_and_nothing_is_charged() {
        rig.enabled(ALICE, "50");

        assertThat(debit("400")).isEqualTo(new DebitResult.Refused(Credits.of(50), true));

        Decision.Hold hold = new Decision.Hold(
                HoldReason.AMOUNT_OUT_OF_BOUNDS, rig.clock.instant().plus(RequestedCredits.LIFE));
        assertThat(rig.check()).isEqualTo(new CheckResult.Held(ALICE, hold));
        assertThat(rig.library.status(ALICE).reason()).isEqualTo("AMOUNT_OUT_OF_BOUNDS");
        assertThat(rig.gateway.requests()).isEmpty();
    }

    @Test
    void a_request_that_cannot_be_covered_does_not_keep_a_low_balance_from_being_recharged() {
        rig.enabled(ALICE, "5");

        debit("4000");
        rig.check();

        assertThat(rig.gateway.captures(ALICE)).hasSize(1);
    }

    @Test
    void a_request_above_the_largest_amount_is_held() {
        Rig small = new Rig(b -> b.maxAmount(Money.of("35.00", "USD")));
        small.enabled(ALICE, "50");

        small.confirmed(ALICE, new Settings(true, 100, Credits.of(10)), "35.00");
        small.library.debit(Debit.of(ALICE, Credits.of(500), "job-500", null));

        assertThat(small.check())
                .isInstanceOfSatisfying(
                        CheckResult.Held.class,
                        it -> assertThat(it.hold().reason()).isEqualTo(HoldReason.AMOUNT_OUT_OF_BOUNDS));
        assertThat(small.gateway.requests()).isEmpty();
    }

    @Test
    void a_target_is_raised_to_the_request() {
        Rig target = new Rig(b -> b.sizing(Sizing.target(Credits.of(100))));
        target.enabled(ALICE, "50");
        target.confirmed(ALICE, new Settings(true, 100, Credits.of(10)), "40.00");

        target.library.debit(Debit.of(ALICE, Credits.of(180), "job-180", null));
        target.check();

        assertThat(target.balance().isLessThan(Credits.of(180))).isFalse();
    }

    @Test
    void a_request_is_forgotten_after_an_hour_and_when_the_balance_covers_it() {
        rig.enabled(ALICE, "50");
        debit("80");
        assertThat(rig.account().state().requested())
                .isEqualTo(
                        new RequestedCredits(Credits.of(80), rig.clock.instant().plus(RequestedCredits.LIFE)));

        rig.library.grant(new Grant(ALICE, Credits.of(30), Category.PAID, "gift", "Gift"));
        assertThat(rig.check()).isEqualTo(held(HoldReason.ABOVE_THRESHOLD));
        assertThat(rig.account().state().requested()).isNull();

        debit("90");
        rig.clock.advance(RequestedCredits.LIFE);
        assertThat(rig.check()).isEqualTo(held(HoldReason.ABOVE_THRESHOLD));
        assertThat(rig.account().state().requested()).isNull();
        assertThat(rig.gateway.requests()).isEmpty();
    }

    @Test
    void nothing_is_requested_for_an_account_that_is_off_or_suspended() {
        rig.enabled(ALICE, "50");
        rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);

        assertThat(debit("80")).isEqualTo(new DebitResult.Refused(Credits.of(50)));
        assertThat(rig.account().state().requested()).isNull();
        assertThat(rig.check()).isEqualTo(held(HoldReason.DISABLED));
    }

    @Test
    void the_cooldown_holds_a_request_too() {
        rig.enabled(ALICE, "5");
        rig.check();

        debit("180");

        assertThat(rig.check())
                .isInstanceOfSatisfying(
                        CheckResult.Held.class,
                        it -> assertThat(it.hold().reason()).isEqualTo(HoldReason.COOLDOWN));
        rig.clock.advance(Duration.ofMinutes(6));
        rig.check();
        assertThat(rig.gateway.captures(ALICE)).hasSize(2);
    }

    @Test
    void after_the_hosts_transaction_the_request_is_written_by_the_library_whether_it_committed_or_not() {
        rig.enabled(ALICE, "50");
        List<Runnable> completed = new ArrayList<>();
        AfterCommit rolledBack = new AfterCommit() {
            @Override
            public void run(Runnable task) {}

            @Override
            public void afterCompletion(Runnable task) {
                completed.add(task);
            }
        };
        try (AutoRecharge node = AutoRecharge.builder(rig.policy, rig.store, rig.gateway)
                .clock(rig.clock)
                .afterCommit(rolledBack)
                .build()) {
            node.debit(Debit.of(ALICE, Credits.of(80), "job", null));
            // As if the host's roll-back had taken the request of the ledger with it.
            rig.store.inTransaction(ALICE, tx -> {
                tx.save(tx.account().state().requesting(null).dueAt(null));
                return ALICE;
            });
            assertThat(completed).hasSize(1);
            completed.forEach(Runnable::run);

            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (rig.gateway.captures(ALICE).isEmpty() && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(rig.gateway.captures(ALICE)).hasSize(1);
        }
    }

    private void confirmed(String max) {
        rig.enabled(ALICE, "0");
        rig.library.grant(new Grant(ALICE, Credits.of(20), Category.PAID, "start2", "Start"));
        rig.confirmed(ALICE, new Settings(true, 100, Credits.of(10)), max);
        rig.clock.advance(Duration.ofHours(1));
    }

    private DebitResult debit(String credits) {
        return rig.library.debit(Debit.of(ALICE, Credits.of(credits), "job-" + credits, null));
    }

    private static CheckResult.Held held(HoldReason reason) {
        return new CheckResult.Held(ALICE, Decision.Hold.because(reason));
    }
}
