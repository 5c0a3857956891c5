package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.NegativeBalance;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.Status;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.OwedEntries;
import io.autorecharge.store.RechargeState;
import io.autorecharge.testkit.Reports;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What happens when the database refuses the ledger entries of a payment. The account starts at 1 and recharges 100 and 20 for 9 dollars.
 */
class RefusedEntriesTest {
    private static final String CHARGE = "pi_1";
    private static final Money PRICE = Money.of("9.00", "USD");
    private static final Settings ON = new Settings(true, 100, Credits.of(10));

    private final Rig rig = new Rig().alone();
    private AutoRecharge node = rig.library;

    @AfterEach
    void close() {
        node.close();
        rig.close();
    }

    private void with(NegativeBalance negative) {
        node = AutoRecharge.builder(rig.policy, rig.store, rig.gateway)
                .checkout(rig.checkout)
                .clock(rig.clock)
                .listener(rig.events::add)
                .listenerExecutor(Runnable::run)
                .callsPerSecond(100_000)
                .afterCommit(task -> {})
                .negativeBalance(negative)
                .build();
    }

    private void recharged() {
        rig.enabled(ALICE, "1");
        rig.check();
        assertThat(rig.balance()).isEqualTo(Credits.of(121));
    }

    private void refuseNegative() {
        rig.store.refuse(Credits::isNegative);
    }

    private void refuseNothing() {
        rig.store.refuse(balance -> false);
    }

    private boolean report(Reversal... reversals) {
        return node.settle(
                Reports.reversal(node, ALICE, new PaymentReversals(CHARGE, "cus_1", PRICE, List.of(reversals))));
    }

    private static Reversal refund(String id, String taken, String returned) {
        return new Reversal(id, Reversal.Kind.REFUND, Money.of(taken, "USD"), Money.of(returned, "USD"));
    }

    private static Reversal dispute(String taken, String returned) {
        return new Reversal("dp_1", Reversal.Kind.DISPUTE, Money.of(taken, "USD"), Money.of(returned, "USD"));
    }

    private void checkLater() {
        rig.clock.advance(Duration.ofHours(2));
        node.check(ALICE);
    }

    private List<OwedEntries> owed() {
        return rig.store.owed(ALICE);
    }

    private long events(EventType... types) {
        return rig.events.stream()
                .filter(it -> Arrays.asList(types).contains(it.type()))
                .count();
    }

    private Credits reversed() {
        return rig.entries().stream()
                .filter(it -> it.type() == EntryType.REVERSAL)
                .map(LedgerEntry::amount)
                .reduce(Credits.ZERO, Credits::plus);
    }

    @Test
    void a_refund_suspends_although_its_entries_are_refused_and_removes_them_once_when_they_are_accepted() {
        recharged();
        rig.debit("121", "spent");
        refuseNegative();
        rig.events.clear();

        assertThat(report(refund("re_1", "9.00", "0.00"))).isTrue();

        assertThat(rig.account().state().suspension().reason()).isEqualTo(Suspension.Reason.REFUNDED);
        assertThat(rig.balance()).isEqualTo(Credits.ZERO);
        assertThat(owed()).hasSize(1);
        for (int i = 0; i < 5; i++) {
            checkLater();
            report(refund("re_1", "9.00", "0.00"));
        }
        assertThat(rig.gateway.captures())
                .as("the refunded card is not charged again")
                .hasSize(1);
        assertThat(owed().get(0).tries()).isEqualTo(6);
        assertThat(events(EventType.ENTRIES_REFUSED)).isEqualTo(1);
        assertThat(events(EventType.PAYMENT_REVERSED)).isZero();

        refuseNothing();
        checkLater();
        checkLater();

        assertThat(rig.balance()).isEqualTo(Credits.of(-120));
        assertThat(reversed()).isEqualTo(Credits.of(-120));
        assertThat(owed()).isEmpty();
        assertThat(events(EventType.PAYMENT_REVERSED)).isEqualTo(1);
    }

    @Test
    void a_refused_removal_is_tried_again_at_growing_intervals_and_not_before() {
        recharged();
        rig.debit("121", "spent");
        refuseNegative();
        report(refund("re_1", "9.00", "0.00"));
        assertThat(rig.account().state().dueAt()).isEqualTo(owed().get(0).nextAt());
        assertThat(owed().get(0).nextAt()).isEqualTo(rig.clock.instant().plusSeconds(30));

        node.check(ALICE);
        node.check(ALICE);

        assertThat(owed().get(0).tries()).as("not due yet").isEqualTo(1);
        rig.clock.advance(Duration.ofSeconds(30));
        node.check(ALICE);
        assertThat(owed().get(0).tries()).isEqualTo(2);
        assertThat(rig.account().state().dueAt()).isEqualTo(rig.clock.instant().plusSeconds(90));
    }

