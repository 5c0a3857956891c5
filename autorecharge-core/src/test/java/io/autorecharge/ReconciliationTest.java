package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutRequest;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.gateway.PaymentHistory;
import io.autorecharge.gateway.PaymentHistoryGateway;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.ReversalNotice;
import io.autorecharge.internal.restore.Reconciler;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.SpendingPeriod;
import io.autorecharge.policy.TotalLimits;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.Reconciliation;
import io.autorecharge.report.Reconciliation.Concern;
import io.autorecharge.report.Reconciliation.Reason;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import io.autorecharge.store.Trigger;
import io.autorecharge.testkit.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A database that was restored from a backup and lacks what happened since. Alice is ready at 1 credit in both; what the rig's library
 * does afterwards is lost. A recharge adds 100 and 20 credits for 9 dollars.
 */
class ReconciliationTest {
    private static final Money PRICE = Money.of("9.00", "USD");

    private final Rig rig = new Rig().alone();
    private final InMemoryStore restored = new InMemoryStore();
    private final History history = new History();
    private final AutoRecharge library = onRestored();
    private final Instant backup = rig.clock.instant();

    ReconciliationTest() {
        rig.enabled(ALICE, "1");
        ready(library, restored, "1");
    }

    @Test
    void restored_attempts_count_toward_the_cards_attempts_and_the_limits_over_all_accounts() {
        rig.gateway.processNext();
        rig.check();
        Instant charged = rig.clock.instant();
        rig.clock.advance(Duration.ofMinutes(1));
        TotalLimits limits = TotalLimits.none().withPerDay(Money.of("17.00", "USD"));
        try (AutoRecharge limited = AutoRecharge.builder(rig.policy, restored, rig.gateway)
                .checkout(rig.checkout)
                .paymentHistory(history)
                .installation(rig.library.installation())
                .totalLimits(limits)
                .clock(rig.clock)
                .callsPerSecond(100_000)
                .afterCommit(task -> {})
                .build()) {
            limited.reconcileSince(charged.minusSeconds(1));

            String card = restored.recharges(ALICE, 1).get(0).attempt().card();
            assertThat(restored.cardUse(card, charged.minusSeconds(1)).counted())
                    .containsExactly(charged);
            SpendingPeriod today = limits.periods(rig.clock.instant(), "USD").get(0);
            assertThat(restored.hasRoom(today, Money.of("8.00", "USD"))).isTrue();
            assertThat(restored.hasRoom(today, Money.of("8.01", "USD"))).isFalse();
        }
    }

    @AfterEach
    void close() {
        library.close();
        rig.close();
    }

    private AutoRecharge onRestored() {
        AutoRecharge library = AutoRecharge.builder(rig.policy, restored, rig.gateway)
                .checkout(rig.checkout)
                .paymentHistory(history)
                .installation(rig.library.installation())
                .clock(rig.clock)
                .callsPerSecond(100_000)
                .listenerExecutor(Runnable::run)
                .listener(rig.events::add)
                .afterCommit(task -> {})
                .build();
        library.close();
        return library;
    }

    private static void ready(AutoRecharge library, InMemoryStore store, String balance) {
        library.grant(new Grant(ALICE, Credits.of(balance), Category.PAID, "start", "Start"));
        store.inTransaction(ALICE, tx -> {
            tx.savePaymentMethod(Rig.CARD);
            return tx;
        });
        library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
    }

    /** The charges of the fake provider, and its checkout sessions. */
    private final class History implements PaymentHistoryGateway {
        UnaryOperator<PaymentHistory.Charge> changed = it -> it;
        UnaryOperator<PaymentHistory.Session> changedSession = it -> it;
        UnaryOperator<ProviderReport.Reversal> changedReversal = it -> it;

        @Override
        public PaymentHistory paymentsSince(Instant since) {
            PaymentHistory charges = rig.gateway.paymentsSince(since);
            return new PaymentHistory(
                    charges.charges().stream().map(changed).toList(),
                    rig.checkout.requests.stream()
                            .map(this::sessionOf)
                            .map(changedSession)
                            .toList(),
                    List.of(),
                    7);
        }

