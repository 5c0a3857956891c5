package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.gateway.Outcome.NotSubmitted;
import io.autorecharge.gateway.PaymentHistory;
import io.autorecharge.gateway.PaymentHistoryGateway;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.ReversalNotice;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.Reconciliation;
import io.autorecharge.report.Reconciliation.Concern;
import io.autorecharge.report.Reconciliation.Reason;
import io.autorecharge.report.Status;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import io.autorecharge.testkit.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Recharges with several attempts in a database that was restored from a backup. Alice has a primary method and a backup in both; what the rig's
 * library does afterwards is lost. A recharge adds 100 and 20 credits for 9 dollars.
 */
class RestoredAttemptsTest {
    private static final PaymentMethod BACKUP = new PaymentMethod("cus_1", "pm_2", "mastercard", "4444", "fp_2");

    private final Rig rig = new Rig().alone();
    private final InMemoryStore restored = new InMemoryStore();
    private final History history = new History();
    private final AutoRecharge library = onRestored();
    private final Instant backup = rig.clock.instant();

    RestoredAttemptsTest() {
        rig.enabled(ALICE, "1");
        library.grant(new Grant(ALICE, Credits.of("1"), Category.PAID, "start", "Start"));
        restored.inTransaction(ALICE, tx -> {
            tx.savePaymentMethod(Rig.CARD);
            return tx;
        });
        library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
        rig.library.addPaymentMethod(ALICE, BACKUP);
        library.addPaymentMethod(ALICE, BACKUP);
        rig.events.clear();
    }

    @AfterEach
    void close() {
        library.close();
        rig.close();
    }

    private AutoRecharge onRestored() {
        AutoRecharge it = AutoRecharge.builder(rig.policy, restored, rig.gateway)
                .paymentHistory(history)
                .installation(rig.library.installation())
                .clock(rig.clock)
                .callsPerSecond(100_000)
                .listenerExecutor(Runnable::run)
                .listener(rig.events::add)
                .afterCommit(task -> {})
                .build();
        it.close();
        return it;
    }

    private final class History implements PaymentHistoryGateway {
        UnaryOperator<PaymentHistory.Charge> changed = it -> it;

        @Override
        public PaymentHistory paymentsSince(Instant since) {
            PaymentHistory all = rig.gateway.paymentsSince(since);
            return new PaymentHistory(all.charges().stream().map(changed).toList(), List.of(), List.of(), 0);
        }

        @Override
        public List<ReversalNotice> reversalsSince(Instant since) {
            return rig.gateway.reversalsSince(since);
        }

        @Override
        public Optional<ProviderReport.Reversal> reversalsOf(String providerReference) {
            return rig.gateway.reversalsOf(providerReference);
        }
    }

    /** The backup was made while the first attempt was open; then the answers follow, a second apart. */
    private void backedUpWhileOpen(Runnable first, Runnable second) {
        rig.gateway.decideBy(request -> {
            if (request.number() == 1) {
                RechargeWithAttempt open = rig.lastRecharge();
                restored.inTransaction(ALICE, tx -> tx.open(open.recharge(), open.attempt()));
                first.run();
            } else {
                rig.clock.advance(Duration.ofSeconds(1));
                second.run();
            }
        });
        rig.check();
        rig.events.clear();
    }

