package io.autorecharge.testkit;

import static io.autorecharge.testkit.Rows.VISA;
import static io.autorecharge.testkit.Rows.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.Limits;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.RunReport;
import io.autorecharge.report.Status;
import io.autorecharge.store.PendingPosting;
import io.autorecharge.store.PendingPostings;
import io.autorecharge.store.Posting;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.testkit.HostLedger.Fault;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The library with a store and an external ledger that fails in every way. The test of a store extends this class and supplies the store. The
 * policy has no cooldown, so that the cooldown is not what prevents a second charge.
 */
public abstract class ExternalLedgerStoreContract {
    private static final AccountId ANN = AccountId.of("ann");
    private static final AccountId BEN = AccountId.of("ben");
    private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
    private static final RechargePolicy POLICY = RechargePolicy.builder(
                    PackageCatalog.of(new CreditPackage(100, Money.of("9.00", "USD"))))
            .limits(Limits.ofDefaults().withCooldown(Duration.ZERO))
            .build();

    private final SettableClock clock = new SettableClock();
    private final FakeGateway gateway = new FakeGateway(clock);
    private final ThreadLocal<Boolean> inTransaction = ThreadLocal.withInitial(() -> false);
    private final List<String> breaches = new CopyOnWriteArrayList<>();
    private final HostLedger ledger = new HostLedger(this::requireNoTransaction);
    private final List<AutoRechargeEvent> events = new CopyOnWriteArrayList<>();
    private final List<Runnable> afterCommit = new CopyOnWriteArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final Race race = new Race();

    /** The store under test: the same object during one test, and empty at its start. */
    protected abstract RechargeStore store();

    /** How often the race of many nodes runs: a failure by stale query results of a connection appeared once in ten. */
    protected int rounds() {
        return 30;
    }

    @AfterEach
    void no_transaction_was_held_across_a_call_to_the_ledger() {
        race.close();
        assertThat(breaches).isEmpty();
    }

    private void requireNoTransaction() {
        if (inTransaction.get()) {
            breaches.add("called while a transaction was open");
        }
    }

    private AutoRecharge engine() {
        return AutoRecharge.builder(POLICY, watched(), ledger, gateway)
                .clock(clock)
                .ids(() -> "id-" + ids.incrementAndGet())
                .listenerExecutor(Runnable::run)
                .listener(events::add)
                .callsPerSecond(100_000)
                .afterCommit(afterCommit::add)
                .build();
    }

    /** The store, which records whether one of its transactions is open on this thread. */
    private RechargeStore watched() {
        RechargeStore store = store();
        return (RechargeStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RechargeStore.class}, (proxy, method, values) -> {
                    boolean before = inTransaction.get();
                    inTransaction.set(before || method.getName().equals("inTransaction"));
                    try {
                        return method.invoke(store, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        inTransaction.set(before);
                    }
                });
    }

    private AutoRecharge ready(AccountId account, String balance) {
        AutoRecharge engine = engine();
        give(account, balance);
        write(store(), account, tx -> tx.savePaymentMethod(Rows.visaOf(account)));
        engine.configure(account, new Settings(true, 100, Credits.of(10)), "v1");
        return engine;
    }

    private void give(AccountId account, String credits) {
        ledger.grant(
                new Grant(account, Credits.of(credits), Category.PAID, "gift-" + ids.incrementAndGet(), "Gift"),
                clock.instant());
    }

    private void use(AccountId account, String credits) {
        String reference = "job-" + ids.incrementAndGet();
        ledger.debit(Debit.of(account, Credits.of(credits), reference, null), false, clock.instant());
    }

    private Credits balance(AccountId account) {
        return ledger.balance(account);
    }

    private static HoldReason reasonOf(CheckResult visit) {
        assertThat(visit).isInstanceOf(CheckResult.Held.class);
        return ((CheckResult.Held) visit).hold().reason();
    }