        private PaymentHistory.Session sessionOf(CheckoutRequest request) {
            String session = "cs_" + (rig.checkout.requests.indexOf(request) + 1);
            boolean paid = rig.checkout.outcomes.get(session) instanceof CheckoutOutcome.Paid;
            return new PaymentHistory.Session(
                    request.account(),
                    request.checkout(),
                    session,
                    request.customerId(),
                    request.price(),
                    paid,
                    request.offeredAt(),
                    request.terms(),
                    request.installation());
        }

        @Override
        public List<ReversalNotice> reversalsSince(Instant since) {
            return rig.gateway.reversalsSince(since);
        }

        @Override
        public Optional<ProviderReport.Reversal> reversalsOf(String providerReference) {
            return rig.gateway.reversalsOf(providerReference).map(changedReversal);
        }
    }

    private Reconciliation reconcile() {
        return library.reconcileSince(backup);
    }

    /** Running it twice changes nothing: everything is known then, and entries, recharges and state stay as they are. */
    private void reconcilesNoMore(int known) {
        List<LedgerEntry> entries = library.entries(ALICE, 100);
        List<RechargeWithAttempt> recharges = library.recharges(ALICE, 100);
        Object account = restored.find(ALICE).orElseThrow();
        Reconciliation again = reconcile();
        assertThat(again.known()).isEqualTo(known);
        assertThat(again.granted() + again.concerns().size()).isZero();
        assertThat(library.entries(ALICE, 100)).isEqualTo(entries);
        assertThat(library.recharges(ALICE, 100)).isEqualTo(recharges);
        assertThat(restored.find(ALICE).orElseThrow()).isEqualTo(account);
    }

    private static Reconciliation of(Instant backup, int seen, int known, int granted, int open, int unpaid) {
        return new Reconciliation(backup.minus(Reconciler.SLACK), seen, known, granted, open, unpaid, 7, 0, List.of());
    }

