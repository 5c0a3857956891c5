package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static io.autorecharge.Rig.CARD;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.Announcement;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.Sizing;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.Status;
import io.autorecharge.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A charge is announced first, and made after the announced time: at most the announced amount, to an announced card. */
class AnnouncedChargeTest {
    private static final PaymentMethod BACKUP = new PaymentMethod("cus_1", "pm_2", "mastercard", "4444", "fp_2");
    private static final PaymentMethod OTHER = new PaymentMethod("cus_1", "pm_3", "visa", "1881", "fp_3");
    private static final Duration DAY = Duration.ofDays(1);

    /** Twice the tolerance of the clocks. */
    private static final Duration SKEW = AutoRechargeBuilder.DEFAULT_CLOCK_TOLERANCE.multipliedBy(2);

    private final Rig rig = new Rig(policy -> policy.noticeBefore(DAY));

    @Test
    void a_low_balance_is_announced_with_amount_card_and_time_and_charged_after_that_time() {
        rig.enabled(ALICE, "1");
        Instant start = rig.clock.instant();

        assertThat(rig.check()).isEqualTo(held(start.plus(DAY).plus(SKEW)));

        AutoRechargeEvent announced = only(EventType.RECHARGE_ANNOUNCED);
        assertThat(announced.until()).isEqualTo(start.plus(DAY));
        assertThat(announced.amount()).isEqualTo(Money.of("9.00", "USD"));
        assertThat(announced.subject()).isEqualTo("pm_1");
        assertThat(announced.balance()).isEqualTo(Credits.of(1));
        assertThat(announced.reason()).isNull();
        assertThat(rig.account().state().dueAt()).isEqualTo(start.plus(DAY).plus(SKEW));
        Status status = rig.library.status(ALICE);
        assertThat(status.state()).isEqualTo(Status.State.ACTIVE);
        assertThat(status.reason()).isEqualTo(HoldReason.ANNOUNCED.name());
        assertThat(status.nextTry()).isEqualTo(start.plus(DAY).plus(SKEW));
        assertThat(status.announced().notBefore()).isEqualTo(start.plus(DAY));
        assertThat(rig.library.preview(ALICE)).isEqualTo(hold(start.plus(DAY).plus(SKEW)));

        rig.clock.advance(DAY.plus(SKEW).minusMillis(1));
        assertThat(rig.check()).isEqualTo(held(start.plus(DAY).plus(SKEW)));
        assertThat(rig.gateway.requests()).isEmpty();
        rig.clock.advance(Duration.ofMillis(1));
        assertThat(rig.check()).isInstanceOf(CheckResult.Charged.class);
        assertThat(rig.gateway.captures(ALICE)).hasSize(1);
        assertThat(rig.lastRecharge().recharge().announced().notBefore()).isEqualTo(start.plus(DAY));
        assertThat(of(EventType.RECHARGE_ANNOUNCED)).hasSize(1);
        assertThat(of(EventType.RECHARGE_WITHDRAWN)).isEmpty();
        assertThat(rig.account().state().announced()).isNull();
    }

    @Test
    void the_next_recharge_is_announced_again() {
        rig.enabled(ALICE, "1");
        announceAndCharge();

        rig.debit("118", "use");
        rig.clock.advance(Duration.ofMinutes(10));
        rig.check();

        assertThat(of(EventType.RECHARGE_ANNOUNCED)).hasSize(2).doesNotHaveDuplicates();
        assertThat(rig.gateway.captures(ALICE)).hasSize(1);
        pass(DAY);
        assertThat(rig.gateway.captures(ALICE)).hasSize(2);
    }

    @Test
    void without_a_notice_nothing_is_stored_and_announced() {
        Rig plain = new Rig().enabled(ALICE, "1");
        plain.check();

        assertThat(plain.gateway.captures(ALICE)).hasSize(1);
        assertThat(plain.lastRecharge().recharge().announced()).isNull();
        assertThat(plain.eventTypes()).doesNotContain(EventType.RECHARGE_ANNOUNCED);
    }

