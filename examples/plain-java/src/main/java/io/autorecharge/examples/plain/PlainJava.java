package io.autorecharge.examples.plain;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.jdbc.Migrator;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.stripe.StripeGateway;
import io.autorecharge.stripe.StripeSettings;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.stripe.simulator.StripeSimulator;
import java.io.PrintStream;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * Buys credits, uses them, and waits for the automatic recharge. With {@code STRIPE_SECRET_KEY} set to a key of Stripe's test mode a person pays
 * at the checkout whose URL is printed; without it a simulator replaces Stripe and the person.
 */
public final class PlainJava {
    private static final AccountId ALICE = AccountId.of("alice");
    private static final String CONSENT = "terms of 2026-11";
    private static final String RETURN_URL = "http://localhost/profile";

    private PlainJava() {}

    public static void main(String[] arguments) throws InterruptedException {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:plain;DB_CLOSE_DELAY=-1", "sa", "");
        String key = System.getenv().getOrDefault("STRIPE_SECRET_KEY", "");
        if (key.isBlank()) {
            runSimulated(pool, System.out);
        } else if (key.startsWith("sk_test_") || key.startsWith("rk_test_")) {
            StripeSettings stripe =
                    StripeSettings.builder(key, RETURN_URL, RETURN_URL).build();
            run(pool, stripe, checkout -> System.out.println("Pay at " + checkout.url()), System.out);
        } else {
            throw new IllegalArgumentException(
                    "STRIPE_SECRET_KEY is not a key of Stripe's test mode (sk_test_ or rk_test_)");
        }
        pool.dispose();
    }

    static List<LedgerEntry> runSimulated(DataSource database, PrintStream out) throws InterruptedException {
        try (StripeSimulator simulator = StripeSimulator.start(SimulatorOptions.defaults())) {
            StripeSettings stripe = StripeSettings.builder(SimulatorOptions.SECRET_KEY, RETURN_URL, RETURN_URL)
                    .apiBase(simulator.baseUrl())
                    .build();
            return run(database, stripe, SimulatedCustomer::pay, out);
        }
    }

    private static List<LedgerEntry> run(DataSource database, StripeSettings stripe, Customer customer, PrintStream out)
            throws InterruptedException {
        PrintingListener printer = new PrintingListener(out);
        RechargePolicy policy = RechargePolicy.ofDefaults(PackageCatalog.of(
                new CreditPackage(100, Money.of("9.00", "USD")), new CreditPackage(250, Money.of("20.00", "USD"))));
        Migrator.of(database).migrate();
        try (AutoRecharge autoRecharge = AutoRecharge.builder(policy, JdbcStore.of(database), new StripeGateway(stripe))
                .listener(printer)
                .build()) {
            autoRecharge.start();

            // The checkout grants the credits, saves the card and switches auto-recharge on.
            customer.pay(autoRecharge.openCheckout(ALICE, 100, CONSENT, "alice@example.com"));
            autoRecharge.refreshCheckouts(ALICE);
            printer.await(EventType.PURCHASE_PAID);

            // 120 credits minus 115 is below the threshold of 10, so the card is charged and 100 + 20 credits are
            // granted.
            DebitResult used = autoRecharge.debit(Debit.of(ALICE, Credits.of(115), "job-17", "Report of May"));
            out.println("Balance " + used.balance() + ", recharge due: " + used.crossed());
            printer.await(EventType.RECHARGE_PAID);

            List<LedgerEntry> entries = autoRecharge.entries(ALICE, 10);
            entries.forEach(entry -> out.printf(
                    "%3d  %-32s %6s  balance %s%n",
                    entry.sequence(), entry.description(), entry.amount(), entry.balanceAfter()));
            return entries;
        }
    }

    /** Whoever pays at the checkout. */
    interface Customer {
        void pay(CheckoutSession checkout) throws InterruptedException;
    }
}
