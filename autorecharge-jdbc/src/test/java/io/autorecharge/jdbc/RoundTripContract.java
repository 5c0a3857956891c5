package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.AutoRecharge;
import io.autorecharge.AutoRechargeBuilder;
import io.autorecharge.account.CardStop;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.testkit.FakeGateway;
import io.autorecharge.testkit.SettableClock;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Which statements a recharge costs: nothing is read twice within a transaction, and each changed row is written once. */
abstract class RoundTripContract {
    private static final AccountId ANN = AccountId.of("ann");
    private static final String PROVIDER = "-- provider";
    private static final int CLAIM_LIMIT = 10;
    private static final int SETTLE_LIMIT = 12;

    private static final List<String> CLAIM = List.of(
            "select credit_accounts, locked",
            "select checkouts", // one that is due is looked up first
            "select recharges", // the open one
            "select pause, locked", // the stop for everything, and the recharges that count towards the limits
            "select cards, locked", // its lock: what other accounts do with the card is not under the account's lock
            "insert card_attempts", // a statement of its own, so that it counts what was committed before the lock
            "insert recharges",
            "insert attempts",
            "update state",
            "commit");

    private static final List<String> SETTLE = List.of(
            "select credit_accounts, locked",
            "select recharges",
            "insert credit_transactions", // the paid credits
            "insert credit_transactions", // the bonus
            "select checkouts",
            "select reversals",
            "update attempts",
            "update recharges",
            "insert outbox",
            "update credit_accounts",
            "update state",
            "commit");

    private static final List<String> DELIVERED = List.of("update outbox", "commit");

    /** With checkouts a claim also has to know whether one is open. */
    private static final CheckoutGateway UNUSED = (CheckoutGateway) Proxy.newProxyInstance(
            RoundTripContract.class.getClassLoader(),
            new Class<?>[] {CheckoutGateway.class},
            (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    private final SettableClock clock = new SettableClock();
    private final FakeGateway gateway = new FakeGateway(clock);
    private final CountDownLatch begun = new CountDownLatch(1);
    private RoundTrips trips;

    abstract DataSource database();

    /** Of a debit that crosses the threshold. */
    abstract List<String> debit();

    @Test
    void a_claim_takes_ten_round_trips_and_a_settle_twelve() {
        try (AutoRecharge library = library().afterCommit(task -> {}).build()) {
            enable(library);
            // The database is compared with the one that was used before: once a minute, not once per account.
            library.database();
            trips.take();

            library.check(ANN);

            List<String> seen = trips.take();
            assertThat(seen).containsExactlyElementsOf(joined(CLAIM, List.of(PROVIDER), SETTLE, DELIVERED));
            assertThat(CLAIM).hasSize(CLAIM_LIMIT);
            assertThat(SETTLE).hasSize(SETTLE_LIMIT);
        }
    }

    @Test
    void a_recharge_takes_these_round_trips_from_the_debit_to_the_delivered_event() throws InterruptedException {
        try (AutoRecharge library = library().build()) {
            library.grant(new Grant(ANN, Credits.of(20), Category.PAID, "opening", "Gift"));
            enable(library);
        }
        trips.take();

        AutoRecharge library = library().build();
        // The database is compared with the one that was used before: once a minute, not once per account.
        library.database();
        trips.take();
        library.debit(Debit.of(ANN, Credits.of(15), "job", null));
        // Closing waits for the check that has begun, and begins no other.
        assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
        library.close();

        assertThat(gateway.captures(ANN)).hasSize(1);
        assertThat(trips.take())
                .containsExactlyElementsOf(joined(debit(), CLAIM, List.of(PROVIDER), SETTLE, DELIVERED));
    }

    @SafeVarargs
    private static List<String> joined(List<String>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }

    private AutoRechargeBuilder library() {
        if (trips == null) {
            trips = new RoundTrips(database());
            gateway.decideBy(request -> {
                trips.mark(PROVIDER);
                begun.countDown();
            });
        }
        RechargePolicy policy =
                RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, Money.of("9.00", "USD"))));
        return AutoRecharge.builder(policy, JdbcStore.of(trips.dataSource()), gateway)
                .callsPerSecond(100_000)
                .checkout(UNUSED)
                .clock(clock);
    }

    private void enable(AutoRecharge library) {
        // The row that is the card's lock is made once, by the first claim.
        JdbcStore.of(trips.dataSource()).inTransaction(ANN, tx -> {
            tx.stopCard("fp_1", new CardStop(CardStop.Reason.HARD_DECLINE, clock.instant()));
            tx.releaseCard("fp_1", CardStop.Reason.HARD_DECLINE);
            return ANN;
        });
        library.savePaymentMethod(ANN, new PaymentMethod("cus_1", "pm_1", "visa", "4242", "fp_1"));
        library.configure(ANN, new Settings(true, 100, Credits.of(10)), "v1");
    }
}