    private static boolean isPaid(CheckResult visit) {
        return visit instanceof CheckResult.Charged charged && charged.outcome() instanceof Outcome.Paid;
    }

    private List<String> references() {
        return ledger.entries(ANN, Long.MAX_VALUE, 100).stream()
                .map(LedgerEntry::reference)
                .filter(reference -> reference.startsWith("autorecharge/"))
                .toList();
    }

    private AttemptId lastAttempt() {
        return store().recharges(ANN, 1).get(0).attempt().id();
    }

    @Test
    void a_paid_recharge_reaches_the_ledger_with_its_bonus() {
        AutoRecharge engine = ready(ANN, "1");

        assertThat(isPaid(engine.check(ANN))).isTrue();

        assertThat(balance(ANN)).isEqualTo(Credits.of(121));
        assertThat(ledger.entries(ANN, Long.MAX_VALUE, 2))
                .extracting(LedgerEntry::type, LedgerEntry::category, LedgerEntry::reference, LedgerEntry::linkedTo)
                .containsExactly(
                        tuple(EntryType.BONUS, Category.PROMOTIONAL, "autorecharge/pi_1/bonus", "autorecharge/pi_1"),
                        tuple(EntryType.PURCHASE, Category.PAID, "autorecharge/pi_1", null));
        assertThat(store().grants(ANN)).isEqualTo(new PendingPostings(2, List.of()));
        assertThat(store().find(ANN).orElseThrow().balance())
                .as("in the store's own ledger")
                .isEqualTo(Credits.ZERO);
        assertThat(engine.status(ANN).balance()).isEqualTo(Credits.of(121));
        assertThat(events)
                .filteredOn(event -> event.type() == EventType.RECHARGE_PAID)
                .extracting(AutoRechargeEvent::balance)
                .containsExactly(Credits.of(121));
        clock.advance(FIRST_WAIT);
        assertThat(reasonOf(engine.check(ANN))).isEqualTo(HoldReason.ABOVE_THRESHOLD);
    }

    @Test
    void a_grant_that_the_ledger_never_got_is_delivered_again() {
        AutoRecharge engine = ready(ANN, "1");
        ledger.failNext(Fault.BEFORE);
        engine.check(ANN);
        assertThat(balance(ANN)).isEqualTo(Credits.of(1));
        assertThat(store().grants(ANN).pending()).hasSize(2);

        clock.advance(Duration.ofSeconds(30));
        assertThat(reasonOf(engine.check(ANN))).isEqualTo(HoldReason.ABOVE_THRESHOLD);

        assertThat(balance(ANN)).isEqualTo(Credits.of(121));
        assertThat(ledger.deliveries())
                .containsExactly("autorecharge/pi_1", "autorecharge/pi_1", "autorecharge/pi_1/bonus");
        assertThat(gateway.captures()).hasSize(1);
    }

    @Test
    void a_grant_whose_confirmation_was_lost_is_delivered_again_and_applied_once() {
        for (int lost = 1; lost <= 2; lost++) {
            AccountId account = AccountId.of("account-" + lost);
            AutoRecharge engine = ready(account, "1");
            if (lost == 2) {
                // The first delivery is the purchase, the second its bonus.
                ledger.failNext(Fault.NONE);
            }
            ledger.failNext(Fault.AFTER);
            engine.check(account);
            assertThat(store().grants(account).pending()).isNotEmpty();

            clock.advance(Duration.ofHours(1));
            engine.check(account);

            assertThat(ledger.balance(account)).isEqualTo(Credits.of(121));
            assertThat(store().grants(account).pending()).isEmpty();
            assertThat(gateway.captures(account)).hasSize(1);
        }
    }

