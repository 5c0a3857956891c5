package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static io.autorecharge.Rig.CARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.CardStop;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.SavedMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.Status;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A recharge goes on with the next payment method when one fails for certain, and charges no two of them. */
class BackupMethodsTest {
    private static final PaymentMethod BACKUP = new PaymentMethod("cus_1", "pm_2", "mastercard", "4444", "fp_2");
    private static final PaymentMethod THIRD = new PaymentMethod("cus_1", "pm_3", "amex", "0005", "fp_3");

    private final Rig rig = new Rig();

    private void low(PaymentMethod... backups) {
        rig.enabled(ALICE, "1");
        for (PaymentMethod backup : backups) {
            rig.library.addPaymentMethod(ALICE, backup);
        }
    }

    @Test
    void a_decline_is_followed_by_the_backup_in_the_same_recharge() {
        low(BACKUP);
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);

        CheckResult result = rig.check();

        assertThat(result)
                .isInstanceOfSatisfying(
                        CheckResult.Charged.class,
                        it -> assertThat(it.outcome()).isInstanceOf(Outcome.Paid.class));
        assertThat(methodsCharged()).containsExactly("pm_1", "pm_2");
        assertThat(keys()).doesNotHaveDuplicates();
        assertThat(rig.store.recharges(ALICE, 10))
                .singleElement()
                .satisfies(it -> assertThat(it.recharge().state()).isEqualTo(RechargeState.PAID));
        assertThat(attempts()).extracting(Attempt::state).containsExactly(AttemptState.DECLINED, AttemptState.PAID);
        assertThat(rig.library.balance(ALICE)).isEqualTo(Credits.of(121));
        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.ACTIVE);
        assertThat(types()).contains(EventType.METHOD_DECLINED, EventType.RECHARGE_PAID);
        assertThat(types()).doesNotContain(EventType.RECHARGE_DECLINED, EventType.SUSPENDED);
    }

    @Test
    void while_the_primary_method_waits_after_a_decline_the_next_recharge_begins_with_the_backup() {
        low(BACKUP);
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);
        rig.check();
        rig.debit("115", "use");
        rig.clock.advance(Duration.ofMinutes(10));

        rig.check();

        assertThat(methodsCharged()).containsExactly("pm_1", "pm_2", "pm_2");
        rig.debit("118", "use-2");
        rig.clock.advance(Duration.ofHours(7));
        rig.check();
        assertThat(methodsCharged()).containsExactly("pm_1", "pm_2", "pm_2", "pm_1");
    }

    @Test
    void a_card_that_must_not_be_tried_again_is_passed_over_from_then_on_and_the_account_stays_active() {
        low(BACKUP);
        rig.gateway.declineNext("stolen_card", Kind.HARD);
        rig.check();
        rig.debit("115", "use");
        rig.clock.advance(Duration.ofDays(1));

        rig.check();

        assertThat(methodsCharged()).containsExactly("pm_1", "pm_2", "pm_2");
        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.ACTIVE);
        assertThat(saved("pm_1").stop()).isNotNull();
        assertThat(saved("pm_2").stop()).isNull();
    }

    @Test
    void the_account_waits_for_the_first_method_when_all_have_declined() {
        low(BACKUP, THIRD);
        rig.gateway.declineAll("insufficient_funds", Kind.SOFT);

        rig.check();

        assertThat(methodsCharged()).containsExactly("pm_1", "pm_2", "pm_3");
        Status status = rig.library.status(ALICE);
        assertThat(status.state()).isEqualTo(Status.State.BACKING_OFF);
        assertThat(status.nextTry()).isEqualTo(rig.clock.instant().plus(Duration.ofHours(6)));
        assertThat(types().stream().filter(EventType.RECHARGE_DECLINED::equals)).hasSize(1);
        assertThat(rig.library.preview(ALICE))
                .isEqualTo(new io.autorecharge.policy.Decision.Hold(
                        HoldReason.BACKING_OFF, rig.clock.instant().plus(Duration.ofHours(6))));
    }

    @Test
    void one_recharge_tries_no_more_methods_than_configured() {
        Rig two = new Rig(policy -> policy.maxAttempts(2));
        two.enabled(ALICE, "1");
        two.library.addPaymentMethod(ALICE, BACKUP);
        two.library.addPaymentMethod(ALICE, THIRD);
        two.gateway.declineAll("insufficient_funds", Kind.SOFT);

        two.check();

        assertThat(two.gateway.requests())
                .extracting(ChargeRequest::paymentMethodId)
                .containsExactly("pm_1", "pm_2");
        assertThat(two.store.attempts(
                        ALICE, two.store.recharges(ALICE, 1).get(0).recharge().id()))
                .hasSize(2);
        // The third is usable at once: the next recharge begins with it, after the cooldown.
        two.clock.advance(Duration.ofMinutes(6));
        two.check();
        assertThat(two.gateway.requests())
                .extracting(ChargeRequest::paymentMethodId)
                .containsExactly("pm_1", "pm_2", "pm_3");
    }

    @Test
    void the_account_is_suspended_when_no_method_is_left_and_resumes_with_a_new_backup() {
        low(BACKUP);
        rig.gateway.declineAll("stolen_card", Kind.HARD);
        rig.check();
        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.SUSPENDED);
        assertThat(rig.library.status(ALICE).reason()).isEqualTo(Suspension.Reason.HARD_DECLINE.name());

        rig.gateway.approveAll();
        rig.library.addPaymentMethod(ALICE, THIRD);
        rig.clock.advance(Duration.ofMinutes(6));
        rig.check();

        assertThat(methodsCharged()).containsExactly("pm_1", "pm_2", "pm_3");
        assertThat(rig.gateway.captures(ALICE)).hasSize(1);
        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.ACTIVE);
    }

    @Test
    void the_same_card_saved_once_more_neither_ends_a_stop_nor_is_tried_twice_in_a_recharge() {
        PaymentMethod again = new PaymentMethod("cus_1", "pm_1b", "visa", "4242", CARD.fingerprint());
        low(again);
        rig.gateway.declineAll("insufficient_funds", Kind.SOFT);
        rig.check();
        assertThat(methodsCharged()).containsExactly("pm_1");

        Rig stopped = new Rig().enabled(ALICE, "1");
        stopped.gateway.declineNext("stolen_card", Kind.HARD);
        stopped.check();
        stopped.library.addPaymentMethod(ALICE, again);
        assertThat(stopped.library.status(ALICE).state()).isEqualTo(Status.State.SUSPENDED);
        stopped.library.addPaymentMethod(ALICE, new PaymentMethod("cus_1", "pm_unknown", "visa", "4242", null));
        assertThat(stopped.library.status(ALICE).state()).isEqualTo(Status.State.SUSPENDED);
    }

    @Test
    void a_demand_for_authentication_tries_the_backup_first() {
        low(BACKUP);
        rig.gateway.requireActionNext();

        rig.check();

        assertThat(attempts())
                .extracting(Attempt::state)
                .containsExactly(AttemptState.ACTION_REQUIRED, AttemptState.PAID);
        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.ACTIVE);
        assertThat(types()).doesNotContain(EventType.AUTHENTICATION_REQUIRED, EventType.SUSPENDED);
        assertThat(saved("pm_1").stop().reason()).isEqualTo(Suspension.Reason.AUTHENTICATION_REQUIRED);
    }

    @Test
    void when_the_backup_declines_too_the_customer_is_asked_to_authenticate_the_first_method() {
        low(BACKUP);
        rig.gateway.requireActionNext();
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);

        rig.check();

        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.NEEDS_AUTHENTICATION);
        assertThat(types()).contains(EventType.AUTHENTICATION_REQUIRED);
        assertThat(rig.library.openRecovery(ALICE)).isPresent();
    }

    @Test
    void nobody_is_asked_to_authenticate_a_method_that_was_removed_meanwhile() {
        low(BACKUP, THIRD);
        rig.gateway.requireActionNext();
        rig.gateway.timeOutBeforeCaptureNext();
        rig.check();
        rig.alone();
        rig.library.removePaymentMethod(ALICE, "pm_1");
        rig.gateway.declineAll("insufficient_funds", Kind.SOFT);

        rig.settle(
                rig.library,
                ALICE,
                attempts().get(1).id(),
                new Outcome.Declined("ch_2", "insufficient_funds", Kind.SOFT));
        rig.check();

        assertThat(attempts())
                .extracting(Attempt::state)
                .containsExactly(AttemptState.ACTION_REQUIRED, AttemptState.DECLINED, AttemptState.DECLINED);
        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.BACKING_OFF);
        assertThat(types()).doesNotContain(EventType.AUTHENTICATION_REQUIRED);
    }

    @Test
    void nothing_but_a_definite_failure_tries_the_next_method() {
        for (Runnable answer : List.<Runnable>of(
                () -> rig.gateway.timeOutBeforeCaptureNext(),
                () -> rig.gateway.timeOutAfterCaptureNext(),
                () -> rig.gateway.processNext(),
                () -> rig.gateway.refuseNext(Outcome.NotSubmitted.Reason.BUSY),
                () -> rig.gateway.refuseNext(Outcome.NotSubmitted.Reason.REJECTED),
                () -> rig.gateway.refuseNext(Outcome.NotSubmitted.Reason.CONFIGURATION))) {
            AccountId account = AccountId.of("user-" + rig.gateway.requests().size());
            rig.enabled(account, "1");
            rig.library.addPaymentMethod(
                    account, new PaymentMethod("cus_of_" + account, "pm_b_" + account, "visa", "1", "fp_b_" + account));
            answer.run();

            rig.library.check(account);

            assertThat(rig.gateway.requests().stream().filter(it -> it.account().equals(account)))
                    .as(account.toString())
                    .hasSize(1);
        }
    }

    @Test
    void a_user_who_switches_off_between_two_methods_is_not_charged_again() {
        low(BACKUP);
        rig.gateway.decideBy(request -> {
            rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
            rig.gateway.declineNext("insufficient_funds", Kind.SOFT);
        });

        rig.check();

        assertThat(methodsCharged()).containsExactly("pm_1");
        assertThat(last().recharge().state()).isEqualTo(RechargeState.FAILED);
    }

    @Test
    void a_pause_and_a_balance_that_has_risen_stop_the_next_method() {
        low(BACKUP);
        rig.gateway.decideBy(request -> {
            rig.library.pause("ops", "test");
            rig.gateway.declineNext("insufficient_funds", Kind.SOFT);
        });
        rig.check();
        assertThat(methodsCharged()).containsExactly("pm_1");

        Rig risen = new Rig().enabled(ALICE, "1");
        risen.library.addPaymentMethod(ALICE, BACKUP);
        risen.gateway.decideBy(request -> {
            risen.library.grant(
                    new Grant(ALICE, Credits.of(100), io.autorecharge.credit.Category.PAID, "gift", "Gift"));
            risen.gateway.declineNext("insufficient_funds", Kind.SOFT);
        });
        risen.check();
        assertThat(risen.gateway.requests()).hasSize(1);
    }

    @Test
    void a_backup_that_was_removed_before_it_was_sent_is_not_charged() {
        low(BACKUP);
        declined();
        assertThat(last().attempt().paymentMethodId()).isEqualTo("pm_2");
        assertThat(last().attempt().sends()).isZero();

        rig.library.removePaymentMethod(ALICE, "pm_2");
        rig.check();

        assertThat(methodsCharged()).containsExactly("pm_1");
        assertThat(last().recharge().state()).isEqualTo(RechargeState.ABANDONED);
    }

    @Test
    void another_node_sends_the_next_attempt_after_a_crash() {
        low(BACKUP);
        declined();

        rig.engine().check(ALICE);

        assertThat(methodsCharged()).containsExactly("pm_1", "pm_2");
        assertThat(rig.gateway.captures(ALICE)).hasSize(1);
        assertThat(rig.library.balance(ALICE)).isEqualTo(Credits.of(121));
    }

    @Test
    void a_late_capture_of_the_first_method_prevents_the_second_that_was_not_sent() {
        low(BACKUP);
        AttemptId first = declined();

        rig.settle(
                rig.library,
                ALICE,
                first,
                new Outcome.Paid("ch_late", Rig.pack(100, "9.00").price()));
        rig.clock.advance(Duration.ofHours(1));
        rig.check();

        assertThat(methodsCharged()).containsExactly("pm_1");
        assertThat(last().recharge().state()).isEqualTo(RechargeState.PAID);
        assertThat(rig.library.balance(ALICE)).isEqualTo(Credits.of(121));
    }

    @Test
    void a_late_capture_while_the_second_is_in_doubt_keeps_the_recharge_open_until_the_second_is_known() {
        low(BACKUP);
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);
        rig.gateway.timeOutBeforeCaptureNext();
        rig.check();
        AttemptId first = attempts().get(0).id();

        rig.settle(
                rig.library,
                ALICE,
                first,
                new Outcome.Paid("ch_late", Rig.pack(100, "9.00").price()));

        assertThat(last().recharge().state()).isEqualTo(RechargeState.OPEN);
        assertThat(rig.library.balance(ALICE)).isEqualTo(Credits.of(121));
        rig.debit("120", "use");
        for (int hour = 0; hour < 30; hour++) {
            rig.clock.advance(Duration.ofHours(1));
            rig.check();
            if (last().recharge().state() != RechargeState.OPEN) {
                break;
            }
        }
        assertThat(methodsCharged()).containsExactly("pm_1", "pm_2");
        assertThat(last().recharge().state()).isEqualTo(RechargeState.PAID);
        assertThat(attempts()).extracting(Attempt::state).containsExactly(AttemptState.PAID, AttemptState.NOT_CHARGED);
    }

    @Test
    void a_recharge_that_was_paid_late_tries_no_further_method() {
        low(BACKUP, THIRD);
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);
        rig.gateway.timeOutBeforeCaptureNext();
        rig.check();
        AttemptId first = attempts().get(0).id();
        AttemptId second = attempts().get(1).id();
        rig.settle(
                rig.library,
                ALICE,
                first,
                new Outcome.Paid("ch_late", Rig.pack(100, "9.00").price()));
        rig.debit("120", "use");

        rig.settle(rig.library, ALICE, second, new Outcome.Declined("ch_2", "insufficient_funds", Kind.SOFT));

        assertThat(attempts()).hasSize(2);
        assertThat(last().recharge().state()).isEqualTo(RechargeState.PAID);
        assertThat(types()).doesNotContain(EventType.RECHARGE_DECLINED);
    }

    @Test
    void a_backup_whose_card_is_stopped_for_every_account_is_not_tried() {
        low(BACKUP, THIRD);
        rig.store.inTransaction(AccountId.of("bob"), tx -> {
            tx.stopCard(BACKUP.card(), new CardStop(CardStop.Reason.FRAUD_WARNING, rig.clock.instant()));
            return tx;
        });
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);

        rig.check();

        assertThat(methodsCharged()).containsExactly("pm_1", "pm_3");
    }

    @Test
    void two_captures_after_all_are_both_granted_with_one_bonus_and_reported() {
        low(BACKUP);
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);
        rig.gateway.timeOutAfterCaptureNext();
        rig.check();
        AttemptId first = attempts().get(0).id();

        rig.settle(
                rig.library,
                ALICE,
                first,
                new Outcome.Paid("ch_late", Rig.pack(100, "9.00").price()));
        rig.clock.advance(Duration.ofHours(1));
        rig.check();

        assertThat(rig.library.balance(ALICE)).isEqualTo(Credits.of(221));
        assertThat(last().recharge().state()).isEqualTo(RechargeState.PAID);
        assertThat(rig.events.stream().filter(it -> it.type() == EventType.CONTRARY_OUTCOME))
                .extracting(AutoRechargeEvent::reason)
                .contains("PAID_TWICE");
    }

    @Test
    void the_order_can_be_changed_and_a_removed_primary_gives_its_place_to_the_first_backup() {
        low(BACKUP, THIRD);

        assertThat(rig.library.makePrimary(ALICE, "pm_3")).isTrue();
        assertThat(order()).containsExactly("pm_3", "pm_1", "pm_2");
        rig.library.reorderPaymentMethods(ALICE, List.of("pm_2", "pm_3", "pm_1"));
        assertThat(order()).containsExactly("pm_2", "pm_3", "pm_1");
        assertThat(rig.library.status(ALICE).method()).isEqualTo(BACKUP);
        assertThat(rig.library.removePaymentMethod(ALICE, "pm_2")).isTrue();
        assertThat(order()).containsExactly("pm_3", "pm_1");
        assertThat(rig.library.removePaymentMethod(ALICE, "pm_none")).isFalse();
        rig.library.removePaymentMethod(ALICE, "pm_3");
        rig.library.removePaymentMethod(ALICE, "pm_1");
        assertThat(order()).isEmpty();
        assertThat(rig.library.status(ALICE).missing()).contains(HoldReason.NO_PAYMENT_METHOD);
        rig.library.addPaymentMethod(ALICE, THIRD);
        assertThat(order()).containsExactly("pm_3");
    }

    @Test
    void lists_that_cannot_be_are_refused_by_field_and_value() {
        low(BACKUP);

        for (List<String> ids : List.of(
                List.of("pm_1"), List.of("pm_1", "pm_1"), List.of("pm_1", "pm_9"), List.of("pm_1", "pm_2", "pm_2"))) {
            assertThatThrownBy(() -> rig.library.reorderPaymentMethods(ALICE, ids))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("paymentMethodIds");
        }
        assertThatThrownBy(() -> rig.library.addPaymentMethod(
                        ALICE, new PaymentMethod("cus_other", "pm_9", "visa", "1", "fp_9")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("method.customerId");
        for (int i = 3; i <= 10; i++) {
            rig.library.addPaymentMethod(ALICE, new PaymentMethod("cus_1", "pm_x" + i, "visa", "1", "fp_x" + i));
        }
        assertThatThrownBy(() -> rig.library.addPaymentMethod(
                        ALICE, new PaymentMethod("cus_1", "pm_x11", "visa", "1", "fp_x11")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("paymentMethods");
    }

    @Test
    void removing_the_good_backup_leaves_an_account_suspended_whose_other_card_is_stopped() {
        low(BACKUP);
        rig.gateway.declineNext("stolen_card", Kind.HARD);
        rig.check();

        rig.library.removePaymentMethod(ALICE, "pm_2");

        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.SUSPENDED);
        assertThat(rig.library.status(ALICE).reason()).isEqualTo(Suspension.Reason.HARD_DECLINE.name());
    }

    @Test
    void an_expired_card_comes_last_and_is_still_tried_where_it_is_the_only_one() {
        PaymentMethod expired =
                new PaymentMethod("cus_1", "pm_1", "visa", "4242", "fp_1", "card", java.time.YearMonth.of(2000, 1));
        low();
        rig.card(ALICE, expired);
        rig.library.addPaymentMethod(ALICE, BACKUP);

        rig.check();

        assertThat(methodsCharged()).containsExactly("pm_2");
        rig.library.removePaymentMethod(ALICE, "pm_2");
        rig.debit("115", "use");
        rig.clock.advance(Duration.ofHours(1));
        rig.check();
        assertThat(methodsCharged()).containsExactly("pm_2", "pm_1");
    }

    @Test
    void a_card_whose_attempts_are_used_up_is_passed_over() {
        Rig once = new Rig(policy -> policy.cardAttempts(1));
        once.enabled(ALICE, "1");
        once.library.addPaymentMethod(ALICE, BACKUP);
        once.gateway.declineNext("insufficient_funds", Kind.SOFT);
        once.check();
        once.debit("115", "use");
        once.clock.advance(Duration.ofHours(7));

        once.check();

        assertThat(once.gateway.requests())
                .extracting(ChargeRequest::paymentMethodId)
                .containsExactly("pm_1", "pm_2", "pm_2");
    }

    /** The first method declines, and the node dies before it sends the next. */
    private AttemptId declined() {
        rig.alone();
        rig.gateway.timeOutBeforeCaptureNext();
        rig.check();
        AttemptId first = last().attempt().id();
        rig.settle(rig.library, ALICE, first, new Outcome.Declined("ch_1", "insufficient_funds", Kind.SOFT));
        return first;
    }

    private void paidLate(AttemptId attempt) {
        rig.settle(
                rig.library,
                ALICE,
                attempt,
                new Outcome.Paid("ch_late", Rig.pack(100, "9.00").price()));
    }

    private List<String> methodsCharged() {
        return rig.gateway.requests().stream()
                .map(ChargeRequest::paymentMethodId)
                .toList();
    }

    private List<AttemptId> keys() {
        return rig.gateway.requests().stream().map(ChargeRequest::attempt).toList();
    }

    private List<Attempt> attempts() {
        return rig.store.attempts(ALICE, last().recharge().id());
    }

    private RechargeWithAttempt last() {
        return rig.store.recharges(ALICE, 1).get(0);
    }

    private List<String> order() {
        return rig.library.paymentMethods(ALICE).all().stream()
                .map(it -> it.method().id())
                .toList();
    }

    private SavedMethod saved(String id) {
        return rig.library.paymentMethods(ALICE).find(id).orElseThrow();
    }

    private List<EventType> types() {
        return rig.events.stream().map(AutoRechargeEvent::type).toList();
    }
}
