package io.autorecharge;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.Account;
import io.autorecharge.account.Agreement;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.RechargePolicyBuilder;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.SaveResult;
import io.autorecharge.store.RechargeWithAttempt;
import io.autorecharge.testkit.FakeGateway;
import io.autorecharge.testkit.InMemoryStore;
import io.autorecharge.testkit.Reports;
import io.autorecharge.testkit.SettableClock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** The whole library on a store in memory, a scripted provider and a settable clock, with nothing in the background. */
final class Rig implements AutoCloseable {
    static final AccountId ALICE = AccountId.of("alice");
    static final PaymentMethod CARD = new PaymentMethod("cus_1", "pm_1", "visa", "4242", "fp_1");
    static final PackageCatalog PACKAGES =
            PackageCatalog.of(pack(50, "5.00"), pack(100, "9.00"), pack(250, "20.00"), pack(500, "35.00"));

    final SettableClock clock = new SettableClock();
    final InMemoryStore store;
    final FakeGateway gateway = new FakeGateway(clock);
    final FakeCheckout checkout = new FakeCheckout();
    final List<AutoRechargeEvent> events = new CopyOnWriteArrayList<>();
    final RechargePolicy policy;
    final AutoRecharge library;
    private final AtomicInteger ids = new AtomicInteger();

    Rig() {
        this(b -> b);
    }

    Rig(UnaryOperator<RechargePolicyBuilder> custom) {
        this(custom, new InMemoryStore());
    }

    Rig(UnaryOperator<RechargePolicyBuilder> custom, InMemoryStore store) {
        this(custom.apply(RechargePolicy.builder(PACKAGES)).build(), store);
    }

    Rig(RechargePolicy policy, InMemoryStore store) {
        this.store = store;
        this.policy = policy;
        library = engine();
    }

    /** From here on settlements start no background check, so that a test can check accounts itself. */
    Rig alone() {
        library.close();
        return this;
    }

    /** Another node, or the same one after a restart. */
    AutoRecharge engine() {
        return AutoRecharge.builder(policy, store, gateway)
                .checkout(checkout)
                .clock(clock)
                .ids(() -> "id-" + ids.incrementAndGet())
                .listenerExecutor(Runnable::run)
                .listener(events::add)
                .callsPerSecond(100_000)
                // No check runs in the background: tests check accounts themselves.
                .afterCommit(task -> {})
                .build();
    }

    static CreditPackage pack(int credits, String usd) {
        return new CreditPackage(credits, Money.of(usd, "USD"));
    }

    /** An account that is ready to be recharged with 100 credits for 9 dollars. */
    Rig enabled(AccountId account, String balance) {
        Credits credits = Credits.of(balance);
        if (credits.isPositive()) {
            library.grant(new Grant(account, credits, Category.PAID, "start", "Start"));
        }
        store.inTransaction(account, tx -> {
            tx.savePaymentMethod(cardOf(account));
            return tx;
        });
        library.configure(account, new Settings(true, 100, Credits.of(10)), "v1");
        return this;
    }

    /** Accounts share neither a customer nor a card, whose attempts are counted over all of them. */
    static PaymentMethod cardOf(AccountId account) {
        return account.equals(ALICE)
                ? CARD
                : new PaymentMethod("cus_of_" + account, CARD.id(), CARD.brand(), CARD.last4(), "fp_of_" + account);
    }

    /** The user saves settings after confirming what is charged now and the most that one recharge may cost. */
    Rig confirmed(AccountId account, Settings settings, String max) {
        Money now = library.preview(account, settings).amount();
        SaveResult result = library.save(account, settings, Agreement.to("v1").confirming(now, Money.of(max, "USD")));
        assertThat(result).isInstanceOf(SaveResult.Saved.class);
        return this;
    }

    void card(AccountId account, PaymentMethod method) {
        store.inTransaction(account, tx -> {
            tx.savePaymentMethod(method);
            return tx;
        });
    }

    /** The provider reports an attempt, for the customer that it was created for. */
    boolean settle(AutoRecharge node, AccountId account, AttemptId attempt, Outcome outcome) {
        return node.settle(Reports.charge(node, account, attempt, outcome));
    }

    boolean settle(AutoRecharge node, AccountId account, AttemptId attempt, String customer, Outcome outcome) {
        return node.settle(new ProviderReport.Charge(account, attempt, customer, outcome, node.installation(), null));
    }

    /** The provider reports a checkout, for the session and customer that it was created for. */
    boolean settle(AutoRecharge node, AccountId account, CheckoutId id, CheckoutOutcome outcome) {
        return node.settle(checkout.report(account, id, outcome));
    }

    boolean settle(AutoRecharge node, AccountId account, PaymentReversals reversals) {
        return node.settle(Reports.reversal(node, account, reversals));
    }

    DebitResult debit(String credits, String reference) {
        return library.debit(
                Debit.of(ALICE, Credits.of(credits), reference, null).withOverdraft());
    }

    CheckResult check() {
        return library.check(ALICE);
    }

    Credits balance() {
        return library.balance(ALICE);
    }

    Account account() {
        return store.find(ALICE).orElseThrow();
    }

    RechargeWithAttempt lastRecharge() {
        return store.recharges(ALICE, 1).get(0);
    }

    AttemptId lastAttempt() {
        return lastRecharge().attempt().id();
    }

    List<LedgerEntry> entries() {
        return library.entries(ALICE, 100);
    }

    List<EventType> eventTypes() {
        return events.stream().map(AutoRechargeEvent::type).toList();
    }

    @Override
    public void close() {
        library.close();
    }
}