    private void declined() {
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);
    }

    private AttemptId attempt(int number) {
        return rig.gateway.requests().stream()
                .filter(it -> it.number() == number)
                .map(ChargeRequest::attempt)
                .findFirst()
                .orElseThrow();
    }

    private Recharge recharge() {
        return restored.recharges(ALICE, 1).get(0).recharge();
    }

    private List<Attempt> attempts() {
        return restored.attempts(ALICE, recharge().id());
    }

    private void finds(int seen, int granted, int open, int unpaid) {
        Reconciliation found = library.reconcileSince(backup);
        assertThat(found.concerns()).isEmpty();
        assertThat(List.of(found.seen(), found.granted(), found.open(), found.unpaid()))
                .as("seen, granted, open, unpaid")
                .containsExactly(seen, granted, open, unpaid);
        assertThat(restored.recharges(ALICE, 10)).as("one recharge").hasSize(1);
    }

    /** Running it twice changes nothing, and nobody is charged by it. */
    private void findsNoMore() {
        List<LedgerEntry> entries = library.entries(ALICE, 100);
        List<Attempt> attempts = attempts();
        Object account = restored.find(ALICE).orElseThrow();
        int requests = rig.gateway.requests().size();
        Reconciliation again = library.reconcileSince(backup);
        assertThat(again.granted() + again.concerns().size()).isZero();
        assertThat(library.entries(ALICE, 100)).isEqualTo(entries);
        assertThat(attempts()).isEqualTo(attempts);
        assertThat(restored.find(ALICE).orElseThrow()).isEqualTo(account);
        assertThat(rig.gateway.requests()).hasSize(requests);
    }

    private List<EventType> types() {
        return rig.eventTypes();
    }

    @Test
    void a_payment_by_the_backup_is_restored_as_the_second_attempt_even_if_the_first_is_unknown() {
        declined();
        rig.check();

        finds(2, 1, 0, 1);

        assertThat(attempts()).singleElement().satisfies(it -> {
            assertThat(it.number()).isEqualTo(2);
            assertThat(it.paymentMethodId()).isEqualTo("pm_2");
            assertThat(it.state()).isEqualTo(AttemptState.PAID);
        });
        assertThat(recharge().state()).isEqualTo(RechargeState.PAID);
        assertThat(recharge().maxAttempts()).isEqualTo(2);
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(121));
        findsNoMore();
    }

    @Test
    void a_recharge_that_was_open_goes_on_with_the_attempt_that_followed_and_opens_no_other() {
        backedUpWhileOpen(this::declined, () -> {});

        finds(2, 1, 0, 1);

        assertThat(attempts()).extracting(Attempt::id).containsExactly(attempt(1), attempt(2));
        assertThat(attempts()).extracting(Attempt::state).containsExactly(AttemptState.DECLINED, AttemptState.PAID);
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(121));
        assertThat(types()).contains(EventType.METHOD_DECLINED, EventType.RECHARGE_PAID);
        assertThat(types()).doesNotContain(EventType.RECHARGE_DECLINED);
        findsNoMore();
        library.check(ALICE);
        assertThat(rig.gateway.captures()).hasSize(1);
    }

    @Test
    void a_backup_payment_in_progress_keeps_its_recharge_open_until_it_ends() {
        backedUpWhileOpen(this::declined, rig.gateway::processNext);

        finds(2, 0, 1, 1);

        assertThat(attempts()).extracting(Attempt::state).containsExactly(AttemptState.DECLINED, AttemptState.OPEN);
        library.check(ALICE);
        assertThat(library.preview(ALICE))
                .isInstanceOfSatisfying(
                        Decision.Hold.class, it -> assertThat(it.reason()).isEqualTo(HoldReason.RECHARGE_OPEN));
        rig.gateway.finish(attempt(2), true);
        rig.clock.advance(Duration.ofHours(1));
        library.check(ALICE);
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(121));
        assertThat(rig.gateway.requests()).hasSize(2);
        findsNoMore();
    }

    @Test
    void a_first_attempt_that_left_no_charge_has_failed_when_a_second_one_exists() {
        backedUpWhileOpen(() -> rig.gateway.declineWithoutChargeNext("payment_method_gone"), rig.gateway::processNext);

        finds(1, 0, 1, 0);

        assertThat(attempts()).extracting(Attempt::id).containsExactly(attempt(1), attempt(2));
        assertThat(attempts()).extracting(Attempt::state).containsExactly(AttemptState.NOT_CHARGED, AttemptState.OPEN);
        assertThat(recharge().state()).isEqualTo(RechargeState.OPEN);
    }

    @Test
    void a_decline_after_which_nothing_followed_ends_the_recharge_and_opens_no_attempt() {
        backedUpWhileOpen(this::declined, () -> rig.gateway.refuseAll(NotSubmitted.Reason.BUSY));

        finds(1, 0, 0, 1);

        assertThat(attempts()).extracting(Attempt::state).containsExactly(AttemptState.DECLINED);
        assertThat(recharge().state()).isEqualTo(RechargeState.FAILED);
    }

    @Test
    void a_backup_that_paid_after_the_bank_wanted_the_customer_leaves_the_account_active() {
        rig.gateway.requireActionNext();
        rig.check();

        finds(2, 1, 0, 1);

        assertThat(attempts())
                .extracting(Attempt::state)
                .containsExactly(AttemptState.ACTION_REQUIRED, AttemptState.PAID);
        assertThat(library.status(ALICE).state()).isEqualTo(Status.State.ACTIVE);
        assertThat(types()).doesNotContain(EventType.SUSPENDED, EventType.AUTHENTICATION_REQUIRED);
        findsNoMore();
    }

    @Test
    void two_captures_of_one_recharge_are_both_granted_with_one_bonus_and_reported() {
        declined();
        rig.check();
        rig.gateway.finish(attempt(1), true);

        finds(2, 2, 0, 0);

        assertThat(attempts()).extracting(Attempt::number).containsExactly(1, 2);
        assertThat(attempts()).extracting(Attempt::state).containsOnly(AttemptState.PAID);
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(221));
        assertThat(paidTwice()).hasSize(1);
        findsNoMore();
    }

    private List<AutoRechargeEvent> paidTwice() {
        return rig.events.stream()
                .filter(it -> it.type() == EventType.CONTRARY_OUTCOME && "PAID_TWICE".equals(it.reason()))
                .toList();
    }

    @Test
    void an_earlier_attempt_that_was_captured_after_all_is_granted_while_the_later_one_is_open() {
        declined();
        rig.gateway.processNext();
        rig.check();
        finds(2, 0, 1, 1);
        rig.gateway.finish(attempt(1), true);

        finds(2, 1, 1, 0);

        assertThat(recharge().state()).isEqualTo(RechargeState.OPEN);
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(121));
        rig.gateway.finish(attempt(2), true);
        finds(2, 1, 0, 0);
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(221));
        assertThat(recharge().state()).isEqualTo(RechargeState.PAID);
        assertThat(paidTwice()).hasSize(1);
        findsNoMore();
    }

    @Test
    void an_attempt_of_another_amount_or_customer_is_no_attempt_of_the_recharge() {
        for (UnaryOperator<PaymentHistory.Charge> change : List.<UnaryOperator<PaymentHistory.Charge>>of(
                it -> changed(it, "cus_9", it.amount()), it -> changed(it, "cus_1", Money.of("1.00", "USD")))) {
            RestoredAttemptsTest other = new RestoredAttemptsTest();
            other.history.changed = it -> it.number() == 2 ? change.apply(it) : it;
            other.backedUpWhileOpen(other::declined, () -> {});

            Reconciliation found = other.library.reconcileSince(other.backup);

            assertThat(found.concerns())
                    .extracting(Concern::reason)
                    .hasSize(1)
                    .containsAnyOf(Reason.OTHER_CUSTOMER, Reason.CAPTURE_DIFFERS);
            assertThat(other.library.balance(ALICE)).isEqualTo(Credits.of(1));
            assertThat(other.attempts()).extracting(Attempt::state).containsExactly(AttemptState.DECLINED);
            other.close();
        }
    }

    private static PaymentHistory.Charge changed(PaymentHistory.Charge it, String customer, Money amount) {
        return new PaymentHistory.Charge(
                it.account(),
                it.recharge(),
                it.attempt(),
                it.number(),
                it.providerReference(),
                customer,
                it.paymentMethodId(),
                it.fingerprint(),
                amount,
                it.captured(),
                it.at(),
                it.terms(),
                it.installation());
    }
}
