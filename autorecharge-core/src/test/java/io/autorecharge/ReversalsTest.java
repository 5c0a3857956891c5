package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static io.autorecharge.Rig.pack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Refusal;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.report.CheckResult;
import io.autorecharge.testkit.InMemoryStore;
import io.autorecharge.testkit.Race;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What happens to credits and bonus when a payment is refunded or disputed. The account starts at 1 and recharges 100 and 20 for 9
 * dollars.
 */
class ReversalsTest {
    private static final String CHARGE = "pi_1";
    private static final Money PRICE = Money.of("9.00", "USD");
    private static final Money NOTHING = Money.of("0.00", "USD");

    private final Rig rig = new Rig().alone();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void a_full_refund_removes_credits_and_bonus_in_separate_rows_and_suspends() {
        recharged();
        rig.events.clear();

        assertThat(report(refund("re_1", "9.00"))).isTrue();

        assertThat(rig.balance()).isEqualTo(Credits.of(1));
        assertThat(rig.entries().subList(0, 2))
                .containsExactly(
                        reversal(5, Category.PROMOTIONAL, "-20", "1", "Bonus reversed: 20 credits", "/bonus"),
                        reversal(4, Category.PAID, "-100", "21", "Payment reversed: 100 credits", ""));
        assertThat(rig.account().state().suspension())
                .isEqualTo(new Suspension(Suspension.Reason.REFUNDED, rig.clock.instant(), null));
        assertThat(rig.eventTypes()).containsExactly(EventType.SUSPENDED, EventType.PAYMENT_REVERSED);
        AutoRechargeEvent event = rig.events.get(1);
        assertThat(event)
                .isEqualTo(AutoRechargeEvent.of(
                                EventType.PAYMENT_REVERSED, ALICE, "pi_1/reversal/900-0", rig.clock.instant())
                        .about(CHARGE)
                        .bought(Credits.of(100), Credits.of(20), PRICE, Credits.of(1))
                        .because("REFUND"));
        assertThat(reasonOf(rig.check())).as("it is low again").isEqualTo(HoldReason.SUSPENDED);
        assertThat(rig.gateway.captures()).hasSize(1);
    }

    private LedgerEntry reversal(
            long sequence, Category category, String amount, String after, String text, String suffix) {
        return new LedgerEntry(
                ALICE,
                sequence,
                EntryType.REVERSAL,
                category,
                Credits.of(amount),
                Credits.of(after),
                text,
                "autorecharge/pi_1/reversal/900-0" + suffix,
                "autorecharge/pi_1",
                rig.clock.instant());
    }

    @Test
    void the_same_report_again_changes_nothing() {
        recharged();
        report(refund("re_1", "4.50"));
        int entries = rig.entries().size();
        rig.events.clear();

        report(refund("re_1", "4.50"));
        report(refund("re_1", "4.50"));

        assertThat(rig.entries()).hasSize(entries);
        assertThat(rig.balance()).isEqualTo(Credits.of(61));
        assertThat(rig.events).isEmpty();
    }

    @Test
    void parts_are_rounded_down_and_add_up_to_the_whole() {
        recharged();

        report(refund("re_1", "3.01"));
        assertThat(rig.balance())
                .as("121 less 33.444444 of the credits and 6.688888 of the bonus")
                .isEqualTo(Credits.of("80.866668"));
        report(refund("re_1", "3.01"), refund("re_2", "2.99"));
        report(refund("re_1", "3.01"), refund("re_2", "2.99"), refund("re_3", "3.00"));

        assertThat(rig.balance()).isEqualTo(Credits.of(1));
    }

    @Test
    void each_part_is_reported_with_its_own_money_and_cause() {
        recharged();
        report(dispute("dp_1", "3.00", "0.00"));
        report(dispute("dp_1", "3.00", "0.00"), refund("re_1", "4.50"));
        report(dispute("dp_1", "3.00", "3.00"), refund("re_1", "4.50"));

        assertThat(rig.events)
                .filteredOn(it -> it.type() == EventType.PAYMENT_REVERSED || it.type() == EventType.REVERSAL_UNDONE)
                .extracting(AutoRechargeEvent::reason, AutoRechargeEvent::amount)
                .containsExactly(
                        tuple("DISPUTE", Money.of("3.00", "USD")),
                        tuple("REFUND", Money.of("4.50", "USD")),
                        tuple("DISPUTE", Money.of("3.00", "USD")));
    }

