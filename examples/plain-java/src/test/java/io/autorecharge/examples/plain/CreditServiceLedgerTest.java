package io.autorecharge.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.jdbc.Migrator;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.Ledger;
import io.autorecharge.stripe.StripeGateway;
import io.autorecharge.stripe.StripeSettings;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.stripe.simulator.StripeSimulator;
import io.autorecharge.testkit.RemoteLedgerContract;
import java.time.Duration;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CreditServiceLedgerTest {
    private static final AccountId ALICE = AccountId.of("alice");
    private static final String PAGE = "http://localhost/profile";

    @Nested
    class KeepsThePortsContract extends RemoteLedgerContract {
        private final Ledger ledger = new CreditServiceLedger(new CreditServiceInMemory(false));

        @Override
        protected Ledger ledger() {
            return ledger;
        }
    }

    @Test
    @Timeout(120)
    void what_stripe_was_paid_for_arrives_once_in_a_service_that_loses_answers() throws Exception {
        JdbcConnectionPool database =
                JdbcConnectionPool.create("jdbc:h2:mem:credit-service;DB_CLOSE_DELAY=-1", "sa", "");
        Migrator.of(database).migrate();
        RechargePolicy policy =
                RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, Money.of("9.00", "USD"))));
        CreditService service = new CreditServiceInMemory(true);
        try (StripeSimulator simulator = StripeSimulator.start(SimulatorOptions.defaults());
                AutoRecharge autoRecharge = CreditServiceLedger.start(
                        policy,
                        database,
                        service,
                        new StripeGateway(StripeSettings.builder(SimulatorOptions.SECRET_KEY, PAGE, PAGE)
                                .apiBase(simulator.baseUrl())
                                .build()))) {
            SimulatedCustomer.pay(autoRecharge.openCheckout(ALICE, 100, "v1", "alice@example.com"));
            autoRecharge.refreshCheckouts(ALICE);
            awaitBalance(autoRecharge, "120");
            // The third movement: its answer is lost, and the host asks again.
            Debit debit = Debit.of(ALICE, Credits.of(115), "job-17", "Report of May");
            try {
                autoRecharge.debit(debit);
            } catch (IllegalStateException e) {
                autoRecharge.debit(debit);
            }

            awaitBalance(autoRecharge, "125");
            assertThat(autoRecharge.entries(ALICE, 10))
                    .extracting(LedgerEntry::description)
                    .containsExactly(
                            "Auto-recharge bonus: 20 credits",
                            "Auto-recharge: 100 credits",
                            "Report of May",
                            "Purchase bonus: 20 credits",
                            "Credit purchase: 100 credits");
        }
        database.dispose();
    }

    private static void awaitBalance(AutoRecharge autoRecharge, String credits) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(autoRecharge.balance(ALICE)).isEqualTo(Credits.of(credits)));
    }
}
