package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutRequest;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.CheckoutTerms;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.Status;
import io.autorecharge.store.RechargeState;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The bank asked for authentication of a recharge of 100 credits and 20 for 9 dollars, and the customer pays it in a checkout.
 */
class RecoveryTest {
    private static final Money PRICE = Money.of("9.00", "USD");
    private static final PaymentMethod CARD = new PaymentMethod("cus_1", "pm_1", "visa", "3184", "fp_1");

    private final Rig rig = new Rig().alone();

    @AfterEach
    void close() {
        rig.close();
    }

    @BeforeEach
    void a_recharge_that_needs_the_customer() {
        rig.enabled(ALICE, "1");
        rig.gateway.requireActionNext();
        rig.check();
        rig.events.clear();
    }

    @Test
    void the_recovery_checkout_pays_the_same_recharge_with_its_bonus_and_ends_the_suspension() {
        CheckoutSession session = rig.library.openRecovery(ALICE).orElseThrow();
        CheckoutRequest request = rig.checkout.last();
        assertThat(request)
                .isEqualTo(new CheckoutRequest(
                        ALICE,
                        request.checkout(),
                        "cus_1",
                        new CheckoutTerms(100, false, "v1", rig.lastAttempt()),
                        PRICE,
                        true,
                        rig.clock.instant(),
                        rig.library.installation()));
        rig.checkout.outcomes.put(session.sessionId(), paid("pi_9"));

        rig.library.refreshCheckouts(ALICE);
        rig.settle(rig.library, ALICE, request.checkout(), paid("pi_9"));

        assertThat(rig.balance()).isEqualTo(Credits.of(121));
        assertThat(rig.entries())
                .extracting(LedgerEntry::description)
                .startsWith("Auto-recharge bonus: 20 credits", "Auto-recharge: 100 credits");
        assertThat(rig.store.recharges(ALICE, 10)).hasSize(1);
        assertThat(rig.lastRecharge().recharge().state()).isEqualTo(RechargeState.PAID);
        assertThat(rig.eventTypes()).containsExactly(EventType.RESUMED, EventType.RECHARGE_PAID);
        assertThat(rig.events.get(1).subject())
                .isEqualTo(rig.lastRecharge().recharge().id().value());
        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.ACTIVE);
        assertThat(rig.gateway.captures()).isEmpty();
        assertThat(rig.library.openRecovery(ALICE)).as("nothing is left to pay").isEmpty();
    }

    @Test
    void opened_again_it_returns_the_same_session_until_that_has_expired() {
        CheckoutSession first = rig.library.openRecovery(ALICE).orElseThrow();
        assertThat(rig.library.openRecovery(ALICE)).contains(first);

        rig.checkout.outcomes.put(first.sessionId(), new CheckoutOutcome.Closed("expired"));
        CheckoutSession second = rig.library.openRecovery(ALICE).orElseThrow();

        assertThat(second.sessionId()).isNotEqualTo(first.sessionId());
        assertThat(rig.store.recharges(ALICE, 10)).hasSize(1);
    }

    @Test
    void while_the_recovery_checkout_is_open_nothing_is_charged_automatically() {
        CheckoutSession session = rig.library.openRecovery(ALICE).orElseThrow();
        rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
        rig.clock.advance(Duration.ofDays(2));

        assertThat(reasonOf(rig.check())).isEqualTo(HoldReason.RECHARGE_OPEN);
        assertThat(rig.gateway.captures()).isEmpty();
        rig.checkout.outcomes.put(session.sessionId(), new CheckoutOutcome.Closed("expired"));
        rig.clock.advance(Duration.ofHours(2));
        rig.check();
        assertThat(rig.gateway.captures())
                .as("the one more attempt that was requested")
                .hasSize(1);
    }

    @Test
    void a_late_success_of_the_first_charge_closes_the_checkout_so_that_it_is_paid_once() {
        CheckoutSession session = rig.library.openRecovery(ALICE).orElseThrow();

        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Paid("pi_action", PRICE));
        rig.check();

        assertThat(rig.checkout.outcomes.get(session.sessionId())).isInstanceOf(CheckoutOutcome.Closed.class);
        assertThat(rig.balance()).isEqualTo(Credits.of(121));
        assertThat(rig.account().state().dueAt()).isNull();
        assertThat(rig.eventTypes()).contains(EventType.CONTRARY_OUTCOME);
    }

    @Test
    void an_unreported_success_is_found_before_a_recovery_checkout_is_offered() {
        rig.gateway.finish(rig.lastAttempt(), true);

        assertThat(rig.library.openRecovery(ALICE)).isEmpty();

        assertThat(rig.checkout.requests).isEmpty();
        assertThat(rig.balance()).isEqualTo(Credits.of(121));
    }

    @Test
    void no_recovery_checkout_is_offered_until_the_provider_has_closed_the_first_charge() {
        rig.gateway.failLookUps(false);

        assertThatThrownBy(() -> rig.library.openRecovery(ALICE)).isInstanceOf(GatewayException.class);

        assertThat(rig.checkout.requests).isEmpty();
        rig.gateway.answerLookUps();
        assertThat(rig.library.openRecovery(ALICE)).isPresent();
    }

    @Test
    void a_wrong_key_is_distinguished_from_a_provider_that_does_not_answer() {
        for (boolean wrongKey : new boolean[] {true, false}) {
            rig.gateway.failLookUps(wrongKey);

            assertThatThrownBy(() -> rig.library.openRecovery(ALICE))
                    .isInstanceOfSatisfying(
                            GatewayException.class,
                            it -> assertThat(it.isConfiguration()).isEqualTo(wrongKey));
        }
    }

    @Test
    void when_charge_and_checkout_are_both_captured_both_are_granted_and_reported() {
        rig.library.openRecovery(ALICE);
        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Paid("pi_action", PRICE));
        rig.events.clear();

        rig.settle(rig.library, ALICE, rig.checkout.last().checkout(), paid("pi_9"));

        assertThat(rig.balance()).as("without a second bonus").isEqualTo(Credits.of(221));
        assertThat(rig.events)
                .filteredOn(it -> it.type() == EventType.CONTRARY_OUTCOME)
                .extracting(AutoRechargeEvent::reason)
                .containsExactly("PAID_TWICE");
    }

    @Test
    void a_first_charge_that_is_captured_after_the_checkout_grants_no_second_bonus() {
        rig.library.openRecovery(ALICE);
        rig.settle(rig.library, ALICE, rig.checkout.last().checkout(), paid("pi_9"));
        rig.events.clear();

        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Paid("pi_action", PRICE));

        assertThat(rig.balance()).isEqualTo(Credits.of(221));
        assertThat(rig.events)
                .filteredOn(it -> it.type() == EventType.RECHARGE_PAID)
                .extracting(AutoRechargeEvent::bonus)
                .containsExactly(Credits.ZERO);
        assertThat(rig.events)
                .filteredOn(it -> it.type() == EventType.CONTRARY_OUTCOME)
                .extracting(AutoRechargeEvent::reason)
                .containsExactly("PAID_TWICE");
    }

    @Test
    void nothing_is_offered_to_an_account_whose_last_recharge_requires_no_authentication() {
        rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
        rig.clock.advance(Duration.ofDays(2));
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);
        rig.check();

        assertThat(rig.library.openRecovery(ALICE)).isEmpty();
        assertThat(rig.library.openRecovery(io.autorecharge.credit.AccountId.of("nobody")))
                .isEmpty();
    }

    @Test
    void after_switching_off_the_recovery_is_not_offered_and_an_open_session_is_closed() {
        CheckoutSession session = rig.library.openRecovery(ALICE).orElseThrow();
        rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);

        rig.check();

        assertThat(rig.checkout.outcomes.get(session.sessionId())).isInstanceOf(CheckoutOutcome.Closed.class);
        assertThat(rig.library.openRecovery(ALICE)).isEmpty();
        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.OFF);
        assertThat(rig.account().state().dueAt()).isNull();
    }

    @Test
    void a_first_charge_that_was_authenticated_is_found_and_granted_also_after_the_withdrawal() {
        for (boolean switchedOff : new boolean[] {true, false}) {
            Rig own = switchedOff ? rig : other();
            own.gateway.finish(own.lastAttempt(), true);
            if (switchedOff) {
                own.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
            } else {
                own.library.forgetPaymentMethod(ALICE);
            }

            assertThat(own.library.openRecovery(ALICE)).isEmpty();

            assertThat(own.checkout.requests).isEmpty();
            assertThat(own.lastRecharge().recharge().state()).isEqualTo(RechargeState.PAID);
            assertThat(own.balance()).isEqualTo(Credits.of(121));
        }
    }

    @Test
    void after_removing_the_card_the_recovery_is_not_offered_and_the_status_says_what_is_missing() {
        CheckoutSession session = rig.library.openRecovery(ALICE).orElseThrow();
        rig.library.forgetPaymentMethod(ALICE);

        rig.check();

        assertThat(rig.checkout.outcomes.get(session.sessionId())).isInstanceOf(CheckoutOutcome.Closed.class);
        assertThat(rig.library.openRecovery(ALICE)).isEmpty();
        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.INCOMPLETE);
        assertThat(rig.library.status(ALICE).reason()).isEqualTo(HoldReason.NO_PAYMENT_METHOD.name());
    }

    @Test
    void after_replacing_the_card_the_recovery_is_closed_and_the_new_card_is_charged() {
        rig.library.openRecovery(ALICE);
        rig.library.savePaymentMethod(ALICE, new PaymentMethod("cus_1", "pm_2", "visa", "4242", "fp_2"));

        rig.clock.advance(Duration.ofMinutes(10));
        rig.check();

        assertThat(rig.library.openRecovery(ALICE)).isEmpty();
        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(rig.balance()).isEqualTo(Credits.of(121));
    }

    @Test
    void a_session_that_is_paid_after_the_withdrawal_grants_what_was_paid_and_saves_and_switches_on_nothing() {
        for (boolean removed : new boolean[] {true, false}) {
            Rig own = removed ? rig : other();
            own.library.openRecovery(ALICE);
            if (removed) {
                own.library.forgetPaymentMethod(ALICE);
            } else {
                own.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
            }

            own.settle(own.library, ALICE, own.checkout.last().checkout(), paidWithAnotherCard("pi_9"));

            assertThat(own.balance()).as("without the bonus").isEqualTo(Credits.of(101));
            assertThat(own.lastRecharge().recharge().state()).isEqualTo(RechargeState.PAID);
            assertThat(own.account().method()).isEqualTo(removed ? null : CARD_BEFORE);
            assertThat(own.account().settings().enabled()).isEqualTo(removed);
            assertThat(own.account().state().consent() == null).isEqualTo(!removed);
            assertThat(own.library.openRecovery(ALICE)).isEmpty();
        }
    }

    private static final PaymentMethod CARD_BEFORE = Rig.CARD;

    private Rig other() {
        Rig other = new Rig().alone();
        other.enabled(ALICE, "1");
        other.gateway.requireActionNext();
        other.check();
        return other;
    }

    private static CheckoutOutcome paidWithAnotherCard(String charge) {
        return new CheckoutOutcome.Paid(charge, PRICE, new PaymentMethod("cus_1", "pm_3", "visa", "1111", "fp_3"));
    }

    @Test
    void a_recovery_that_is_paid_without_saving_a_method_ends_the_suspension() {
        rig.library.openRecovery(ALICE);

        rig.settle(rig.library, ALICE, rig.checkout.last().checkout(), new CheckoutOutcome.Paid("pi_9", PRICE, null));

        assertThat(rig.balance()).isEqualTo(Credits.of(121));
        assertThat(rig.account().state().suspension()).isNull();
        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.ACTIVE);
        assertThat(rig.eventTypes())
                .containsExactly(EventType.METHOD_NOT_SAVED, EventType.RESUMED, EventType.RECHARGE_PAID);
    }

    @Test
    void a_recovery_that_is_paid_without_saving_a_method_ends_no_other_suspension() {
        rig.library.openRecovery(ALICE);
        Suspension dispute = new Suspension(Suspension.Reason.DISPUTED, rig.clock.instant(), null);
        rig.store.inTransaction(ALICE, tx -> {
            tx.save(tx.account().state().stopped(dispute));
            return tx;
        });

        rig.settle(rig.library, ALICE, rig.checkout.last().checkout(), new CheckoutOutcome.Paid("pi_9", PRICE, null));

        assertThat(rig.account().state().suspension()).isEqualTo(dispute);
    }

    @Test
    void a_purchase_that_was_to_enable_and_is_paid_after_switching_off_saves_no_method() {
        rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
        CheckoutSession session = rig.library.openCheckout(ALICE, 100, "v1", null);
        rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
        rig.checkout.outcomes.put(session.sessionId(), paidWithAnotherCard("pi_7"));

        rig.library.refreshCheckouts(ALICE);

        assertThat(rig.balance()).isEqualTo(Credits.of(101));
        assertThat(rig.account().method()).isEqualTo(CARD_BEFORE);
        assertThat(rig.account().settings().enabled()).isFalse();
    }

    private CheckoutOutcome paid(String charge) {
        return new CheckoutOutcome.Paid(charge, PRICE, CARD);
    }

    private static HoldReason reasonOf(CheckResult visit) {
        return ((CheckResult.Held) visit).hold().reason();
    }
}