    @Test
    void while_a_grant_is_unconfirmed_the_account_is_held_and_the_status_says_so() {
        AutoRecharge engine = ready(ANN, "1");
        ledger.failNext(Fault.BEFORE);
        engine.check(ANN);
        PendingPosting first = store().grants(ANN).pending().get(0);

        assertThat(engine.check(ANN))
                .isEqualTo(new CheckResult.Held(ANN, new Decision.Hold(HoldReason.GRANT_PENDING, first.deliverAt())));
        assertThat(engine.preview(ANN)).isEqualTo(new Decision.Hold(HoldReason.GRANT_PENDING, first.deliverAt()));
        Status status = engine.status(ANN);
        assertThat(status.state()).isEqualTo(Status.State.RECHARGING);
        assertThat(status.reason()).isEqualTo("GRANT_PENDING");
        assertThat(status.nextTry()).isEqualTo(first.deliverAt());
        assertThat(store().find(ANN).orElseThrow().state().dueAt()).isEqualTo(first.deliverAt());
        assertThat(gateway.captures()).hasSize(1);
    }

    @Test
    void a_ledger_that_is_down_for_a_day_is_called_at_a_pace_and_no_account_is_charged_twice() {
        AutoRecharge engine = ready(ANN, "1");
        gateway.processNext();
        engine.check(ANN);
        ledger.down(true);
        engine.settle(Reports.charge(engine, ANN, lastAttempt(), gateway.finish(lastAttempt(), true)));
        assertThat(deliveriesIn(engine, 30, Duration.ofMinutes(1)))
                .as("more often at first")
                .isBetween(5, 8);
        assertThat(deliveriesIn(engine, 23, Duration.ofHours(1)))
                .as("as often as the library looks")
                .isEqualTo(23);
        assertThat(deliveriesIn(engine, 30, Duration.ofMinutes(1)))
                .as("every ten minutes")
                .isEqualTo(3);
        assertThat(gateway.captures()).hasSize(1);
        assertThat(ledger.deliveries()).containsOnly("autorecharge/pi_1");

        ledger.down(false);
        clock.advance(Duration.ofMinutes(10));
        RunReport report = engine.runOnce();

        assertThat(report.isHealthy()).isTrue();
        assertThat(balance(ANN)).isEqualTo(Credits.of(121));
        assertThat(references()).containsExactly("autorecharge/pi_1/bonus", "autorecharge/pi_1");
        assertThat(gateway.captures()).hasSize(1);
    }

    /** How often the ledger is called while the library looks at its accounts once after each step. */
    private int deliveriesIn(AutoRecharge engine, int steps, Duration step) {
        int before = ledger.deliveries().size();
        for (int i = 0; i < steps; i++) {
            clock.advance(step);
            engine.runOnce();
        }
        return ledger.deliveries().size() - before;
    }

    @Test
    void what_a_process_that_was_killed_did_not_deliver_another_one_does() {
        for (Fault death : List.of(Fault.KILLED_BEFORE, Fault.KILLED_AFTER)) {
            AccountId account = AccountId.of(death.name());
            AutoRecharge dying = ready(account, "1");
            ledger.failNext(death);
            assertThatThrownBy(() -> dying.check(account)).isInstanceOf(HostLedger.Killed.class);
            assertThat(store().grants(account).pending()).hasSize(2);

            clock.advance(FIRST_WAIT);
            engine().runOnce();

            assertThat(ledger.balance(account)).as(death.name()).isEqualTo(Credits.of(121));
            assertThat(store().grants(account).pending()).isEmpty();
            assertThat(gateway.captures(account)).hasSize(1);
        }
    }

    @Test
    void a_payment_that_is_reported_twice_is_granted_once() {
        AutoRecharge engine = ready(ANN, "1");
        gateway.processNext();
        engine.check(ANN);
        Outcome paid = gateway.finish(lastAttempt(), true);

        race.run(4, number -> engine.settle(Reports.charge(engine, ANN, lastAttempt(), paid)));
        engine.settle(Reports.charge(engine, ANN, lastAttempt(), paid));

        assertThat(store().grants(ANN)).isEqualTo(new PendingPostings(2, List.of()));
        assertThat(balance(ANN)).isEqualTo(Credits.of(121));
    }

