package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.Limits;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.PurchaseResult;
import io.autorecharge.store.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Charges that a user asks for: buying with the saved card, and trying again after a decline. */
class RequestedChargesTest {
    private static final Money PRICE = Money.of("9.00", "USD");
    private static final PaymentMethod BACKUP = new PaymentMethod("cus_1", "pm_2", "mastercard", "4444", "fp_2");

    private Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private PurchaseResult buy(String reference) {
        return rig.library.purchase(ALICE, 100, PRICE, reference);
    }

    private static HoldReason held(PurchaseResult result) {
        return ((PurchaseResult.Held) result).hold().reason();
    }

    private int requests() {
        return rig.gateway.requests().size();
    }

    @Test
    void a_package_is_bought_at_once_far_above_the_threshold_for_the_shown_price_and_without_a_bonus() {
        rig.enabled(ALICE, "500");

        PurchaseResult result = buy("click-1");

        assertThat(result)
                .isInstanceOfSatisfying(
                        PurchaseResult.Paid.class,
                        it -> assertThat(it.recharge().trigger()).isEqualTo(Trigger.REQUEST));
        assertThat(rig.balance()).isEqualTo(Credits.of(600));
        assertThat(rig.entries().get(0)).extracting(LedgerEntry::description).isEqualTo("Credit purchase: 100 credits");
        ChargeRequest request = rig.gateway.requests().get(0);
        assertThat(request.amount()).isEqualTo(PRICE);
        assertThat(request.description()).isEqualTo("Credit purchase: 100 credits");
        assertThat(rig.events)
                .filteredOn(it -> it.type() == EventType.RECHARGE_PAID)
                .singleElement()
                .satisfies(it -> assertThat(it.reason()).isEqualTo("REQUEST"));
    }

    @Test
    void neither_the_switch_nor_an_agreement_is_needed() {
        rig.card(ALICE, Rig.CARD);

        assertThat(buy("click-1")).isInstanceOf(PurchaseResult.Paid.class);
        assertThat(rig.account().settings().enabled()).isFalse();
        assertThat(rig.account().state().consent()).isNull();
    }

    @Test
    void one_request_buys_once_however_often_it_is_sent() {
        rig.enabled(ALICE, "500");

        PurchaseResult first = buy("click-1");
        rig.clock.advance(Duration.ofDays(3));

        assertThat(buy("click-1")).isEqualTo(first);
        assertThat(requests()).isEqualTo(1);
        assertThat(rig.balance()).isEqualTo(Credits.of(600));
    }

    @Test
    void two_clicks_at_the_same_moment_buy_once() throws Exception {
        rig.enabled(ALICE, "500");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<PurchaseResult>> clicks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                clicks.add(() -> buy("click-1"));
            }
            for (Future<PurchaseResult> click : threads.invokeAll(clicks)) {
                assertThat(click.get()).isInstanceOfAny(PurchaseResult.Paid.class, PurchaseResult.Pending.class);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(rig.balance()).isEqualTo(Credits.of(600));
    }

    @Test
    void another_request_buys_again_at_once() {
        rig.enabled(ALICE, "500");

        buy("click-1");
        buy("click-2");

        assertThat(rig.balance()).isEqualTo(Credits.of(700));
    }

    @Test
    void a_reference_is_not_reused_for_another_purchase() {
        rig.enabled(ALICE, "500");
        buy("click-1");

        assertThatThrownBy(() -> rig.library.purchase(ALICE, 500, Money.of("35.00", "USD"), "click-1"))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("reference"));
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void nothing_is_charged_that_the_page_did_not_show() {
        rig.enabled(ALICE, "500");

        assertThat(rig.library.purchase(ALICE, 100, Money.of("8.00", "USD"), "click-1"))
                .isEqualTo(new PurchaseResult.PriceChanged(PRICE));
        assertThat(requests()).isZero();
    }