    @Test
    void an_account_is_not_charged_while_entries_are_owed_even_if_the_user_ends_the_suspension() {
        recharged();
        rig.debit("121", "spent");
        refuseNegative();
        report(refund("re_1", "9.00", "0.00"));
        node.configure(ALICE, ON, "v1");
        assertThat(rig.account().state().suspension()).isNull();

        CheckResult result = node.check(ALICE);

        assertThat(((CheckResult.Held) result).hold().reason()).isEqualTo(HoldReason.ENTRIES_OWED);
        assertThat(rig.gateway.captures()).hasSize(1);
        Status status = node.status(ALICE);
        assertThat(status.state()).isEqualTo(Status.State.SUSPENDED);
        assertThat(status.reason()).isEqualTo("ENTRIES_OWED");
        assertThat(status.nextTry()).isEqualTo(owed().get(0).nextAt());
    }

    @Test
    void the_next_report_does_not_lose_what_is_owed() {
        recharged();
        rig.debit("121", "spent");
        refuseNegative();
        report(refund("re_1", "4.50", "0.00"));
        report(refund("re_1", "4.50", "0.00"), refund("re_2", "2.25", "0.00"));
        assertThat(reversed()).isEqualTo(Credits.ZERO);

        refuseNothing();
        report(refund("re_1", "4.50", "0.00"), refund("re_2", "4.50", "0.00"));

        assertThat(reversed()).isEqualTo(Credits.of(-120));
        assertThat(rig.events)
                .filteredOn(it -> it.type() == EventType.PAYMENT_REVERSED)
                .extracting(AutoRechargeEvent::amount)
                .containsExactly(PRICE);
    }

    @Test
    void a_payment_that_comes_back_returns_only_what_was_removed() {
        recharged();
        report(dispute("4.50", "0.00"));
        rig.debit("61", "spent");
        refuseNegative();
        report(dispute("9.00", "0.00"));
        assertThat(reversed()).isEqualTo(Credits.of(-60));
        refuseNothing();

        report(dispute("9.00", "9.00"));

        assertThat(reversed()).isEqualTo(Credits.ZERO);
        assertThat(rig.balance()).isEqualTo(Credits.of(60));
        assertThat(owed()).isEmpty();
        checkLater();
        assertThat(rig.balance()).isEqualTo(Credits.of(60));
        assertThat(rig.account().state().suspension().reason()).isEqualTo(Suspension.Reason.DISPUTED);
    }

    @Test
    void a_payment_that_comes_back_while_nothing_was_removed_changes_nothing() {
        recharged();
        rig.debit("121", "spent");
        refuseNegative();
        report(dispute("9.00", "0.00"));

        report(dispute("9.00", "9.00"));

        assertThat(rig.balance()).isEqualTo(Credits.ZERO);
        assertThat(owed()).isEmpty();
        assertThat(events(EventType.PAYMENT_REVERSED, EventType.REVERSAL_UNDONE))
                .isZero();
    }

    @Test
    void removals_go_down_to_zero_and_the_rest_is_removed_when_there_are_credits_again() {
        with(NegativeBalance.OWE);
        recharged();
        rig.debit("91", "spent");
        report(refund("re_1", "9.00", "0.00"));

        assertThat(rig.balance()).isEqualTo(Credits.ZERO);
        assertThat(reversed()).isEqualTo(Credits.of(-30));
        assertThat(owed().get(0).problem()).isEqualTo(OwedEntries.NEGATIVE_BALANCE);
        checkLater();
        node.grant(new Grant(ALICE, Credits.of(50), Category.PAID, "gift", "Gift"));
        checkLater();
        node.grant(new Grant(ALICE, Credits.of(50), Category.PAID, "gift-2", "Gift"));
        checkLater();

        assertThat(reversed()).isEqualTo(Credits.of(-120));
        assertThat(rig.balance()).isEqualTo(Credits.of(10));
        assertThat(owed()).isEmpty();
        assertThat(events(EventType.ENTRIES_REFUSED)).isEqualTo(1);
        assertThat(rig.entries())
                .filteredOn(it -> it.type() == EntryType.REVERSAL)
                .extracting(LedgerEntry::reference)
                .containsExactly(
                        "autorecharge/pi_1/reversal/900-0/3/bonus",
                        "autorecharge/pi_1/reversal/900-0/3",
                        "autorecharge/pi_1/reversal/900-0/2",
                        "autorecharge/pi_1/reversal/900-0");
    }

