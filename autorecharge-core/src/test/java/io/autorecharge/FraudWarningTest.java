package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static io.autorecharge.Rig.CARD;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.CardStop;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The card network reports a payment as fraud before anybody disputes it. */
class FraudWarningTest {
    private static final AccountId BOB = AccountId.of("bob");
    private static final Money PRICE = Money.of("9.00", "USD");
    private static final Credits RECHARGED = Credits.of(121);

    private final Rig rig = new Rig().alone();
    private String charge = "";

    @BeforeEach
    void recharged() {
        rig.enabled(ALICE, "1").check();
        charge = String.valueOf(rig.lastRecharge().attempt().providerReference());
        rig.clock.advance(Duration.ofDays(1));
        assertThat(rig.balance()).isEqualTo(RECHARGED);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void the_account_is_suspended_and_its_card_stopped_for_every_account_and_no_credits_are_removed() {
        rig.enabled(BOB, "1");
        rig.card(BOB, new PaymentMethod("cus_2", "pm_2", "visa", "4242", CARD.fingerprint()));

        assertThat(warn("issfr_1", CARD.fingerprint())).isTrue();

        assertThat(rig.balance()).isEqualTo(RECHARGED);
        Status status = rig.library.status(ALICE);
        assertThat(status.state()).isEqualTo(Status.State.SUSPENDED);
        assertThat(status.reason()).isEqualTo("FRAUD_WARNING");
        assertThat(stop(CARD)).isEqualTo(CardStop.Reason.FRAUD_WARNING);
        rig.debit("115", "spent");
        rig.check();
        rig.library.check(BOB);
        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(rig.library.preview(BOB)).isEqualTo(Decision.Hold.because(HoldReason.CARD_STOPPED));
    }

    @Test
    void each_warning_is_reported_once_however_often_it_arrives() {
        for (int i = 0; i < 3; i++) {
            warn("issfr_1", CARD.fingerprint());
            rig.clock.advance(Duration.ofHours(1));
        }

        assertThat(rig.events)
                .filteredOn(it -> it.type() == EventType.FRAUD_WARNING)
                .singleElement()
                .satisfies(it -> assertThat(it.subject()).isEqualTo(charge));
        assertThat(reasons(EventType.SUSPENDED)).containsExactly("FRAUD_WARNING");
        assertThat(rig.events).noneMatch(it -> it.type() == EventType.PAYMENT_REVERSED);
    }

    @Test
    void a_warning_about_a_refunded_payment_stops_the_card_and_is_harder_to_end_than_the_refund() {
        Reversal refund = new Reversal("re_1", Reversal.Kind.REFUND, PRICE, none());
        rig.settle(rig.library, ALICE, new PaymentReversals(charge, CARD.customerId(), PRICE, List.of(refund)));
        Credits left = rig.balance();
        rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
        assertThat(suspension()).isNull();

        rig.settle(
                rig.library,
                ALICE,
                new PaymentReversals(charge, CARD.customerId(), PRICE, List.of(refund), CARD.fingerprint())
                        .warned("issfr_1"));
        rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");

        assertThat(rig.balance()).isEqualTo(left);
        assertThat(suspension()).isEqualTo(Suspension.Reason.FRAUD_WARNING);
        assertThat(stop(CARD)).isEqualTo(CardStop.Reason.FRAUD_WARNING);
        rig.check();
        assertThat(rig.gateway.captures()).hasSize(1);
    }

    @Test
    void a_refund_after_the_warning_removes_the_credits_and_the_suspension_stays() {
        warn("issfr_1", CARD.fingerprint());
        Reversal refund = new Reversal("re_1", Reversal.Kind.REFUND, PRICE, none());
        rig.settle(rig.library, ALICE, new PaymentReversals(charge, CARD.customerId(), PRICE, List.of(refund)));

        assertThat(rig.balance()).isEqualTo(Credits.of(1));
        assertThat(suspension()).isEqualTo(Suspension.Reason.FRAUD_WARNING);
        assertThat(reasons(EventType.PAYMENT_REVERSED)).containsExactly("REFUND");
    }

    @Test
    void a_warning_that_comes_before_the_payment_is_known_suspends_when_it_is_granted() {
        rig.debit("115", "spent");
        rig.gateway.timeOutAfterCaptureNext();
        rig.check();
        AttemptId open = rig.lastAttempt();
        String second = rig.gateway.captures().get(1).reference();
        rig.library.settle(new ProviderReport.Reversal(
                ALICE,
                new PaymentReversals(second, CARD.customerId(), PRICE, List.of()).warned("issfr_2"),
                new ProviderReport.Origin(open, null),
                rig.library.installation(),
                null));
        assertThat(stop(CARD)).isEqualTo(CardStop.Reason.FRAUD_WARNING);

        rig.settle(rig.library, ALICE, open, new Outcome.Paid(second, PRICE));

        assertThat(suspension()).isEqualTo(Suspension.Reason.FRAUD_WARNING);
        assertThat(rig.balance()).isEqualTo(Credits.of(126));
    }

    @Test
    void a_purchase_in_person_ends_the_suspension_but_not_the_stop_of_the_card() {
        warn("issfr_1", CARD.fingerprint());
        rig.clock.advance(Duration.ofMinutes(1));
        rig.debit("115", "spent");
        CheckoutSession session = rig.library.openCheckout(ALICE, 100, "v1", null);
        rig.checkout.outcomes.put(
                session.sessionId(),
                new CheckoutOutcome.Paid("pi_page", rig.checkout.last().price(), CARD));
        rig.library.refreshCheckouts(ALICE);
        rig.debit("125", "spent more");
        rig.clock.advance(Duration.ofDays(1));

        assertThat(suspension()).isNull();
        assertThat(rig.library.preview(ALICE)).isEqualTo(Decision.Hold.because(HoldReason.CARD_STOPPED));
        assertThat(rig.library.status(ALICE).reason()).isEqualTo("CARD_STOPPED");
    }

    @Test
    void a_warning_that_no_webhook_reported_is_found_by_polling() {
        rig.gateway.warn(charge, "issfr_1");
        try (AutoRecharge node = rig.engine()) {
            node.runOnce();
            node.runOnce();
        }

        assertThat(suspension()).isEqualTo(Suspension.Reason.FRAUD_WARNING);
        assertThat(stop(CARD)).isEqualTo(CardStop.Reason.FRAUD_WARNING);
        assertThat(rig.events)
                .filteredOn(it -> it.type() == EventType.FRAUD_WARNING)
                .hasSize(1);
    }

    @Test
    void a_reconciliation_finds_a_missed_warning() {
        rig.gateway.warn(charge, "issfr_1");
        try (AutoRecharge node = rig.engine()) {
            node.reconcileSince(rig.clock.instant().minus(Duration.ofDays(2)));
        }

        assertThat(suspension()).isEqualTo(Suspension.Reason.FRAUD_WARNING);
    }

    @Test
    void a_warning_about_another_customers_payment_changes_nothing() {
        assertThat(rig.settle(
                        rig.library,
                        ALICE,
                        new PaymentReversals("pi_strange", "cus_strange", PRICE, List.of(), CARD.fingerprint())
                                .warned("issfr_1")))
                .isFalse();

        assertThat(suspension()).isNull();
        assertThat(stop(CARD)).isNull();
    }

    private boolean warn(String warning, String card) {
        return rig.settle(
                rig.library,
                ALICE,
                new PaymentReversals(charge, CARD.customerId(), PRICE, List.of(), card).warned(warning));
    }

    private CardStop.@Nullable Reason stop(PaymentMethod method) {
        CardStop stop = rig.store.cardUse(method.card(), Instant.EPOCH).stop();
        return stop == null ? null : stop.reason();
    }

    private Suspension.@Nullable Reason suspension() {
        Suspension stop = rig.account().state().suspension();
        return stop == null ? null : stop.reason();
    }

    private List<@Nullable String> reasons(EventType type) {
        return rig.events.stream()
                .filter(it -> it.type() == type)
                .map(AutoRechargeEvent::reason)
                .toList();
    }

    private static Money none() {
        return new Money(0, PRICE.currency());
    }
}