    @Test
    void it_is_withdrawn_once_when_the_balance_recovers_and_the_next_low_balance_waits_the_whole_time() {
        rig.enabled(ALICE, "1");
        rig.check();
        Instant first = rig.clock.instant().plus(DAY);
        rig.clock.advance(Duration.ofHours(23));
        rig.library.grant(new Grant(ALICE, Credits.of(100), Category.PAID, "gift", "Gift"));
        assertThat(rig.library.status(ALICE).announced()).isNull();

        rig.check();
        rig.check();

        AutoRechargeEvent withdrawn = only(EventType.RECHARGE_WITHDRAWN);
        assertThat(withdrawn.reason()).isEqualTo(HoldReason.ABOVE_THRESHOLD.name());
        assertThat(withdrawn.until()).isEqualTo(first);
        rig.debit("99", "use");
        rig.clock.advance(Duration.ofHours(2));
        rig.check();
        assertThat(rig.gateway.requests()).isEmpty();
        pass(DAY);
        assertThat(rig.gateway.captures(ALICE)).hasSize(1);
    }

    @Test
    void switching_off_stops_it() {
        rig.enabled(ALICE, "1");
        rig.check();

        rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), "v1");

        assertThat(only(EventType.RECHARGE_WITHDRAWN).reason()).isEqualTo(HoldReason.DISABLED.name());
        assertThat(rig.library.status(ALICE).announced()).isNull();
        pass(DAY);
        assertThat(rig.gateway.requests()).isEmpty();
        // On again: it begins anew.
        rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
        rig.check();
        assertThat(of(EventType.RECHARGE_ANNOUNCED)).hasSize(2);
        assertThat(rig.gateway.requests()).isEmpty();
    }

    @Test
    void a_suspension_withdraws_it() {
        Rig often = new Rig(policy -> policy.noticeBefore(DAY)).enabled(ALICE, "1");
        often.check();
        often.clock.advance(DAY.plus(SKEW));
        often.gateway.declineAll("stolen_card", Kind.HARD);

        often.check();

        assertThat(often.library.status(ALICE).state()).isEqualTo(Status.State.SUSPENDED);
        assertThat(often.eventTypes()).containsOnlyOnce(EventType.RECHARGE_WITHDRAWN);
        assertThat(often.account().state().announced()).isNull();
    }

    /** The customer was told the amount and from when on: the retries charge nothing else. */
    @Test
    void retries_after_declines_need_no_other_notice() {
        rig.enabled(ALICE, "1");
        rig.check();
        rig.clock.advance(DAY.plus(SKEW));
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);
        rig.check();
        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.BACKING_OFF);
        assertThat(rig.account().state().announced()).isNotNull();

        rig.clock.advance(Duration.ofHours(6));
        rig.check();

        assertThat(rig.gateway.captures(ALICE)).hasSize(1);
        assertThat(of(EventType.RECHARGE_ANNOUNCED)).hasSize(1);
        assertThat(rig.account().state().announced()).isNull();
    }

    @Test
    void a_backup_that_was_announced_is_charged_in_the_same_recharge() {
        rig.enabled(ALICE, "1");
        rig.library.addPaymentMethod(ALICE, BACKUP);
        rig.check();
        assertThat(rig.account().state().announced().cards()).containsExactly("fp_1", "fp_2");
        rig.clock.advance(DAY.plus(SKEW));
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);

        rig.check();

        assertThat(methodsCharged()).containsExactly("pm_1", "pm_2");
        assertThat(of(EventType.RECHARGE_ANNOUNCED)).hasSize(1);
    }

    @Test
    void a_backup_that_was_added_later_is_announced_before_it_is_charged() {
        rig.enabled(ALICE, "1");
        rig.check();
        rig.library.addPaymentMethod(ALICE, BACKUP);
        rig.clock.advance(DAY.plus(SKEW));
        rig.gateway.declineNext("stolen_card", Kind.HARD);

        rig.check();
        assertThat(methodsCharged()).containsExactly("pm_1");
        pass(Duration.ofMinutes(6));

        assertThat(methodsCharged()).containsExactly("pm_1");
        assertThat(last(EventType.RECHARGE_ANNOUNCED).reason()).isEqualTo("OTHER_METHOD");
        assertThat(last(EventType.RECHARGE_ANNOUNCED).subject()).isEqualTo("pm_2");
        pass(DAY);
        assertThat(methodsCharged()).containsExactly("pm_1", "pm_2");
    }

    @Test
    void another_card_is_announced_anew_and_the_same_card_saved_again_is_not() {
        rig.enabled(ALICE, "1");
        rig.check();
        rig.library.savePaymentMethod(ALICE, new PaymentMethod("cus_1", "pm_1b", "visa", "4242", CARD.fingerprint()));
        rig.check();
        assertThat(of(EventType.RECHARGE_ANNOUNCED)).hasSize(1);

        rig.clock.advance(Duration.ofHours(20));
        rig.library.savePaymentMethod(ALICE, OTHER);
        rig.check();

        assertThat(last(EventType.RECHARGE_ANNOUNCED).reason()).isEqualTo("OTHER_METHOD");
        rig.clock.advance(Duration.ofHours(23));
        rig.check();
        assertThat(rig.gateway.requests()).isEmpty();
        pass(DAY);
        assertThat(methodsCharged()).containsExactly("pm_3");
    }

    /** To a target of 100 a charge costs 9 cents for each credit that is missing; at zero it costs 9 dollars. */
    @Test
    void a_target_announces_a_maximum_that_the_next_debits_do_not_exceed() {
        Rig target = new Rig(policy -> policy.noticeBefore(DAY).sizing(Sizing.target(Credits.of(100))));
        target.enabled(ALICE, "9");
        target.check();
        assertThat(announcement(target).max()).isEqualTo(Money.of("9.00", "USD"));

        for (int i = 0; i < 9; i++) {
            target.debit("1", "use-" + i);
            target.clock.advance(Duration.ofHours(1));
            target.check();
        }

        assertThat(target.eventTypes()).containsOnlyOnce(EventType.RECHARGE_ANNOUNCED);
        target.clock.advance(DAY.plus(SKEW).minus(Duration.ofHours(9)));
        target.check();
        assertThat(target.lastRecharge().recharge().price()).isEqualTo(Money.of("9.00", "USD"));
    }

    @Test
    void below_zero_all_that_the_user_agreed_to_is_announced_once() {
        Rig target = new Rig(policy -> policy.noticeBefore(DAY).sizing(Sizing.target(Credits.of(100))));
        target.enabled(ALICE, "9").confirmed(ALICE, new Settings(true, 100, Credits.of(10)), "20.00");
        target.check();
        assertThat(announcement(target).max()).isEqualTo(Money.of("9.00", "USD"));
        Instant first = announcement(target).notBefore();

        target.clock.advance(Duration.ofHours(1));
        target.debit("15", "below zero");
        target.check();
        assertThat(announcement(target).max()).isEqualTo(Money.of("20.00", "USD"));
        assertThat(announcement(target).notBefore()).isEqualTo(first.plus(Duration.ofHours(1)));
        target.debit("15", "further below zero");
        target.check();

        assertThat(target.events.stream().filter(it -> it.type() == EventType.RECHARGE_ANNOUNCED))
                .extracting(AutoRechargeEvent::reason)
                .containsExactly(null, "HIGHER_AMOUNT");
    }

    @Test
    void a_package_with_a_higher_unit_price_is_announced_anew() {
        rig.enabled(ALICE, "1");
        rig.check();
        rig.clock.advance(Duration.ofMinutes(1));
        // 50 for 5.00 are 10 cents for each credit; 100 for 9.00 were 9.
        rig.confirmed(ALICE, new Settings(true, 50, Credits.of(10)), "5.00");
        rig.check();
        assertThat(last(EventType.RECHARGE_ANNOUNCED).reason()).isEqualTo("HIGHER_PRICE");
        rig.clock.advance(Duration.ofMinutes(1));
        // 100 again: a higher amount, but not a higher unit price.
        rig.confirmed(ALICE, new Settings(true, 100, Credits.of(10)), "9.00");
        rig.check();
        assertThat(last(EventType.RECHARGE_ANNOUNCED).reason()).isEqualTo("HIGHER_AMOUNT");
        assertThat(rig.gateway.requests()).isEmpty();
    }

    @Test
    void a_refused_debit_is_announced_too() {
        rig.enabled(ALICE, "50");
        DebitResult refused = rig.library.debit(Debit.of(ALICE, Credits.of(80), "job", null));
        assertThat(refused).isNotInstanceOf(DebitResult.Applied.class);

        rig.check();

        assertThat(only(EventType.RECHARGE_ANNOUNCED).amount()).isEqualTo(Money.of("9.00", "USD"));
        assertThat(rig.gateway.requests()).isEmpty();
        // An hour later the request has expired, and the balance is not low.
        rig.clock.advance(Duration.ofMinutes(61));
        rig.check();
        assertThat(only(EventType.RECHARGE_WITHDRAWN).reason()).isEqualTo(HoldReason.ABOVE_THRESHOLD.name());
    }

    @Test
    void a_limit_or_a_stop_for_everything_does_not_withdraw_it_and_it_is_charged_when_that_ends() {
        rig.enabled(ALICE, "1");
        rig.check();
        rig.library.pause("incident", "ops");
        pass(DAY);
        assertThat(rig.gateway.requests()).isEmpty();
        assertThat(of(EventType.RECHARGE_WITHDRAWN)).isEmpty();

        rig.library.resume("ops");
        rig.check();

        assertThat(rig.gateway.captures(ALICE)).hasSize(1);
        assertThat(of(EventType.RECHARGE_ANNOUNCED)).hasSize(1);
    }

    /** A customer who was told a time is not charged before it because a host has switched notices off. */
    @Test
    void a_notice_that_is_switched_off_keeps_the_times_that_were_announced() {
        rig.enabled(ALICE, "1");
        rig.check();
        Rig without = new Rig(RechargePolicy.ofDefaults(Rig.PACKAGES), rig.store);
        without.clock.set(rig.clock.instant().plus(Duration.ofHours(23)));

        without.check();
        assertThat(without.gateway.requests()).isEmpty();
        without.clock.advance(Duration.ofHours(1).plus(SKEW));
        without.check();

        assertThat(without.gateway.captures(ALICE)).hasSize(1);
    }

    /** One node is behind the provider's time by the whole tolerance, the other one ahead of it. */
    @Test
    void no_clock_within_the_tolerance_shows_a_charge_before_the_announced_time() {
        Duration tolerance = AutoRechargeBuilder.DEFAULT_CLOCK_TOLERANCE;
        SettableClock ahead = new SettableClock();
        SettableClock behind = new SettableClock();
        rig.enabled(ALICE, "1");
        behind.set(rig.clock.instant().minus(tolerance));
        ahead.set(rig.clock.instant().plus(tolerance));
        AutoRecharge slow = node(behind);
        AutoRecharge fast = node(ahead);
        slow.check(ALICE);
        Instant announced = rig.account().state().announced().notBefore();

        for (int minute = 0; minute < 26 * 60 && rig.gateway.requests().isEmpty(); minute++) {
            List.of(rig.clock, ahead, behind).forEach(clock -> clock.advance(Duration.ofMinutes(1)));
            fast.check(ALICE);
        }

        assertThat(rig.gateway.captures(ALICE)).hasSize(1);
        assertThat(behind.instant()).isEqualTo(announced);
        assertThat(rig.clock.instant()).isAfter(announced);
        slow.close();
        fast.close();
    }

    private AutoRecharge node(SettableClock clock) {
        return AutoRecharge.builder(rig.policy, rig.store, rig.gateway)
                .clock(clock)
                .listenerExecutor(Runnable::run)
                .listener(rig.events::add)
                .afterCommit(task -> {})
                .build();
    }

    private void announceAndCharge() {
        rig.check();
        pass(DAY);
        assertThat(rig.gateway.captures(ALICE)).hasSize(1);
    }

    private void pass(Duration time) {
        rig.clock.advance(time.plus(SKEW));
        rig.check();
    }

    private static Announcement announcement(Rig of) {
        return of.account().state().announced();
    }

    private List<String> methodsCharged() {
        return rig.gateway.requests().stream()
                .map(ChargeRequest::paymentMethodId)
                .toList();
    }

    private List<AutoRechargeEvent> of(EventType type) {
        return rig.events.stream().filter(it -> it.type() == type).toList();
    }

    private AutoRechargeEvent only(EventType type) {
        assertThat(of(type)).hasSize(1);
        return of(type).get(0);
    }

    private AutoRechargeEvent last(EventType type) {
        return of(type).get(of(type).size() - 1);
    }

    private static Decision.Hold hold(Instant until) {
        return new Decision.Hold(HoldReason.ANNOUNCED, until);
    }

    private static CheckResult held(Instant until) {
        return new CheckResult.Held(ALICE, hold(until));
    }
}