    @Test
    void what_is_written_off_is_neither_removed_nor_returned_later() {
        with(NegativeBalance.WRITE_OFF);
        recharged();
        rig.debit("91", "spent");
        report(dispute("9.00", "0.00"));
        assertThat(rig.balance()).isEqualTo(Credits.ZERO);
        assertThat(owed())
                .extracting(OwedEntries::writtenOff, OwedEntries::writtenOffBonus, OwedEntries::nextAt)
                .containsExactly(tuple(Credits.of(70), Credits.of(20), null));
        assertThat(events(EventType.ENTRIES_REFUSED)).isEqualTo(1);

        node.grant(new Grant(ALICE, Credits.of(200), Category.PAID, "gift", "Gift"));
        checkLater();
        assertThat(rig.balance()).as("not removed later").isEqualTo(Credits.of(200));
        report(dispute("9.00", "9.00"));

        assertThat(rig.balance()).as("only what was removed is returned").isEqualTo(Credits.of(230));
        assertThat(owed()).isEmpty();
    }

    @Test
    void a_capture_whose_grant_is_refused_is_recorded_not_charged_again_and_granted_once_later() {
        rig.store.refuse(balance -> Credits.of(100).isLessThan(balance));
        rig.enabled(ALICE, "1");

        node.check(ALICE);

        assertThat(rig.lastRecharge().attempt().state()).isEqualTo(AttemptState.PAID);
        assertThat(rig.lastRecharge().recharge().state()).isEqualTo(RechargeState.PAID);
        assertThat(rig.balance()).isEqualTo(Credits.of(1));
        assertThat(events(EventType.ENTRIES_REFUSED)).isEqualTo(1);
        assertThat(node.status(ALICE).state()).isEqualTo(Status.State.RECHARGING);
        assertThat(node.status(ALICE).reason()).isEqualTo("ENTRIES_OWED");
        for (int i = 0; i < 5; i++) {
            checkLater();
        }
        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(events(EventType.ENTRIES_REFUSED)).isEqualTo(1);

        refuseNothing();
        checkLater();
        checkLater();

        assertThat(rig.balance()).isEqualTo(Credits.of(121));
        assertThat(owed()).isEmpty();
        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(events(EventType.RECHARGE_PAID)).isEqualTo(1);
        assertThat(node.status(ALICE).state()).isEqualTo(Status.State.ACTIVE);
    }

    @Test
    void a_checkout_whose_grant_is_refused_is_recorded_with_its_bonus_and_granted_once_later() {
        rig.store.refuse(balance -> Credits.of(100).isLessThan(balance));
        CheckoutSession session = node.openCheckout(ALICE, 100, "v1", null);
        rig.checkout.outcomes.put(session.sessionId(), new CheckoutOutcome.Paid("pi_c", PRICE, Rig.CARD));

        node.refreshCheckouts(ALICE);
        node.refreshCheckouts(ALICE);
        checkLater();

        assertThat(rig.balance()).isEqualTo(Credits.ZERO);
        assertThat(rig.account().settings().enabled())
                .as("what the customer agreed to is kept")
                .isTrue();
        assertThat(owed()).hasSize(1);
        Credits bonus = owed().get(0).bought().bonus();
        assertThat(bonus.isPositive()).isTrue();
        refuseNothing();
        checkLater();
        checkLater();

        assertThat(rig.balance()).isEqualTo(Credits.of(100).plus(bonus));
        assertThat(rig.gateway.captures()).isEmpty();
    }

    @Test
    void a_refund_of_a_payment_whose_grant_is_owed_suspends_and_is_posted_with_the_grant() {
        rig.store.refuse(balance -> Credits.of(100).isLessThan(balance));
        rig.enabled(ALICE, "1");
        node.check(ALICE);

        report(refund("re_1", "4.50", "0.00"));

        assertThat(rig.account().state().suspension().reason()).isEqualTo(Suspension.Reason.REFUNDED);
        checkLater();
        refuseNothing();
        checkLater();
        assertThat(rig.balance()).isEqualTo(Credits.of(61));
        assertThat(reversed()).isEqualTo(Credits.of(-60));
        assertThat(owed()).isEmpty();
    }
}