    @Test
    void a_stop_for_everything_an_open_recharge_and_a_missing_card_hold_it() {
        rig.enabled(ALICE, "500");
        rig.library.pause("incident", "operator");
        assertThat(held(buy("click-1"))).isEqualTo(HoldReason.PAUSED);
        rig.library.resume("operator");
        rig.gateway.processNext();
        assertThat(buy("click-1")).isInstanceOf(PurchaseResult.Pending.class);

        assertThat(held(buy("click-2"))).isEqualTo(HoldReason.RECHARGE_OPEN);
        assertThat(buy("click-1")).isInstanceOf(PurchaseResult.Pending.class);

        Rig without = new Rig();
        assertThat(held(without.library.purchase(ALICE, 100, PRICE, "click-1")))
                .isEqualTo(HoldReason.NO_PAYMENT_METHOD);
        without.close();
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void the_limits_of_money_and_of_purchases_hold_it() {
        rig.close();
        rig = new Rig(it -> it.limits(Limits.ofDefaults().withMonthlySpend(Money.of("40.00", "USD"))));
        rig.enabled(ALICE, "500");
        rig.library.purchase(ALICE, 500, Money.of("35.00", "USD"), "click-1");

        assertThat(held(buy("click-2"))).isEqualTo(HoldReason.SPEND_LIMIT);
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void a_decline_tries_the_backup_within_the_same_purchase_although_auto_recharge_is_off() {
        rig.card(ALICE, Rig.CARD);
        rig.library.addPaymentMethod(ALICE, BACKUP);
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);

        assertThat(buy("click-1")).isInstanceOf(PurchaseResult.Paid.class);
        assertThat(rig.gateway.requests())
                .extracting(ChargeRequest::paymentMethodId)
                .containsExactly("pm_1", "pm_2");
        assertThat(rig.gateway.captures()).hasSize(1);
    }

    @Test
    void a_decline_is_answered_and_a_hard_one_suspends() {
        rig.enabled(ALICE, "500");
        rig.gateway.declineNext("lost_card", Kind.HARD);

        assertThat(buy("click-1")).isInstanceOf(PurchaseResult.Declined.class);
        assertThat(rig.account().state().suspension().reason()).isEqualTo(Suspension.Reason.HARD_DECLINE);
        assertThat(held(buy("click-2"))).isEqualTo(HoldReason.SUSPENDED);
    }

    @Test
    void stolen_cards_are_not_tested_by_the_thousand() {
        rig.enabled(ALICE, "500");
        rig.gateway.declineAll("insufficient_funds", Kind.SOFT);

        for (int i = 0; i < 50; i++) {
            buy("click-" + i);
            rig.clock.advance(Duration.ofMinutes(1));
            rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
        }

        assertThat(requests()).isEqualTo(10);
    }

    @Test
    void a_bank_that_wants_its_customer_gets_the_page_also_while_auto_recharge_is_off() {
        rig.card(ALICE, Rig.CARD);
        rig.gateway.requireActionNext();

        assertThat(buy("click-1")).isInstanceOf(PurchaseResult.ConfirmationRequired.class);
        var page = rig.library.openRecovery(ALICE).orElseThrow();
        rig.checkout.outcomes.put(page.sessionId(), new CheckoutOutcome.Paid("pi_page", PRICE, null));
        rig.library.refreshCheckouts(ALICE);

        assertThat(buy("click-1")).isInstanceOf(PurchaseResult.Paid.class);
        assertThat(rig.balance()).isEqualTo(Credits.of(100));
        assertThat(rig.entries()).extracting(LedgerEntry::description).containsExactly("Credit purchase: 100 credits");
    }

    @Test
    void a_purchase_whose_request_never_arrived_is_not_sent_when_its_user_has_gone() {
        rig.card(ALICE, Rig.CARD);
        rig.gateway.refuseNext(Outcome.NotSubmitted.Reason.BUSY);
        assertThat(buy("click-1")).isInstanceOf(PurchaseResult.Pending.class);
        rig.clock.advance(Duration.ofMinutes(30));

        rig.check();

        assertThat(rig.gateway.captures()).isEmpty();
        assertThat(buy("click-1")).isInstanceOf(PurchaseResult.NotCharged.class);
    }

    @Test
    void a_lost_answer_is_found_and_granted_once() {
        rig.card(ALICE, Rig.CARD);
        rig.gateway.timeOutAfterCaptureNext();
        assertThat(buy("click-1")).isInstanceOf(PurchaseResult.Pending.class);
        rig.clock.advance(Duration.ofMinutes(30));

        rig.check();

        assertThat(buy("click-1")).isInstanceOf(PurchaseResult.Paid.class);
        assertThat(rig.balance()).isEqualTo(Credits.of(100));
        assertThat(rig.gateway.captures()).hasSize(1);
    }

    @Test
    void a_purchase_by_hand_does_not_raise_what_an_old_agreement_covers() {
        rig.card(ALICE, Rig.CARD);
        rig.library.purchase(ALICE, 500, Money.of("35.00", "USD"), "click-1");

        Optional<Money> dearest = rig.store.inTransaction(ALICE, tx -> tx.dearestPaid(PRICE.currency()));
        assertThat(dearest).isEmpty();
    }

    @Test
    void another_try_charges_while_the_account_waits_after_a_decline() {
        rig.enabled(ALICE, "5");
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);
        rig.check();
        rig.clock.advance(Duration.ofMinutes(11));
        assertThat(rig.check())
                .isInstanceOfSatisfying(
                        CheckResult.Held.class,
                        it -> assertThat(it.hold().reason()).isEqualTo(HoldReason.BACKING_OFF));

        CheckResult result = rig.library.retry(ALICE);

        assertThat(result).isInstanceOfSatisfying(CheckResult.Charged.class, it -> {
            assertThat(it.outcome()).isInstanceOf(Outcome.Paid.class);
            assertThat(it.recharge().trigger()).isEqualTo(Trigger.RETRY);
        });
        assertThat(rig.balance()).isEqualTo(Credits.of(125));
    }

    @Test
    void another_try_waits_ten_minutes_after_each_charge_and_stays_within_the_limit_of_the_card() {
        rig.enabled(ALICE, "5");
        rig.gateway.declineAll("insufficient_funds", Kind.SOFT);
        rig.check();
        rig.clock.advance(Duration.ofMinutes(9));

        assertThat(rig.library.retry(ALICE))
                .isEqualTo(new CheckResult.Held(
                        ALICE,
                        new Decision.Hold(
                                HoldReason.COOLDOWN, rig.clock.instant().plus(Duration.ofMinutes(1)))));
        for (int i = 0; i < 40; i++) {
            rig.clock.advance(Duration.ofMinutes(5));
            rig.library.retry(ALICE);
            rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
        }
        assertThat(requests()).isLessThanOrEqualTo(10);
    }

    @Test
    void another_try_charges_nothing_that_is_not_due() {
        rig.enabled(ALICE, "500");

        assertThat(rig.library.retry(ALICE))
                .isEqualTo(new CheckResult.Held(ALICE, Decision.Hold.because(HoldReason.ABOVE_THRESHOLD)));
    }
}
