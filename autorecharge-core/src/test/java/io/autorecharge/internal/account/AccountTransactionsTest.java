package io.autorecharge.internal.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.internal.event.EventDelivery;
import io.autorecharge.internal.event.Listeners;
import io.autorecharge.internal.thread.FailureLog;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.NegativeBalance;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.AfterCommit;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutOffer;
import io.autorecharge.store.CheckoutProgress;
import io.autorecharge.testkit.InMemoryStore;
import io.autorecharge.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A step that may change the account schedules its next check; a step that only reads refuses to write. */
class AccountTransactionsTest {
    private static final FailureLog FAILURES =
            new FailureLog(LoggerFactory.getLogger(AccountTransactionsTest.class), System::nanoTime);
    private static final AccountId ANN = AccountId.of("ann");
    private static final Money PRICE = Money.of("9.00", "USD");

    private final SettableClock clock = new SettableClock();
    private final InMemoryStore store = new InMemoryStore();
    private final AccountTransactions transactions = new AccountTransactions(
            store,
            new StandingReader(RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, PRICE)))),
            new EventDelivery(store, new Listeners(List.of(), null, Duration.ofSeconds(1), FAILURES), clock, FAILURES),
            clock,
            Credits.SMALLEST,
            NegativeBalance.POST,
            AfterCommit.IMMEDIATELY);

    @Test
    void a_step_that_makes_an_account_low_makes_it_due() {
        Instant now = clock.instant();

        transactions.run(ANN, step -> {
            step.tx().saveCustomer("cus_1");
            step.tx().savePaymentMethod(new PaymentMethod("cus_1", "pm_1", "visa", "4242", "fp_1"));
            step.tx().save(step.account().state().withConsent(new Consent("v1", now)));
            step.tx().save(new Settings(true, 100, Credits.of(10)));
            return step;
        });

        assertThat(store.find(ANN).orElseThrow().state().dueAt()).isEqualTo(now);
    }

    @Test
    void a_step_that_only_reads_writes_and_publishes_nothing() {
        Instant now = clock.instant();
        CheckoutOffer offer = new CheckoutOffer(ANN, new CheckoutId("c1"), 100, PRICE, false, null, now, null, null);
        Checkout checkout = new Checkout(offer, CheckoutProgress.offered(now));

        refused(step -> step.tx().save(new Settings(true, 100, Credits.of(3))));
        refused(step -> step.tx().save(checkout));
        refused(step -> step.tx().saveCustomer("cus_1"));
        refused(step -> step.tx().save(step.account().state().dueAt(now)));
        refused(step -> step.publish(AutoRechargeEvent.of(EventType.ENABLED, ANN, "c1", now)));

        transactions.run(ANN, step -> {
            step.tx().save(checkout);
            return step;
        });
        assertThat(transactions.<List<Checkout>>read(ANN, step -> step.tx().openCheckouts()))
                .containsExactly(checkout);
    }

    private void refused(Consumer<Step> work) {
        assertThatIllegalStateException()
                .isThrownBy(() -> transactions.read(ANN, step -> {
                    work.accept(step);
                    return step;
                }))
                .withMessageContaining("only reads");
    }
}
