package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.Account;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.account.Usage;
import io.autorecharge.account.UsageMark;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.ThresholdMode;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.SmartThresholdStatus;
import io.autorecharge.report.Status;
import io.autorecharge.testkit.InMemoryStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmartThresholdAccountTest {
    private final InMemoryStore store = new InMemoryStore();
    private final Rig rig = new Rig(b -> b.thresholdMode(ThresholdMode.SMART), store);
    private int jobs;

    @AfterEach
    void close() {
        rig.close();
    }

    private void debit(String credits) {
        rig.library.debit(Debit.of(ALICE, Credits.of(credits), "job-" + ++jobs, null));
    }

    /** Uses credits for some hours, and processes due accounts after each, as the scheduler does. */
    private void use(int hours, String perHour) {
        for (int hour = 0; hour < hours; hour++) {
            rig.clock.advance(Duration.ofHours(1));
            debit(perHour);
            rig.library.runOnce();
        }
    }

    private Account alice() {
        return store.find(ALICE).orElseThrow();
    }

    private Credits below() {
        return rig.library.policy().effectiveThreshold(alice());
    }

    private List<UsageMark> marks() {
        return store.inTransaction(ALICE, tx -> tx.usageMarks());
    }

    private Decision.Hold held() {
        return ((CheckResult.Held) rig.library.check(ALICE)).hold();
    }

    @Test
    void without_a_day_of_history_the_users_threshold_holds() {
        rig.enabled(ALICE, "200");
        use(23, "5");

        assertThat(alice().balance()).isEqualTo(Credits.of(85));
        assertThat(below()).isEqualTo(Credits.of(10));
        assertThat(rig.library.status(ALICE).smartThreshold())
                .isEqualTo(new SmartThresholdStatus(null, Credits.of(10)));
    }

    @Test
    void after_a_day_the_account_is_recharged_at_what_it_uses_in_the_lead_time() {
        rig.enabled(ALICE, "200");
        // 5 credits an hour for 30 hours, and 6 hours of lead time.
        use(30, "5");
        assertThat(alice().balance()).isEqualTo(Credits.of(50));
        assertThat(below()).isEqualTo(Credits.of(30));

        debit("20");
        assertThat(held().reason()).isEqualTo(HoldReason.ABOVE_THRESHOLD);
        assertThat(rig.gateway.captures()).isEmpty();

        assertThat(rig.library
                        .debit(Debit.of(ALICE, Credits.of("0.01"), "below", null))
                        .crossed())
                .isTrue();
        assertThat(rig.library.preview(ALICE)).isInstanceOf(Decision.Recharge.class);
        rig.library.runOnce();

        // One package and its bonus: the amount does not adapt.
        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(alice().balance()).isEqualTo(Credits.of("149.99"));
        assertThat(alice().settings().threshold()).isEqualTo(Credits.of(10));
    }

    @Test
    void the_status_tells_how_fast_credits_are_used_and_when_they_are_bought() {
        rig.enabled(ALICE, "400");
        use(30, "12");

        Status status = rig.library.status(ALICE);
        // 12 an hour for 6 hours.
        assertThat(status.smartThreshold()).isEqualTo(new SmartThresholdStatus(Credits.of(12), Credits.of(72)));
        assertThat(status.smartThreshold().hours()).contains(new BigDecimal("6"));
        assertThat(new SmartThresholdStatus(Credits.of(12), Credits.of(30)).hours())
                .contains(new BigDecimal("2.5"));
        assertThat(new SmartThresholdStatus(Credits.ZERO, Credits.of(30)).hours())
                .isEmpty();
        rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
        assertThat(rig.library.status(ALICE).smartThreshold()).isNull();
    }

    @Test
    void measuring_is_no_try_to_charge() {
        rig.enabled(ALICE, "200");
        rig.library.check(ALICE);

        assertThat(alice().state().dueAt()).isEqualTo(rig.clock.instant().plus(Duration.ofHours(3)));
        assertThat(rig.library.status(ALICE).nextTry()).isNull();
    }

    @Test
    void the_effective_threshold_is_at_most_one_package_above_the_users() {
        rig.enabled(ALICE, "10000");
        use(30, "100");

        assertThat(below()).isEqualTo(Credits.of(110));
        assertThat(alice().state().usage().raise()).isEqualTo(Credits.of(100));
    }

    @Test
    void a_changed_threshold_and_a_changed_package_act_at_once() {
        rig.enabled(ALICE, "10000");
        use(30, "100");
        rig.library.configure(ALICE, new Settings(true, 50, Credits.of(20)), "v1");
        assertThat(alice().wakesBelow()).isEqualTo(Credits.of(70)).isEqualTo(below());
        rig.library.configure(ALICE, new Settings(true, 500, Credits.of(0)), "v1");
        assertThat(alice().wakesBelow()).isEqualTo(Credits.of(500)).isEqualTo(below());
        rig.library.configure(ALICE, new Settings(true, 50, Credits.of(400)), "v1");
        // 6 hours of 100 are 600, and 50 is the most.
        assertThat(alice().wakesBelow()).isEqualTo(Credits.of(450)).isEqualTo(below());
    }

    @Test
    void a_balance_that_is_low_only_by_the_new_threshold_is_recharged_when_it_is_measured() {
        rig.enabled(ALICE, "146");
        // At 24 hours nothing is known yet of a whole day but the first mark: 5 an hour.
        use(23, "5");
        debit("7");
        rig.library.runOnce();
        assertThat(alice().balance()).isEqualTo(Credits.of(24));
        assertThat(rig.gateway.captures()).isEmpty();

        // No debit crosses anything; the measurement alone finds that 24 is low now.
        rig.clock.advance(Duration.ofHours(4));
        rig.library.runOnce();
        assertThat(below()).isGreaterThan(Credits.of(24));
        assertThat(rig.gateway.captures()).hasSize(1);
    }

    @Test
    void the_measurement_is_repeated_every_three_hours_and_kept_every_six() {
        rig.enabled(ALICE, "1000");
        use(60, "5");

        Instant measured = alice().state().usage().measuredAt();
        assertThat(measured).isAfterOrEqualTo(rig.clock.instant().minus(Duration.ofHours(3)));
        assertThat(marks().size()).isBetween(5, 12);
    }

    @Test
    void credits_that_the_host_adds_beside_the_ledger_bring_the_users_threshold_back() {
        rig.enabled(ALICE, "200");
        use(30, "5");
        assertThat(below()).isEqualTo(Credits.of(30));
        Usage known = alice().state().usage();
        assertThat(known.perHour()).isEqualTo(Credits.of(5));

        store.editBalance(ALICE, Credits.of(5000));
        rig.clock.advance(Duration.ofHours(3));
        rig.library.check(ALICE);
        assertThat(alice().state().usage().perHour()).isNull();
        assertThat(below()).isEqualTo(Credits.of(10));
    }

    @Test
    void an_account_that_is_suspended_or_switched_off_is_not_measured() {
        rig.enabled(ALICE, "200");
        use(30, "5");
        rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
        assertThat(alice().state().usage()).isNull();
        assertThat(alice().state().dueAt()).isNull();

        rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
        assertThat(below()).isEqualTo(Credits.of(30));
        store.inTransaction(ALICE, tx -> {
            tx.save(tx.account()
                    .state()
                    .stopped(new Suspension(Suspension.Reason.DISPUTED, rig.clock.instant(), null)));
            return true;
        });
        rig.library.check(ALICE);
        assertThat(alice().state().usage()).isNull();
    }

    @Test
    void with_a_fixed_threshold_again_everything_is_forgotten() {
        rig.enabled(ALICE, "200");
        use(30, "5");
        try (Rig fixed = new Rig(b -> b, store)) {
            fixed.clock.set(rig.clock.instant());
            fixed.library.check(ALICE);
        }
        assertThat(alice().state().usage()).isNull();
        assertThat(alice().state().dueAt()).isNull();
        assertThat(marks()).isEmpty();
    }

    @Test
    void a_recharge_that_was_claimed_is_still_wanted_below_the_effective_threshold() {
        rig.enabled(ALICE, "200");
        use(30, "5");
        rig.gateway.timeOutBeforeCaptureNext();
        debit("25");
        rig.library.runOnce();
        assertThat(alice().balance()).isEqualTo(Credits.of(25));

        rig.clock.advance(Duration.ofHours(2));
        rig.library.runOnce();
        rig.clock.advance(Duration.ofHours(26));
        rig.library.runOnce();
        assertThat(rig.gateway.captures()).hasSize(1);
    }

    @Test
    void balances_in_another_service_allow_no_smart_threshold() {
        RechargePolicy smart = RechargePolicy.builder(Rig.PACKAGES)
                .thresholdMode(ThresholdMode.SMART)
                .build();
        assertThatThrownBy(() -> AutoRecharge.builder(smart, new InMemoryStore(), new InMemoryStore(), rig.gateway)
                        .build())
                .isInstanceOfSatisfying(InvalidValueException.class, e -> {
                    assertThat(e.field()).isEqualTo("thresholdMode");
                    assertThat(e).hasMessageContaining("another service");
                });
    }
}