    @Test
    void a_new_refund_suspends_again_and_returned_money_does_not() {
        Settings on = new Settings(true, 100, Credits.of(10));
        recharged();
        report(refund("re_1", "4.50"));
        rig.library.configure(ALICE, on, "v1");
        assertThat(rig.account().state().suspension()).isNull();

        report(refund("re_1", "9.00"));
        assertThat(rig.account().state().suspension()).isNotNull();
        rig.library.configure(ALICE, on, "v1");
        report(failed("re_1", "9.00"));

        assertThat(rig.account().state().suspension()).isNull();
    }

    @Test
    void credits_that_were_spent_are_removed_too() {
        recharged();
        rig.debit("100", "spent");

        report(refund("re_1", "9.00"));

        assertThat(rig.balance()).isEqualTo(Credits.of(-99));
        assertThat(reasonOf(rig.check())).isEqualTo(HoldReason.SUSPENDED);
    }

    @Test
    void a_refund_that_fails_later_gives_the_credits_again_once() {
        recharged();
        report(refund("re_1", "9.00"));
        rig.events.clear();

        report(failed("re_1", "9.00"));
        report(failed("re_1", "9.00"));

        assertThat(rig.balance()).isEqualTo(Credits.of(121));
        assertThat(rig.entries().get(1).description()).isEqualTo("Payment reversal undone: 100 credits");
        assertThat(rig.entries().get(0).description()).isEqualTo("Bonus reversal undone: 20 credits");
        assertThat(rig.eventTypes()).containsExactly(EventType.REVERSAL_UNDONE);
    }

    @Test
    void a_report_that_is_older_than_the_last_one_removes_nothing_again() {
        recharged();
        report(failed("re_1", "9.00"));
        report(refund("re_1", "9.00"));

        assertThat(rig.balance()).isEqualTo(Credits.of(121));
        assertThat(rig.account().state().suspension()).isNotNull();
    }

    @Test
    void a_dispute_suspends_immediately_removes_credits_with_the_money_and_restores_them_when_it_is_won() {
        recharged();

        report(dispute("dp_1", "0.00", "0.00"));
        assertThat(rig.balance()).as("no money has moved").isEqualTo(Credits.of(121));
        assertThat(rig.account().state().suspension().reason()).isEqualTo(Suspension.Reason.DISPUTED);
        report(dispute("dp_1", "9.00", "0.00"));
        assertThat(rig.balance()).isEqualTo(Credits.of(1));
        report(dispute("dp_1", "9.00", "9.00"));
        assertThat(rig.balance()).isEqualTo(Credits.of(121));

        assertThat(rig.eventTypes())
                .containsSubsequence(EventType.SUSPENDED, EventType.PAYMENT_REVERSED, EventType.REVERSAL_UNDONE)
                .doesNotContain(EventType.RESUMED);
    }

    @Test
    void a_payment_that_is_refunded_and_disputed_is_removed_once() {
        recharged();

        report(refund("re_1", "9.00"), dispute("dp_1", "9.00", "0.00"));
        assertThat(rig.balance()).isEqualTo(Credits.of(1));
        report(dispute("dp_1", "9.00", "9.00"));
        assertThat(rig.balance()).as("it is refunded still").isEqualTo(Credits.of(1));
        report(failed("re_1", "9.00"));
        assertThat(rig.balance()).isEqualTo(Credits.of(121));
    }

    @Test
    void a_dispute_of_more_than_was_paid_removes_no_more_than_was_granted() {
        recharged();

        report(dispute("dp_1", "12.00", "0.00"));

        assertThat(rig.balance()).isEqualTo(Credits.of(1));
    }

    @Test
    void a_refund_reported_before_its_payment_removes_the_credits_when_the_payment_is_settled() {
        rig.enabled(ALICE, "1");
        rig.gateway.timeOutAfterCaptureNext();
        rig.check();

        assertThat(report(refund("re_1", "4.50"))).isTrue();
        assertThat(rig.balance()).isEqualTo(Credits.of(1));
        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Paid(CHARGE, PRICE));