    @Test
    void a_balance_from_before_another_nodes_recharge_does_not_charge_again() {
        AutoRecharge slow = ready(ANN, "1");
        AutoRecharge quick = engine();
        ledger.beforeNextBalanceReturns(
                () -> assertThat(isPaid(quick.check(ANN))).isTrue());

        CheckResult late = slow.check(ANN);

        assertThat(gateway.captures()).hasSize(1);
        assertThat(reasonOf(late)).isEqualTo(HoldReason.ABOVE_THRESHOLD);
        assertThat(balance(ANN)).isEqualTo(Credits.of(121));
    }

    @Test
    void a_balance_from_before_another_nodes_undelivered_recharge_does_not_charge_again() {
        AutoRecharge slow = ready(ANN, "1");
        AutoRecharge quick = engine();
        ledger.failNext(Fault.AFTER);
        ledger.beforeNextBalanceReturns(
                () -> assertThat(isPaid(quick.check(ANN))).isTrue());

        CheckResult late = slow.check(ANN);

        assertThat(gateway.captures()).hasSize(1);
        assertThat(reasonOf(late)).isEqualTo(HoldReason.GRANT_PENDING);
    }

    @Test
    void a_balance_that_is_always_older_than_a_grant_is_not_decided_on() {
        AutoRecharge slow = ready(ANN, "1");
        AtomicInteger reads = new AtomicInteger();
        ledger.beforeNextBalanceReturns(new Runnable() {
            @Override
            public void run() {
                write(store(), ANN, tx -> {
                    tx.promise(List.of(Rows.purchase("p" + reads.get(), "1")), clock.instant(), clock.instant());
                    tx.grants().pending().forEach(grant -> tx.save(grant.delivered(clock.instant())));
                });
                if (reads.incrementAndGet() < 5) {
                    ledger.beforeNextBalanceReturns(this);
                }
            }
        });

        assertThat(slow.check(ANN))
                .isEqualTo(new CheckResult.Held(
                        ANN,
                        new Decision.Hold(HoldReason.CONTENTION, clock.instant().plusSeconds(1))));
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void simultaneous_checks_of_many_nodes_make_one_charge_and_one_grant() {
        for (int round = 0; round < rounds(); round++) {
            AccountId account = AccountId.of("many-" + round);
            AutoRecharge one = ready(account, "1");
            List<AutoRecharge> nodes = List.of(one, engine(), engine(), engine());

            race.run(8, number -> nodes.get(number % 4).check(account));
            clock.advance(Duration.ofMinutes(1));
            one.check(account);

            assertThat(gateway.captures(account)).as("round %d", round).hasSize(1);
            assertThat(balance(account)).as("round %d", round).isEqualTo(Credits.of(121));
            assertThat(store().grants(account)).isEqualTo(new PendingPostings(2, List.of()));
        }
    }

    @Test
    void accounts_whose_balance_is_unknown_are_not_charged_and_others_are() {
        AutoRecharge engine = ready(ANN, "1");
        ready(BEN, "1");
        ledger.silentAbout(ANN);
        int asked = ledger.balanceReads(ANN);

        RunReport report = engine.runOnce();

        assertThat(report).isEqualTo(new RunReport(2, 1, 1, 0, 0, 0, false));
        assertThat(gateway.captures()).extracting(FakeGateway.Capture::account).containsExactly(BEN);
        assertThat(engine.check(ANN))
                .isEqualTo(new CheckResult.Held(
                        ANN,
                        new Decision.Hold(
                                HoldReason.BALANCE_UNKNOWN, clock.instant().plus(FIRST_WAIT))));
        assertThat(ledger.balanceReads(ANN)).as("read once, not at every check").isEqualTo(asked + 1);
        assertThat(store().find(ANN).orElseThrow().state().dueAt())
                .isEqualTo(clock.instant().plus(FIRST_WAIT));
    }

    @Test
    void a_user_can_switch_off_while_the_ledger_is_down() {
        AutoRecharge engine = ready(ANN, "1");
        ledger.down(true);
        engine.configure(ANN, new Settings(false, 100, Credits.of(10)), null);
        ledger.down(false);
        clock.advance(Duration.ofHours(1));

        assertThat(reasonOf(engine.check(ANN))).isEqualTo(HoldReason.DISABLED);
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void a_capture_is_recorded_while_the_ledger_is_down_and_delivered_when_it_is_back() {
        AutoRecharge first = ready(ANN, "1");
        gateway.processNext();
        first.check(ANN);
        ledger.down(true);

        assertThat(first.settle(Reports.charge(first, ANN, lastAttempt(), gateway.finish(lastAttempt(), true))))
                .isTrue();
        // The check that settling triggers must not hold the account when the run below claims due accounts.
        first.close();
        AutoRecharge engine = engine();

        assertThat(store().recharges(ANN, 1).get(0).recharge().state()).isEqualTo(RechargeState.PAID);
        assertThat(store().grants(ANN).pending()).hasSize(2);
        assertThat(events)
                .filteredOn(event -> event.type() == EventType.RECHARGE_PAID)
                .extracting(AutoRechargeEvent::balance)
                .as("the balance is unknown")
                .containsOnlyNulls();
        engine.configure(ANN, new Settings(false, 100, Credits.of(10)), null);
        ledger.down(false);
        assertThat(engine.status(ANN).state()).isEqualTo(Status.State.OFF);
        assertThat(engine.status(ANN).reason()).isEqualTo("GRANT_PENDING");
        clock.advance(Duration.ofMinutes(10));
        engine.runOnce();
        assertThat(balance(ANN))
                .as("also for an account that disabled auto-recharge")
                .isEqualTo(Credits.of(121));
    }

    @Test
    void a_refused_attempt_is_not_sent_again_while_the_balance_is_unknown() {
        AutoRecharge engine = ready(ANN, "1");
        gateway.refuseNext(Outcome.NotSubmitted.Reason.BUSY);
        engine.check(ANN);
        ledger.down(true);
        clock.advance(Duration.ofMinutes(1));
        assertThat(reasonOf(engine.check(ANN))).isEqualTo(HoldReason.BALANCE_UNKNOWN);
        assertThat(gateway.requests()).hasSize(1);

        ledger.down(false);
        clock.advance(Duration.ofMinutes(10));
        assertThat(isPaid(engine.check(ANN))).isTrue();

        assertThat(gateway.requests())
                .extracting(request -> request.attempt())
                .hasSize(2)
                .containsOnly(lastAttempt());
        assertThat(balance(ANN)).isEqualTo(Credits.of(121));
    }

    @Test
    void reversals_are_delivered_too_after_the_purchase() {
        AutoRecharge engine = ready(ANN, "1");
        ledger.failNext(Fault.BEFORE);
        engine.check(ANN);
        Posting back = new Posting(
                EntryType.PURCHASE,
                Category.PAID,
                Credits.of("-150"),
                "Back",
                "autorecharge/back",
                "autorecharge/pi_1");
        write(store(), ANN, tx -> tx.promise(List.of(back), clock.instant(), clock.instant()));

        engine.configure(ANN, new Settings(false, 100, Credits.of(10)), null);
        clock.advance(Duration.ofMinutes(1));
        engine.runOnce();

        assertThat(references()).containsExactly("autorecharge/back", "autorecharge/pi_1/bonus", "autorecharge/pi_1");
        assertThat(balance(ANN)).isEqualTo(Credits.of("-29"));
    }

    /** A node that closes begins no further check, so the one that was asked for must have begun. */
    private void awaitCapture() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (gateway.captures().isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    @Test
    void a_debit_that_crosses_makes_the_account_due_when_the_host_has_committed() {
        AutoRecharge engine = ready(ANN, "50");
        engine.check(ANN);
        afterCommit.clear();

        assertThat(engine.debit(Debit.of(ANN, Credits.of(40), "job-1", null)).crossed())
                .as("at the threshold")
                .isFalse();
        assertThat(engine.debit(Debit.of(ANN, Credits.of(1), "job-2", null)).crossed())
                .isTrue();
        assertThat(engine.debit(Debit.of(ANN, Credits.of(1), "job-3", null)).crossed())
                .as("below already")
                .isFalse();
        assertThat(store().countDue(clock.instant(), 10)).isZero();
        afterCommit.forEach(Runnable::run);
        awaitCapture();
        engine.close();

        assertThat(balance(ANN)).isEqualTo(Credits.of(128));
        assertThat(gateway.captures()).hasSize(1);
    }

    @Test
    void a_debit_that_is_repeated_since_its_answer_was_lost_makes_the_account_due() {
        AutoRecharge engine = ready(ANN, "50");
        engine.check(ANN);
        afterCommit.clear();
        Debit debit = Debit.of(ANN, Credits.of(45), "job-1", null);
        ledger.debit(debit, false, clock.instant());

        engine.debit(debit);
        afterCommit.forEach(Runnable::run);

        assertThat(store().countDue(clock.instant(), 10)).isEqualTo(1);
        assertThat(balance(ANN)).isEqualTo(Credits.of(5));
    }

    @Test
    void a_refund_removes_its_credits_and_bonus_from_the_ledger_once() {
        AutoRecharge engine = ready(ANN, "1");
        engine.check(ANN);
        Money price = gateway.captures().get(0).amount();
        Reversal refund = new Reversal("re_1", Reversal.Kind.REFUND, price, Money.ofMinor(0, price.currencyCode()));
        PaymentReversals report = new PaymentReversals("pi_1", VISA.customerId(), price, List.of(refund));
        ledger.failNext(HostLedger.Fault.AFTER);

        assertThat(engine.settle(Reports.reversal(engine, ANN, report))).isTrue();
        assertThat(engine.settle(Reports.reversal(engine, ANN, report))).isTrue();
        clock.advance(Duration.ofMinutes(1));
        engine.check(ANN);

        assertThat(balance(ANN)).isEqualTo(Credits.of(1));
        assertThat(store().grants(ANN).pending()).isEmpty();
        assertThat(reasonOf(engine.check(ANN))).isEqualTo(HoldReason.SUSPENDED);
    }

    @Test
    void a_reported_balance_change_recharges_immediately() {
        AutoRecharge engine = ready(ANN, "50");
        engine.check(ANN);
        use(ANN, "45");

        engine.balanceChanged(ANN);
        afterCommit.forEach(Runnable::run);
        awaitCapture();
        engine.close();

        assertThat(balance(ANN)).isEqualTo(Credits.of(125));
    }

    @Test
    void an_unreported_balance_change_is_found_within_an_hour() {
        AutoRecharge engine = ready(ANN, "50");
        engine.check(ANN);
        use(ANN, "45");

        clock.advance(Duration.ofMinutes(59));
        assertThat(engine.runOnce().checked()).isZero();
        clock.advance(Duration.ofMinutes(1));
        assertThat(engine.runOnce().paid()).isEqualTo(1);
        assertThat(balance(ANN)).isEqualTo(Credits.of(125));
    }

    @Test
    void an_account_without_a_next_check_is_found_by_the_sweep_whatever_its_balance() {
        AutoRecharge engine = ready(ANN, "50");
        write(store(), ANN, tx -> tx.save(tx.account().state().dueAt(null)));

        assertThat(engine.runOnce().held()).isEqualTo(1);
        assertThat(store().find(ANN).orElseThrow().state().dueAt())
                .isEqualTo(clock.instant().plus(Duration.ofHours(1)));
    }

    @Test
    void an_account_that_the_store_never_saw_shows_its_balance() {
        give(ANN, "7");

        assertThat(engine().status(ANN).balance()).isEqualTo(Credits.of(7));
    }
}
