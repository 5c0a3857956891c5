package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static io.autorecharge.Rig.CARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.ChargeTerms;
import io.autorecharge.gateway.CustomerOwner;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.KeyMode;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.Limits;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.Status;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.StoreException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountCheckTest {
    private Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void charges_once_and_grants_credits_and_bonus_in_rows_of_their_own() {
        rig.enabled(ALICE, "9.5");

        CheckResult visit = rig.check();

        assertThat(visit)
                .isInstanceOfSatisfying(
                        CheckResult.Charged.class,
                        charged -> assertThat(charged.outcome())
                                .isEqualTo(new Outcome.Paid("pi_1", Money.of("9.00", "USD"))));
        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(rig.balance()).isEqualTo(Credits.of("129.5"));
        LedgerEntry bonus = rig.entries().get(0);
        LedgerEntry paid = rig.entries().get(1);
        assertThat(paid)
                .isEqualTo(new LedgerEntry(
                        ALICE,
                        2,
                        EntryType.PURCHASE,
                        Category.PAID,
                        Credits.of(100),
                        Credits.of("109.5"),
                        "Auto-recharge: 100 credits",
                        "autorecharge/pi_1",
                        null,
                        rig.clock.instant()));
        assertThat(bonus)
                .isEqualTo(new LedgerEntry(
                        ALICE,
                        3,
                        EntryType.BONUS,
                        Category.PROMOTIONAL,
                        Credits.of(20),
                        Credits.of("129.5"),
                        "Auto-recharge bonus: 20 credits",
                        "autorecharge/pi_1/bonus",
                        "autorecharge/pi_1",
                        rig.clock.instant()));
        assertThat(rig.eventTypes()).containsExactly(EventType.ENABLED, EventType.RECHARGE_PAID);
        assertThat(rig.check()).isEqualTo(held(HoldReason.ABOVE_THRESHOLD));
        assertThat(rig.gateway.requests()).hasSize(1);
    }

    @Test
    void the_attempt_is_written_with_its_key_before_the_provider_is_called() {
        rig.enabled(ALICE, "1");
        rig.gateway.timeOutBeforeCaptureNext();

        rig.check();

        ChargeRequest sent = rig.gateway.requests().get(0);
        assertThat(sent.attempt()).isEqualTo(rig.lastAttempt());
        assertThat(sent.paymentMethodId()).isEqualTo(CARD.id());
        assertThat(sent.inDoubt()).isFalse();
        assertThat(rig.lastRecharge().attempt().inDoubt()).isTrue();
        assertThat(rig.lastRecharge().attempt().sends()).isEqualTo(1);
    }

    @Test
    void a_charge_whose_answer_was_lost_is_found_in_the_providers_list_and_granted_once() {
        rig.enabled(ALICE, "1");
        rig.gateway.timeOutAfterCaptureNext();

        rig.check();
        assertThat(rig.balance()).isEqualTo(Credits.of(1));
        assertThat(rig.check())
                .isInstanceOfSatisfying(
                        CheckResult.Held.class,
                        held -> assertThat(held.hold().reason()).isEqualTo(HoldReason.RECHARGE_OPEN));
        rig.clock.advance(Duration.ofSeconds(5));
        rig.check();

        assertThat(rig.balance()).isEqualTo(Credits.of(121));
        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(rig.gateway.requests()).hasSize(1);
    }

    @Test
    void a_request_that_never_arrived_is_sent_again_with_the_same_key_and_parameters() {
        rig.enabled(ALICE, "1");
        rig.gateway.timeOutBeforeCaptureNext();

        rig.check();
        rig.clock.advance(Duration.ofSeconds(5));
        rig.check();

        assertThat(rig.gateway.requests()).hasSize(2);
        ChargeRequest first = rig.gateway.requests().get(0);
        ChargeRequest second = rig.gateway.requests().get(1);
        assertThat(second)
                .isEqualTo(new ChargeRequest(
                        first.account(),
                        first.recharge(),
                        first.attempt(),
                        first.customerId(),
                        first.paymentMethodId(),
                        first.amount(),
                        first.description(),
                        first.firstSentAt(),
                        true,
                        new ChargeTerms(100, Credits.of(100), Credits.of(20)),
                        rig.library.installation()));
        assertThat(rig.balance()).isEqualTo(Credits.of(121));
    }

    @Test
    void an_attempt_past_the_life_of_its_key_is_never_sent_again_but_looked_up_until_that_is_conclusive() {
        rig.enabled(ALICE, "1");
        rig.gateway.timeOutBeforeCaptureNext();
        rig.check();
        rig.clock.advance(Duration.ofHours(20));

        rig.check();
        assertThat(rig.gateway.requests()).hasSize(1);
        assertThat(rig.lastRecharge().recharge().state()).isEqualTo(RechargeState.OPEN);
        rig.clock.advance(Duration.ofHours(5));
        rig.check();

        assertThat(rig.gateway.requests()).hasSize(1);
        assertThat(rig.lastRecharge().recharge().state()).isEqualTo(RechargeState.ABANDONED);
        assertThat(rig.lastRecharge().attempt().state()).isEqualTo(AttemptState.NOT_CHARGED);
        assertThat(rig.eventTypes()).contains(EventType.RECHARGE_ABANDONED);
        rig.check();
        assertThat(rig.balance()).as("decided again with a new key").isEqualTo(Credits.of(121));
        assertThat(rig.gateway.captures()).hasSize(1);
    }

    @Test
    void a_capture_past_the_life_of_its_key_is_found_by_the_list_and_granted() {
        rig.enabled(ALICE, "1");
        rig.gateway.timeOutAfterCaptureNext();
        rig.check();
        rig.clock.advance(Duration.ofDays(3));

        rig.check();

        assertThat(rig.balance()).isEqualTo(Credits.of(121));
        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(rig.gateway.requests()).hasSize(1);
    }

    @Test
    void a_refusal_after_a_send_in_doubt_says_nothing_about_that_send() {
        rig.enabled(ALICE, "1");
        rig.gateway.timeOutBeforeCaptureNext();
        rig.gateway.refuseNext(Reason.CONFIGURATION);
        rig.check();
        rig.clock.advance(Duration.ofSeconds(5));

        CheckResult visit = rig.check();

        assertThat(visit)
                .isInstanceOfSatisfying(
                        CheckResult.Charged.class,
                        charged -> assertThat(charged.outcome()).isInstanceOf(Outcome.Unknown.class));
        assertThat(rig.lastRecharge().attempt().inDoubt()).isTrue();
    }

    @Test
    void a_clear_refusal_keeps_the_attempt_and_its_key_and_counts_no_decline() {
        rig.enabled(ALICE, "1");
        rig.gateway.refuseNext(Reason.CONFIGURATION);

        assertThat(rig.check())
                .isInstanceOfSatisfying(
                        CheckResult.Charged.class,
                        charged -> assertThat(charged.providerRefused()).isTrue());

        AttemptId attempt = rig.lastAttempt();
        assertThat(rig.lastRecharge().attempt().inDoubt()).isFalse();
        assertThat(rig.account().state().declines()).isZero();
        assertThat(rig.eventTypes()).contains(EventType.PROVIDER_REFUSED);
        rig.clock.advance(Duration.ofMinutes(5));
        rig.check();
        assertThat(rig.balance()).isEqualTo(Credits.of(121));
        assertThat(rig.gateway.captures().get(0).attempt()).isEqualTo(attempt);
        assertThat(rig.gateway.wasLookedUp(attempt)).as("nothing was in doubt").isFalse();
    }

    @Test
    void an_attempt_that_was_clearly_refused_is_not_sent_again_after_the_user_switched_off() {
        rig.enabled(ALICE, "1");
        rig.gateway.refuseNext(Reason.BUSY);
        rig.check();
        rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
        rig.clock.advance(Duration.ofMinutes(1));

        assertThat(rig.check()).isEqualTo(held(HoldReason.DISABLED));

        assertThat(rig.gateway.requests()).hasSize(1);
        assertThat(rig.lastRecharge().recharge().state()).isEqualTo(RechargeState.ABANDONED);
    }

    @Test
    void an_attempt_in_doubt_is_looked_up_but_not_sent_again_after_the_user_switched_off() {
        rig.enabled(ALICE, "1");
        rig.gateway.timeOutBeforeCaptureNext();
        rig.check();
        rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
        rig.clock.advance(Duration.ofMinutes(1));

        rig.check();

        assertThat(rig.gateway.requests()).hasSize(1);
        assertThat(rig.lastRecharge().recharge().state()).isEqualTo(RechargeState.OPEN);
    }

    @Test
    void a_success_is_granted_although_the_user_switched_off_while_it_was_under_way() {
        rig.enabled(ALICE, "1");
        rig.gateway.timeOutAfterCaptureNext();
        rig.check();
        rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
        rig.clock.advance(Duration.ofMinutes(1));

        rig.check();

        assertThat(rig.balance()).isEqualTo(Credits.of(121));
    }

    @Test
    void declines_back_off_then_suspend_after_the_third_in_a_row() {
        rig.enabled(ALICE, "1");
        rig.gateway.declineAll("insufficient_funds", Kind.SOFT);

        rig.check();
        assertThat(rig.check()).isEqualTo(held(HoldReason.BACKING_OFF, Duration.ofHours(6)));
        rig.clock.advance(Duration.ofHours(6));
        rig.check();
        assertThat(rig.check()).isEqualTo(held(HoldReason.BACKING_OFF, Duration.ofHours(48)));
        rig.clock.advance(Duration.ofHours(48));
        rig.check();

        assertThat(rig.check()).isEqualTo(held(HoldReason.SUSPENDED));
        assertThat(rig.account().state().suspension())
                .isEqualTo(new Suspension(Suspension.Reason.REPEATED_DECLINES, rig.clock.instant(), "fp_1"));
        assertThat(rig.gateway.requests())
                .hasSize(3)
                .extracting(ChargeRequest::attempt)
                .doesNotHaveDuplicates();
        assertThat(rig.balance()).isEqualTo(Credits.of(1));
        assertThat(rig.eventTypes()).contains(EventType.RECHARGE_DECLINED, EventType.SUSPENDED);
    }

    @Test
    void a_success_between_declines_starts_the_count_again() {
        rig.enabled(ALICE, "1");
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);
        rig.check();
        rig.clock.advance(Duration.ofHours(6));
        rig.check();

        assertThat(rig.account().state().declines()).isZero();
        assertThat(rig.account().state().retryAt()).isNull();
    }

    @Test
    void a_hard_decline_suspends_immediately_and_saving_the_settings_does_not_end_it() {
        rig.enabled(ALICE, "1");
        rig.gateway.declineNext("stolen_card", Kind.HARD);
        rig.check();
        rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
        rig.clock.advance(Duration.ofDays(1));

        assertThat(rig.check()).isEqualTo(held(HoldReason.SUSPENDED));

        assertThat(rig.gateway.requests()).hasSize(1);
        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.SUSPENDED);
    }

    @Test
    void saving_the_settings_after_repeated_declines_allows_exactly_one_more_try() {
        rig.enabled(ALICE, "1");
        rig.gateway.declineAll("insufficient_funds", Kind.SOFT);
        for (int i = 0; i < 3; i++) {
            rig.check();
            rig.clock.advance(Duration.ofHours(48));
        }
        assertThat(rig.check()).isEqualTo(held(HoldReason.SUSPENDED));

        rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
        rig.check();

        assertThat(rig.gateway.requests()).hasSize(4);
        assertThat(rig.check()).isEqualTo(held(HoldReason.SUSPENDED));
        assertThat(rig.eventTypes()).contains(EventType.RESUMED);
    }

    @Test
    void an_authentication_demand_suspends_and_publishes_an_event() {
        rig.enabled(ALICE, "1");
        rig.gateway.requireActionNext();

        rig.check();

        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.NEEDS_AUTHENTICATION);
        assertThat(rig.eventTypes()).contains(EventType.AUTHENTICATION_REQUIRED, EventType.SUSPENDED);
        assertThat(rig.account().state().declines()).as("counts like a decline").isOne();
        rig.clock.advance(Duration.ofDays(7));
        assertThat(rig.check()).isEqualTo(held(HoldReason.SUSPENDED));
    }

    @Test
    void a_processing_charge_blocks_the_next_and_is_granted_when_it_ends() {
        rig.enabled(ALICE, "1");
        rig.gateway.processNext();
        rig.check();
        rig.clock.advance(Duration.ofMinutes(10));
        rig.check();
        assertThat(rig.gateway.requests()).hasSize(1);

        Outcome end = rig.gateway.finish(rig.lastAttempt(), true);
        rig.settle(rig.library, ALICE, rig.lastAttempt(), end);
        rig.settle(rig.library, ALICE, rig.lastAttempt(), end);

        assertThat(rig.balance()).isEqualTo(Credits.of(121));
        assertThat(rig.entries()).hasSize(3);
        assertThat(rig.eventTypes())
                .containsExactly(EventType.ENABLED, EventType.RECHARGE_PROCESSING, EventType.RECHARGE_PAID);
    }

    @Test
    void a_success_that_arrives_for_a_declined_attempt_is_granted_and_a_later_decline_changes_nothing() {
        rig.enabled(ALICE, "1");
        rig.gateway.declineNext("do_not_honor", Kind.SOFT);
        rig.check();
        AttemptId attempt = rig.lastAttempt();

        rig.settle(rig.library, ALICE, attempt, new Outcome.Paid("pi_late", Money.of("9.00", "USD")));
        rig.settle(rig.library, ALICE, attempt, new Outcome.Declined("pi_late", "do_not_honor", Kind.SOFT));

        assertThat(rig.balance()).isEqualTo(Credits.of(121));
        assertThat(rig.lastRecharge().recharge().state()).isEqualTo(RechargeState.PAID);
        assertThat(rig.account().state().declines()).isZero();
    }

    @Test
    void a_capture_of_another_amount_is_not_granted_but_reported() {
        rig.enabled(ALICE, "1");
        rig.gateway.timeOutBeforeCaptureNext();
        rig.check();

        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Paid("pi_x", Money.of("0.90", "USD")));

        assertThat(rig.balance()).isEqualTo(Credits.of(1));
        assertThat(rig.events)
                .extracting(AutoRechargeEvent::id)
                .contains("CAPTURE_MISMATCH:" + rig.lastAttempt() + "/pi_x");
        assertThat(rig.lastRecharge().attempt().detail()).isEqualTo("capture mismatch");
        assertThat(rig.lastRecharge().attempt().providerReference()).isEqualTo("pi_x");
        assertThat(rig.lastRecharge().recharge().state()).isEqualTo(RechargeState.OPEN);
    }

    @Test
    void a_second_capture_of_one_attempt_is_not_granted_but_reported() {
        rig.enabled(ALICE, "1");
        rig.check();

        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Paid("pi_twin", Money.of("9.00", "USD")));

        assertThat(rig.balance()).isEqualTo(Credits.of(121));
        assertThat(rig.eventTypes()).contains(EventType.CAPTURE_MISMATCH);
        assertThat(rig.lastRecharge().attempt().state()).isEqualTo(AttemptState.PAID);
        assertThat(rig.lastRecharge().attempt().detail()).isEqualTo("paid");
    }

    @Test
    void a_report_for_an_attempt_of_another_account_is_not_known() {
        rig.enabled(ALICE, "1");
        rig.check();

        boolean known = rig.settle(
                rig.library,
                io.autorecharge.credit.AccountId.of("bob"),
                rig.lastAttempt(),
                new Outcome.Paid("pi_1", Money.of("9.00", "USD")));

        assertThat(known).isFalse();
        assertThat(rig.library.balance(io.autorecharge.credit.AccountId.of("bob")))
                .isEqualTo(Credits.ZERO);
    }

    @Test
    void cooldown_counts_failed_recharges_too() {
        rig.close();
        rig = new Rig(b -> b.limits(Limits.ofDefaults().withCooldown(Duration.ofDays(1))));
        rig.enabled(ALICE, "1");
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);
        rig.check();
        rig.clock.advance(Duration.ofHours(6));

        assertThat(rig.check()).isEqualTo(held(HoldReason.COOLDOWN, Duration.ofHours(18)));
    }

    @Test
    void the_spend_limit_is_reserved_by_the_claim_and_reported_once() {
        rig.close();
        rig = new Rig(b ->
                b.limits(Limits.ofDefaults().withCooldown(Duration.ZERO).withMonthlySpend(Money.of("35.00", "USD"))));
        rig.enabled(ALICE, "1");
        for (int i = 0; i < 3; i++) {
            rig.check();
            rig.debit("120", "use-" + i);
        }

        CheckResult visit = rig.check();
        rig.check();

        assertThat(rig.gateway.captures())
                .as("27 dollars, and 9 more would be 36")
                .hasSize(3);
        assertThat(visit)
                .isInstanceOfSatisfying(
                        CheckResult.Held.class,
                        held -> assertThat(held.hold().reason()).isEqualTo(HoldReason.SPEND_LIMIT));
        assertThat(rig.eventTypes().stream().filter(EventType.LIMIT_REACHED::equals))
                .hasSize(1);
    }

    @Test
    void another_card_saved_meanwhile_is_charged_instead_of_the_one_that_was_refused() {
        rig.enabled(ALICE, "1");
        rig.gateway.refuseNext(Reason.BUSY);
        rig.check();
        rig.card(ALICE, new PaymentMethod("cus_1", "pm_2", "visa", "1111", "fp_2"));
        rig.clock.advance(Duration.ofMinutes(5));
        rig.check();
        rig.check();

        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(rig.gateway.requests())
                .extracting(ChargeRequest::paymentMethodId)
                .containsExactly("pm_1", "pm_2");
    }

    @Test
    void preview_returns_the_decision_and_changes_nothing() {
        assertThat(rig.library.preview(ALICE)).isEqualTo(Decision.Hold.because(HoldReason.DISABLED));
        rig.enabled(ALICE, "1");

        assertThat(rig.library.preview(ALICE))
                .isEqualTo(new Decision.Recharge(
                        Rig.pack(100, "9.00"), Credits.of(100), Credits.of(20), Money.of("9.00", "USD"), CARD));
        assertThat(rig.gateway.requests()).isEmpty();
        assertThat(rig.store.recharges(ALICE, 10)).isEmpty();
    }

    @Test
    void no_account_is_charged_without_consent_method_or_switch() {
        rig.enabled(ALICE, "1");
        rig.store.inTransaction(ALICE, tx -> {
            tx.save(tx.account().state().withConsent(null));
            return tx;
        });
        assertThat(rig.check()).isEqualTo(held(HoldReason.NO_CONSENT));
        rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v2");
        rig.library.forgetPaymentMethod(ALICE);
        assertThat(rig.check()).isEqualTo(held(HoldReason.NO_PAYMENT_METHOD));
        rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
        assertThat(rig.check()).isEqualTo(held(HoldReason.DISABLED));
        assertThat(rig.gateway.requests()).isEmpty();
    }

    @Test
    void switching_on_again_records_the_consent_again_and_saving_while_it_is_on_does_not() {
        rig.enabled(ALICE, "50");
        Settings on = new Settings(true, 100, Credits.of(10));
        rig.clock.advance(Duration.ofDays(1));
        rig.library.configure(ALICE, on, "v1");
        assertThat(rig.library.status(ALICE).consent().withBought(null))
                .isEqualTo(agreed("v1", rig.clock.instant().minus(Duration.ofDays(1))));

        rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
        rig.library.configure(ALICE, on, "v1");

        assertThat(rig.library.status(ALICE).consent().withBought(null)).isEqualTo(agreed("v1", rig.clock.instant()));
    }

    private static Consent agreed(String version, Instant at) {
        return new Consent(version, at, Money.of("9.00", "USD"), Consent.Source.SETTINGS);
    }

    @Test
    void an_undecided_attempt_records_what_is_known_about_it() {
        rig.enabled(ALICE, "1");
        rig.gateway.refuseNext(Reason.BUSY);
        rig.check();
        assertThat(rig.lastRecharge().attempt().detail()).isEqualTo("BUSY");
        assertThat(rig.lastRecharge().attempt().providerReference()).isNull();

        rig.clock.advance(Duration.ofMinutes(1));
        rig.gateway.timeOutBeforeCaptureNext();
        rig.check();
        assertThat(rig.lastRecharge().attempt().detail()).isEqualTo("unknown");

        rig.clock.advance(Duration.ofMinutes(1));
        rig.gateway.processNext();
        rig.check();
        assertThat(rig.lastRecharge().attempt().detail()).isEqualTo("processing");
        assertThat(rig.lastRecharge().attempt().providerReference()).isEqualTo("pi_processing");
    }

    @Test
    void a_failed_look_up_leaves_the_attempt_in_doubt_and_a_wrong_key_is_reported_as_such() {
        rig.enabled(ALICE, "1");
        rig.gateway.timeOutBeforeCaptureNext();
        rig.check();

        rig.gateway.failLookUps(true);
        rig.clock.advance(Duration.ofMinutes(1));
        assertThat(rig.check())
                .isInstanceOfSatisfying(
                        CheckResult.Charged.class,
                        it -> assertThat(it.outcome())
                                .isEqualTo(new Outcome.NotSubmitted(Reason.CONFIGURATION, "failed by the test")));
        rig.gateway.failLookUps(false);
        rig.clock.advance(Duration.ofMinutes(1));
        assertThat(rig.check())
                .isInstanceOfSatisfying(
                        CheckResult.Charged.class,
                        it -> assertThat(it.outcome())
                                .isEqualTo(new Outcome.Unknown("look-up failed: failed by the test")));

        assertThat(rig.lastRecharge().attempt().inDoubt()).isTrue();
        assertThat(rig.gateway.requests()).hasSize(1);
    }

    @Test
    void after_a_look_up_that_finds_nothing_the_result_is_that_of_the_next_send() {
        rig.enabled(ALICE, "1");
        rig.gateway.timeOutBeforeCaptureNext();
        rig.check();
        rig.clock.advance(Duration.ofSeconds(5));

        assertThat(rig.check())
                .isInstanceOfSatisfying(
                        CheckResult.Charged.class,
                        it -> assertThat(it.outcome()).isEqualTo(new Outcome.Paid("pi_1", Money.of("9.00", "USD"))));
    }

    @Test
    void a_purchase_limit_is_reported_once_with_the_time_when_it_ends() {
        rig.close();
        rig = new Rig(
                b -> b.limits(Limits.ofDefaults().withCooldown(Duration.ZERO).withPurchases(1, Duration.ofHours(1))));
        rig.enabled(ALICE, "1");
        rig.check();
        rig.debit("120", "use");

        assertThat(rig.check()).isEqualTo(held(HoldReason.PURCHASE_LIMIT, Duration.ofHours(1)));
        rig.check();

        assertThat(rig.events)
                .filteredOn(it -> it.type() == EventType.LIMIT_REACHED)
                .extracting(AutoRechargeEvent::reason, AutoRechargeEvent::until)
                .containsExactly(tuple("PURCHASE_LIMIT", rig.clock.instant().plus(Duration.ofHours(1))));
    }

    @Test
    void the_observer_sees_every_decision_to_recharge_and_to_hold() {
        List<Decision> seen = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>();
        rig.enabled(ALICE, "1");
        AutoRechargeObserver observer = new AutoRechargeObserver() {
            @Override
            public void decided(AccountId account, Decision decision) {
                seen.add(decision);
            }

            @Override
            public void charged(AccountId account, Outcome outcome, Duration took) {
                outcomes.add(outcome);
            }
        };
        try (AutoRecharge node = AutoRecharge.builder(rig.policy, rig.store, rig.gateway)
                .clock(rig.clock)
                .observer(observer)
                .build()) {
            node.check(ALICE);
            node.check(ALICE);
        }

        assertThat(seen)
                .containsExactly(
                        new Decision.Recharge(
                                Rig.pack(100, "9.00"), Credits.of(100), Credits.of(20), Money.of("9.00", "USD"), CARD),
                        Decision.Hold.because(HoldReason.ABOVE_THRESHOLD));
        assertThat(outcomes).containsExactly(new Outcome.Paid("pi_1", Money.of("9.00", "USD")));
    }

    @Test
    void a_busy_database_is_a_hold_and_a_broken_one_a_failure() {
        rig.enabled(ALICE, "1");
        for (boolean busy : new boolean[] {true, false}) {
            StoreException failure = new StoreException(busy, "by the test", null);
            RechargeStore store = (RechargeStore) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {RechargeStore.class}, (proxy, method, values) -> {
                        throw failure;
                    });
            try (AutoRecharge node = AutoRecharge.builder(rig.policy, store, rig.store, rig.gateway)
                    .clock(rig.clock)
                    .build()) {
                if (busy) {
                    assertThat(node.check(ALICE)).isEqualTo(held(HoldReason.CONTENTION, Duration.ofSeconds(1)));
                } else {
                    assertThatThrownBy(() -> node.check(ALICE)).isSameAs(failure);
                }
            }
        }
        assertThat(rig.gateway.requests()).isEmpty();
    }

    @Test
    void of_a_gateway_that_throws_nothing_is_known() {
        rig.enabled(ALICE, "1");
        try (AutoRecharge node = node((proxy, method, values) -> {
            if (method.getName().equals("stampCustomer")) {
                return CustomerOwner.OURS;
            }
            throw new IllegalStateException("by the test");
        })) {
            assertThat(outcome(node.check(ALICE))).isEqualTo(new Outcome.Unknown("java.lang.IllegalStateException"));
            rig.clock.advance(Duration.ofMinutes(1));
            assertThat(outcome(node.check(ALICE)))
                    .isEqualTo(new Outcome.Unknown("look-up failed: java.lang.IllegalStateException"));
        }
        assertThat(rig.lastRecharge().attempt().inDoubt()).isTrue();
    }

    @Test
    void a_refusal_of_the_second_send_says_nothing_about_the_first() {
        rig.enabled(ALICE, "1");
        rig.gateway.timeOutBeforeCaptureNext();
        rig.check();
        rig.clock.advance(Duration.ofMinutes(1));
        try (AutoRecharge node =
                node((proxy, method, values) -> method.getName().equals("lookUp")
                        ? new LookUp.Absent()
                        : new Outcome.NotSubmitted(Reason.CONFIGURATION, "401"))) {
            assertThat(outcome(node.check(ALICE)))
                    .isEqualTo(new Outcome.Unknown("refused now, but an earlier request is in doubt: 401"));
        }
    }

    @Test
    void a_charge_that_went_through_ends_the_back_off_but_not_the_stop_of_a_refund() {
        rig.enabled(ALICE, "1");
        rig.gateway.declineNext("do_not_honor", Kind.SOFT);
        rig.check();
        Money price = Money.of("9.00", "USD");
        rig.store.inTransaction(ALICE, tx -> {
            tx.saveCustomer("cus_1");
            return tx;
        });
        rig.settle(
                rig.library,
                ALICE,
                new PaymentReversals(
                        "pi_old",
                        "cus_1",
                        price,
                        List.of(new Reversal("re_1", Reversal.Kind.REFUND, price, Money.of("0.00", "USD")))));

        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Paid("pi_late", price));

        assertThat(rig.account().state().declines()).isZero();
        assertThat(rig.account().state().retryAt()).isNull();
        assertThat(rig.account().state().suspension())
                .isEqualTo(new Suspension(Suspension.Reason.REFUNDED, rig.clock.instant(), null));
    }

    @Test
    void an_abandoned_attempt_records_whether_it_was_still_wanted() {
        rig.enabled(ALICE, "1");
        rig.gateway.refuseNext(Reason.BUSY);
        rig.check();
        rig.clock.advance(Duration.ofDays(1));
        rig.check();
        rig.gateway.refuseNext(Reason.BUSY);
        rig.check();
        rig.clock.advance(Duration.ofMinutes(1));
        rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
        rig.check();

        assertThat(rig.events)
                .filteredOn(it -> it.type() == EventType.RECHARGE_ABANDONED)
                .extracting(AutoRechargeEvent::reason)
                .containsExactly("never carried out by the provider", "no longer wanted");
    }

    @Test
    void a_report_about_a_known_attempt_is_answered_with_true() {
        rig.enabled(ALICE, "1");
        rig.check();

        assertThat(rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Paid("pi_1", Money.of("9.00", "USD"))))
                .isTrue();
    }

    @Test
    void after_repeated_declines_one_attempt_follows_immediately_and_further_ones_daily() {
        rig.enabled(ALICE, "1");
        rig.gateway.declineAll("insufficient_funds", Kind.SOFT);
        for (int hours : new int[] {6, 48, 0}) {
            rig.check();
            rig.clock.advance(Duration.ofHours(hours));
        }
        rig.clock.advance(Duration.ofMinutes(5));

        rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
        rig.check();
        assertThat(rig.gateway.requests()).hasSize(4);
        rig.clock.advance(Duration.ofMinutes(5));
        rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");

        assertThat(rig.check())
                .isEqualTo(held(HoldReason.BACKING_OFF, Duration.ofDays(1).minusMinutes(5)));
    }

    @Test
    void every_outcome_is_one_of_the_six_so_that_a_seventh_must_be_thought_about_here() {
        assertThat(List.of(Outcome.class.getPermittedSubclasses()))
                .containsExactlyInAnyOrder(
                        Outcome.Paid.class,
                        Outcome.Processing.class,
                        Outcome.ActionRequired.class,
                        Outcome.Declined.class,
                        Outcome.NotSubmitted.class,
                        Outcome.Unknown.class);
    }

    private AutoRecharge node(InvocationHandler gateway) {
        Gateway provider = (Gateway) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Gateway.class},
                (proxy, method, values) -> switch (method.getName()) {
                    case "minimumCharge" -> Money.of("0.50", "USD");
                    case "maximumCharge" -> Money.of("999999.99", "USD");
                    case "mode" -> KeyMode.TEST;
                    default -> gateway.invoke(proxy, method, values);
                });
        return AutoRecharge.builder(rig.policy, rig.store, provider)
                .clock(rig.clock)
                .build();
    }

    private static Outcome outcome(CheckResult visit) {
        return ((CheckResult.Charged) visit).outcome();
    }

    private CheckResult held(HoldReason reason) {
        return new CheckResult.Held(ALICE, Decision.Hold.because(reason));
    }

    private CheckResult held(HoldReason reason, Duration from) {
        return new CheckResult.Held(
                ALICE, new Decision.Hold(reason, rig.clock.instant().plus(from)));
    }
}