        assertThat(rig.balance()).isEqualTo(Credits.of(61));
        assertThat(rig.account().state().suspension())
                .as("the late success does not lift it")
                .isNotNull();
        report(refund("re_1", "4.50"), refund("re_2", "4.50"));
        assertThat(rig.balance()).isEqualTo(Credits.of(1));
    }

    @Test
    void a_checkout_purchase_is_removed_with_its_bonus_even_if_the_refund_is_reported_first() {
        rig.library.openCheckout(ALICE, 100, "v1", null);
        PaymentReversals early = new PaymentReversals(CHARGE, "cus_alice", PRICE, List.of(refund("re_1", "4.50")));
        assertThat(rig.settle(rig.library, ALICE, early)).isTrue();

        pay(CHARGE);

        assertThat(rig.balance()).isEqualTo(Credits.of(60));
        assertThat(rig.account().state().suspension().reason()).isEqualTo(Suspension.Reason.REFUNDED);
    }

    @Test
    void saving_the_settings_ends_the_stop_of_a_refund_but_not_that_of_a_dispute() {
        recharged();
        report(refund("re_1", "9.00"));
        save();
        assertThat(rig.account().state().suspension()).isNull();

        report(refund("re_1", "9.00"), dispute("dp_1", "0.00", "0.00"));
        save();
        assertThat(rig.account().state().suspension().reason()).isEqualTo(Suspension.Reason.DISPUTED);

        rig.library.openCheckout(ALICE, 100, "v1", null);
        pay("pi_9");
        assertThat(rig.account().state().suspension())
                .as("the customer paid in person")
                .isNull();
    }

    @Test
    void a_purchase_that_was_offered_before_the_money_went_back_does_not_end_the_stop() {
        recharged();
        rig.library.openCheckout(ALICE, 100, "v1", null);
        rig.clock.advance(java.time.Duration.ofMinutes(1));
        report(dispute("dp_1", "9.00", "0.00"));

        pay("pi_9");

        assertThat(rig.account().state().suspension().reason())
                .as("it may have been paid before the dispute, and be reported late")
                .isEqualTo(Suspension.Reason.DISPUTED);
        assertThat(rig.balance()).isEqualTo(Credits.of(121));
    }

    @Test
    void neither_a_decline_nor_a_success_that_was_under_way_lifts_the_stop_of_a_dispute() {
        recharged();
        rig.debit("115", "spent");
        rig.clock.advance(java.time.Duration.ofHours(1));
        rig.gateway.processNext();
        rig.check();
        report(dispute("dp_1", "0.00", "0.00"));

        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Declined("pi_2", "stolen_card", Kind.HARD));
        assertThat(rig.account().state().suspension().reason()).isEqualTo(Suspension.Reason.DISPUTED);
        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Paid("pi_2", PRICE));
        assertThat(rig.account().state().suspension().reason()).isEqualTo(Suspension.Reason.DISPUTED);
    }

    @Test
    void a_report_about_the_payment_of_another_account_is_ignored() {
        recharged();
        AccountId bob = AccountId.of("bob");
        rig.enabled(bob, "50");
        PaymentReversals foreign = new PaymentReversals("pi_77", "cus_mallory", PRICE, List.of(refund("re_1", "9.00")));

        assertThat(rig.settle(rig.library, bob, foreign)).isFalse();
        assertThat(rig.settle(rig.library, AccountId.of("nobody"), foreign)).isFalse();

        assertThat(rig.store.find(bob).orElseThrow().state().suspension()).isNull();
        assertThat(rig.store.find(AccountId.of("nobody"))).isEmpty();
    }

    @Test
    void a_payment_that_was_granted_here_is_reversed_even_after_its_customer_was_replaced() {
        recharged();

        assertThat(rig.settle(
                        rig.library,
                        ALICE,
                        new PaymentReversals(CHARGE, "cus_before", PRICE, List.of(refund("re_1", "9.00")))))
                .isTrue();
        assertThat(rig.balance()).isEqualTo(Credits.of(1));
    }

    @Test
    void simultaneous_reports_remove_credits_once() {
        recharged();
        Reversal whole = refund("re_1", "9.00");

        try (Race race = new Race()) {
            race.run(8, number -> report(whole));
        }

        assertThat(rig.balance()).isEqualTo(Credits.of(1));
    }

    @Test
    void the_share_of_the_returned_money_is_removed_whatever_the_order_of_the_reports() {
        for (long seed = 1; seed <= 200; seed++) {
            replay(seed);
        }
    }

    /** A history of one payment's reversals, reported in a random order, some of it twice. */
    private static void replay(long seed) {
        Random random = new Random(seed);
        int cents = 1 + random.nextInt(2000);
        PackageCatalog packages =
                PackageCatalog.of(pack(100, "%d.%02d".formatted((cents + 50) / 100, (cents + 50) % 100)));
        RechargePolicy policy = RechargePolicy.builder(packages).build();
        try (Rig rig = new Rig(policy, new InMemoryStore()).alone()) {
            rig.enabled(ALICE, "1");
            rig.check();
            Money price = rig.lastRecharge().recharge().price();
            List<List<Reversal>> history = history(random, price);
            List<List<Reversal>> reported = new ArrayList<>(history);
            reported.addAll(history.subList(0, history.size() / 2));
            Collections.shuffle(reported, random);
            reported.forEach(all -> {
                rig.settle(rig.library, ALICE, new PaymentReversals(CHARGE, "cus_1", price, all));
                assertThat(rig.balance()).as("seed %d", seed).isBetween(Credits.of(1), Credits.of(121));
            });

            long gone = Math.min(
                    price.minorUnits(),
                    history.get(history.size() - 1).stream()
                            .mapToLong(it ->
                                    it.taken().minorUnits() - it.returned().minorUnits())
                            .sum());
            Credits expected = Credits.of(121)
                    .minus(Credits.of(100).part(gone, price.minorUnits()))
                    .minus(Credits.of(20).part(gone, price.minorUnits()));
            assertThat(rig.balance()).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private static List<List<Reversal>> history(Random random, Money price) {
        List<Reversal> now = new ArrayList<>();
        List<List<Reversal>> history = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int which = random.nextInt(now.size() + 1);
            if (which == now.size()) {
                Reversal.Kind kind = random.nextBoolean() ? Reversal.Kind.REFUND : Reversal.Kind.DISPUTE;
                Money taken = new Money(random.nextInt((int) price.minorUnits() + 1), price.currency());
                now.add(new Reversal("rev_" + i, kind, taken, new Money(0, price.currency())));
            } else {
                Reversal it = now.get(which);
                now.set(which, new Reversal(it.id(), it.kind(), it.taken(), it.taken()));
            }
            history.add(List.copyOf(now));
        }
        return history;
    }

    @Test
    void nonsense_is_refused_with_the_field_and_the_value() {
        Refusal.check(
                "taken",
                "USD -1.00",
                "must not be negative",
                () -> new Reversal("re_1", Reversal.Kind.REFUND, Money.of("-1.00", "USD"), NOTHING));
        for (String bad : List.of("USD 9.00", "USD -0.01", "EUR 0.00")) {
            Money returned = Money.of(bad.substring(4), bad.substring(0, 3));
            Refusal.check(
                    "returned",
                    bad,
                    "must be between zero and USD 0.00",
                    () -> new Reversal("re_1", Reversal.Kind.REFUND, NOTHING, returned));
        }
        Reversal inEuros = new Reversal("re_1", Reversal.Kind.REFUND, Money.of("1.00", "EUR"), Money.of("0.00", "EUR"));
        Refusal.check(
                "reversals",
                "EUR 1.00",
                "must be in the currency of the payment, USD 9.00",
                () -> new PaymentReversals(CHARGE, null, PRICE, List.of(inEuros)));
        Refusal.check(
                "captured",
                "USD 0.00",
                "must be positive",
                () -> new PaymentReversals(CHARGE, null, NOTHING, List.of()));
    }

    private void recharged() {
        rig.enabled(ALICE, "1");
        rig.check();
        assertThat(rig.balance()).isEqualTo(Credits.of(121));
    }

    private boolean report(Reversal... reversals) {
        return rig.settle(rig.library, ALICE, new PaymentReversals(CHARGE, "cus_1", PRICE, List.of(reversals)));
    }

    private void save() {
        rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
    }

    private void pay(String charge) {
        PaymentMethod card = new PaymentMethod(rig.checkout.last().customerId(), "pm_1", "visa", "4242", "fp_1");
        rig.settle(rig.library, ALICE, rig.checkout.last().checkout(), new CheckoutOutcome.Paid(charge, PRICE, card));
    }

    private static Reversal refund(String id, String usd) {
        return new Reversal(id, Reversal.Kind.REFUND, Money.of(usd, "USD"), NOTHING);
    }

    private static Reversal failed(String id, String usd) {
        return new Reversal(id, Reversal.Kind.REFUND, Money.of(usd, "USD"), Money.of(usd, "USD"));
    }

    private static Reversal dispute(String id, String taken, String returned) {
        return new Reversal(id, Reversal.Kind.DISPUTE, Money.of(taken, "USD"), Money.of(returned, "USD"));
    }

    private static HoldReason reasonOf(CheckResult visit) {
        return ((CheckResult.Held) visit).hold().reason();
    }
}