    @Test
    void without_reconciliation_a_lost_payment_is_charged_a_second_time() {
        rig.check();

        library.check(ALICE);

        assertThat(rig.gateway.captures(ALICE)).hasSize(2);
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(121));
    }

    @Test
    void a_lost_payment_is_restored_and_granted_once_and_not_charged_again() {
        rig.check();
        RechargeWithAttempt lost = rig.lastRecharge();
        rig.clock.advance(Duration.ofMinutes(2));

        assertThat(reconcile()).isEqualTo(of(backup, 1, 0, 1, 0, 0));

        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(121));
        assertThat(library.entries(ALICE, 2))
                .extracting(LedgerEntry::description)
                .containsExactly("Auto-recharge bonus: 20 credits", "Auto-recharge: 100 credits");
        RechargeWithAttempt found = library.recharges(ALICE, 1).get(0);
        assertThat(found.recharge().trigger()).isEqualTo(Trigger.BOOKS);
        assertThat(found.recharge().id()).isEqualTo(lost.recharge().id());
        assertThat(found.recharge().state()).isEqualTo(RechargeState.PAID);
        assertThat(found.recharge().openedAt()).isEqualTo(lost.recharge().openedAt());
        assertThat(found.recharge().packageCredits()).isEqualTo(100);
        assertThat(found.attempt().id()).isEqualTo(lost.attempt().id());
        assertThat(found.attempt().state()).isEqualTo(AttemptState.PAID);
        assertThat(found.attempt().providerReference()).isEqualTo("pi_1");
        assertThat(found.attempt().description()).isEqualTo(lost.attempt().description());
        library.check(ALICE);
        assertThat(rig.gateway.captures()).hasSize(1);
        reconcilesNoMore(1);
    }

    @Test
    void it_counts_toward_cooldown_and_limits() {
        rig.check();
        reconcile();
        library.debit(io.autorecharge.credit.Debit.of(ALICE, Credits.of(120), "use", null));

        assertThat(library.check(ALICE))
                .isInstanceOfSatisfying(
                        CheckResult.Held.class,
                        it -> assertThat(it.hold().reason()).isEqualTo(HoldReason.COOLDOWN));
    }

    @Test
    void a_charge_that_is_still_processing_is_restored_as_open_blocks_other_charges_and_is_settled_later() {
        rig.gateway.processNext();
        rig.check();
        AttemptId attempt = rig.lastAttempt();

        assertThat(reconcile()).isEqualTo(of(backup, 1, 0, 0, 1, 0));
        assertThat(library.check(ALICE))
                .isInstanceOfSatisfying(
                        CheckResult.Held.class,
                        it -> assertThat(it.hold().reason()).isEqualTo(HoldReason.RECHARGE_OPEN));
        assertThat(rig.gateway.requests()).hasSize(1);
        reconcilesNoMore(0);

        rig.gateway.finish(attempt, true);
        rig.clock.advance(Duration.ofHours(1));
        library.check(ALICE);
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(121));
        assertThat(rig.gateway.captures()).hasSize(1);
    }

    @Test
    void a_charge_that_was_declined_is_left_out() {
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);
        rig.check();

        assertThat(reconcile()).isEqualTo(of(backup, 1, 0, 0, 0, 1));

        assertThat(library.recharges(ALICE, 10)).isEmpty();
    }

    @Test
    void a_recharge_that_waited_for_its_customer_waits_again() {
        rig.gateway.requireActionNext();
        rig.check();

        assertThat(reconcile()).isEqualTo(of(backup, 1, 0, 0, 0, 1));

        assertThat(library.openRecovery(ALICE)).isPresent();
        assertThat(rig.gateway.captures()).isEmpty();
    }

    @Test
    void a_checkout_that_paid_a_recharge_grants_its_credits_and_its_bonus() {
        rig.gateway.requireActionNext();
        rig.check();
        String session = rig.library.openRecovery(ALICE).orElseThrow().sessionId();
        rig.checkout.outcomes.put(session, new CheckoutOutcome.Paid("pi_page", PRICE, null));

        assertThat(reconcile()).isEqualTo(of(backup, 2, 0, 1, 0, 1));

        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(121));
        assertThat(library.recharges(ALICE, 1).get(0).recharge().state()).isEqualTo(RechargeState.PAID);
        reconcilesNoMore(2);
    }

    @Test
    void a_lost_purchase_is_granted_with_its_method_and_switches_auto_recharge_on() {
        PaymentMethod card = new PaymentMethod("cus_1", "pm_2", "visa", "1111", "fp_2");
        String session = rig.library.openCheckout(ALICE, 250, "v2", null).sessionId();
        rig.checkout.outcomes.put(session, new CheckoutOutcome.Paid("pi_page", Money.of("20.00", "USD"), card));

        assertThat(reconcile()).isEqualTo(of(backup, 1, 0, 1, 0, 0));

        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(271));
        assertThat(library.settings(ALICE)).isEqualTo(new Settings(true, 250, Credits.of(10)));
        assertThat(restored.find(ALICE).orElseThrow().method()).isEqualTo(card);
        assertThat(restored.find(ALICE).orElseThrow().state().consent().version())
                .isEqualTo("v2");
        reconcilesNoMore(1);
    }

    @Test
    void a_checkout_that_may_still_be_paid_is_restored_and_an_expired_one_is_not() {
        rig.library.openCheckout(ALICE, 100, null, null);
        String second = rig.library.openCheckout(ALICE, 50, null, null).sessionId();
        rig.checkout.outcomes.put(second, new CheckoutOutcome.Closed("ran out"));
        assertThat(reconcile()).isEqualTo(of(backup, 2, 0, 0, 1, 1));

        rig.checkout.outcomes.put("cs_1", new CheckoutOutcome.Paid("pi_page", PRICE, null));
        library.refreshCheckouts(ALICE);

        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(101));
    }

    @Test
    void refunds_since_are_settled_with_the_payments_they_are_of() {
        rig.check();
        rig.gateway.refund("pi_1", Money.of("4.50", "USD"));

        assertThat(reconcile().reversed()).isEqualTo(1);

        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(61));
        assertThat(restored.find(ALICE).orElseThrow().state().suspension().reason())
                .isEqualTo(Suspension.Reason.REFUNDED);
    }

    @Test
    void an_attempt_that_is_open_in_the_backup_and_was_paid_since_is_granted_even_if_it_looks_refused() {
        rig.gateway.refuseNext(Outcome.NotSubmitted.Reason.BUSY);
        library.check(ALICE);
        AttemptId open = library.recharges(ALICE, 1).get(0).attempt().id();
        // Lost with the database: the same attempt was sent again, and captured.
        rig.gateway.charge(library.recharges(ALICE, 1).get(0).request(false));
        rig.clock.advance(Duration.ofHours(30));

        assertThat(reconcile()).isEqualTo(of(backup, 1, 0, 1, 0, 0));

        assertThat(library.recharges(ALICE, 1).get(0).attempt().id()).isEqualTo(open);
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(121));
        reconcilesNoMore(1);
    }

    @Test
    void a_recharge_that_the_backup_holds_as_open_ends_when_a_later_one_was_charged() {
        rig.gateway.timeOutBeforeCaptureNext();
        library.check(ALICE);
        rig.clock.advance(Duration.ofHours(26));
        rig.check();

        assertThat(reconcile()).isEqualTo(of(backup, 1, 0, 1, 0, 0));

        assertThat(library.recharges(ALICE, 2))
                .extracting(it -> it.recharge().state())
                .containsExactly(RechargeState.PAID, RechargeState.ABANDONED);
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(121));
    }

    @Test
    void a_payment_is_granted_beside_an_open_recharge_with_an_unknown_outcome() {
        rig.check();
        rig.clock.advance(Duration.ofMinutes(1));
        rig.gateway.timeOutBeforeCaptureNext();
        library.check(ALICE);

        assertThat(reconcile()).isEqualTo(of(backup, 1, 0, 1, 0, 0));

        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(121));
        assertThat(library.recharges(ALICE, 2))
                .extracting(it -> it.recharge().state())
                .containsExactly(RechargeState.OPEN, RechargeState.PAID);
        reconcilesNoMore(1);
    }

    @Test
    void untrusted_and_unreadable_payments_are_reported_as_concerns_and_not_granted() {
        rig.check();
        history.changed = it -> with(it, "cus_other", true);
        assertThat(concerns()).containsExactly(Reason.OTHER_CUSTOMER);
        history.changed = it -> with(it, "cus_1", false);
        assertThat(concerns()).containsExactly(Reason.TERMS_UNKNOWN);
        history.changed = it -> it;
        rig.gateway.failLookUps(false);
        assertThat(concerns()).containsExactly(Reason.NOT_ANSWERED);

        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(1));
        assertThat(library.recharges(ALICE, 10)).isEmpty();

        rig.gateway.answerLookUps();
        assertThat(concerns()).isEmpty();
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(121));
    }

    @Test
    void a_session_of_another_customer_with_the_id_of_a_known_checkout_is_ignored() {
        library.openCheckout(ALICE, 100, "v2", null);
        PaymentMethod foreign = new PaymentMethod("cus_other", "pm_other", "visa", "1111", "fp_other");
        rig.checkout.outcomes.put("cs_other", new CheckoutOutcome.Paid("pi_other", PRICE, foreign));
        history.changedSession = it -> new PaymentHistory.Session(
                it.account(),
                it.checkout(),
                "cs_other",
                "cus_other",
                it.price(),
                true,
                it.at(),
                it.terms(),
                it.installation());

        assertThat(reconcile().concerns()).extracting(Concern::reason).containsExactly(Reason.OTHER_CUSTOMER);

        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(1));
        assertThat(restored.find(ALICE).orElseThrow().method()).isEqualTo(Rig.CARD);
    }

    @Test
    void an_account_whose_balance_is_too_large_does_not_prevent_the_restoration_of_others() {
        AccountId bob = AccountId.of("bob");
        library.grant(new Grant(ALICE, Credits.ofMicros(Long.MAX_VALUE - 1_000_000), Category.PAID, "full", "Full"));
        rig.check();
        rig.clock.advance(Duration.ofSeconds(1));
        rig.enabled(bob, "1");
        rig.library.check(bob);

        assertThat(concerns()).containsExactly(Reason.DOES_NOT_FIT);

        assertThat(library.balance(bob)).isEqualTo(Credits.of(120));
    }

    @Test
    void one_refund_that_cannot_be_settled_does_not_prevent_others() {
        AccountId bob = AccountId.of("bob");
        rig.check();
        rig.clock.advance(Duration.ofSeconds(1));
        rig.enabled(bob, "1");
        rig.library.check(bob);
        rig.gateway.refund("pi_1", PRICE);
        rig.gateway.refund("pi_2", PRICE);
        history.changedReversal = it -> {
            if (it.account().equals(ALICE)) {
                throw new ArithmeticException("no room");
            }
            return it;
        };

        Reconciliation found = reconcile();

        assertThat(found.concerns()).containsExactly(new Concern(Reason.DOES_NOT_FIT, null, "pi_1", "no room"));
        assertThat(library.balance(bob)).isEqualTo(Credits.ZERO);
    }

    private List<Reason> concerns() {
        Reconciliation found = reconcile();
        assertThat(found.isComplete()).isEqualTo(found.concerns().isEmpty());
        assertThat(found.concerns()).allSatisfy(it -> {
            assertThat(it.account()).isEqualTo(ALICE);
            assertThat(it.reference()).isEqualTo("pi_1");
        });
        return found.concerns().stream().map(Concern::reason).toList();
    }

    private static PaymentHistory.Charge with(PaymentHistory.Charge it, String customer, boolean terms) {
        return new PaymentHistory.Charge(
                it.account(),
                it.recharge(),
                it.attempt(),
                it.number(),
                it.providerReference(),
                customer,
                it.paymentMethodId(),
                it.fingerprint(),
                it.amount(),
                it.captured(),
                it.at(),
                terms ? it.terms() : null,
                it.installation());
    }

    private static PaymentHistory.Charge of(PaymentHistory.Charge it, Money amount) {
        return new PaymentHistory.Charge(
                it.account(),
                it.recharge(),
                it.attempt(),
                it.number(),
                it.providerReference(),
                it.customerId(),
                it.paymentMethodId(),
                it.fingerprint(),
                amount,
                it.captured(),
                it.at(),
                it.terms(),
                it.installation());
    }

    @Test
    void a_capture_of_another_amount_than_requested_is_not_granted() {
        rig.check();
        history.changed = it -> of(it, Money.of("1.00", "USD"));

        assertThat(concerns()).containsExactly(Reason.CAPTURE_DIFFERS);
        assertThat(concerns()).containsExactly(Reason.CAPTURE_DIFFERS);

        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(1));
    }

    @Test
    void nor_is_it_beside_an_open_recharge_which_is_unchanged() {
        rig.check();
        rig.clock.advance(Duration.ofMinutes(1));
        rig.gateway.timeOutBeforeCaptureNext();
        library.check(ALICE);
        List<RechargeWithAttempt> before = library.recharges(ALICE, 10);
        history.changed = it -> of(it, Money.of("1.00", "USD"));

        assertThat(concerns()).containsExactly(Reason.CAPTURE_DIFFERS);

        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(1));
        assertThat(library.recharges(ALICE, 10)).isEqualTo(before);
    }

    @Test
    void refunds_from_before_what_the_provider_remembers_are_for_a_person() {
        rig.clock.advance(Duration.ofDays(31));

        assertThat(reconcile().concerns()).extracting(Concern::reason).containsExactly(Reason.REVERSALS_FORGOTTEN);
    }

    @Test
    void a_node_that_runs_beside_it_makes_nothing_double() {
        rig.check();
        history.changed = it -> {
            // While the history is read.
            library.check(ALICE);
            return it;
        };

        reconcile();
        reconcile();

        assertThat(rig.gateway.captures()).hasSize(2);
        assertThat(library.balance(ALICE)).as("each capture once").isEqualTo(Credits.of(241));
    }

    @Test
    void an_unreadable_payment_history_changes_nothing_and_a_future_or_ancient_time_is_refused() {
        rig.check();
        rig.gateway.failPaymentHistory(true);
        assertThatExceptionOfType(GatewayException.class).isThrownBy(this::reconcile);
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> library.reconcileSince(rig.clock.instant().plusSeconds(1)))
                .withMessageContaining("restoredTo")
                .withMessageContaining("2026-03-02T09:00:01Z");
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> library.reconcileSince(Instant.MIN))
                .withMessageContaining("restoredTo");
    }
}
