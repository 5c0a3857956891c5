package io.autorecharge.jdbc;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutOffer;
import io.autorecharge.store.CheckoutProgress;
import io.autorecharge.store.CheckoutState;
import io.autorecharge.testkit.FakeGateway;
import io.autorecharge.testkit.SettableClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A database in which every table has rows in every state that the library leaves behind. */
final class UsedDatabase {
    private UsedDatabase() {}

    static void use(DataSource database) throws SQLException {
        JdbcStore store = JdbcStore.of(database);
        SettableClock clock = new SettableClock();
        FakeGateway gateway = new FakeGateway(clock);
        new UsedAccounts(
                        AccountId.of("ann"),
                        AccountId.of("ben"),
                        AccountId.of("cleo"),
                        AccountId.of("dan"),
                        AccountId.of("eve"))
                .use(store, gateway, clock);
        AtomicInteger ids = new AtomicInteger();
        RechargePolicy policy =
                RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, UsedAccounts.PRICE)));
        try (AutoRecharge library = AutoRecharge.builder(policy, store, gateway)
                .clock(clock)
                .ids(() -> "more-" + ids.incrementAndGet())
                .afterCommit(task -> {})
                .build()) {
            gateway.declineNext("stolen_card", Outcome.Declined.Kind.HARD);
            low(library, AccountId.of("fay"));
            execute(database, "alter table credit_accounts add constraint small check (credits < 50) nocheck");
            low(library, AccountId.of("gus"));
            execute(database, "alter table credit_accounts drop constraint small");
            library.configure(AccountId.of("hal"), new Settings(false, 100, Credits.of(5)), null);
        }
        AccountId ida = AccountId.of("ida");
        store.inTransaction(ida, tx -> {
            tx.save(new Checkout(
                    new CheckoutOffer(
                            ida,
                            new CheckoutId("open"),
                            100,
                            UsedAccounts.PRICE,
                            false,
                            null,
                            UsedAccounts.NOW,
                            null,
                            null),
                    new CheckoutProgress("cs_open", CheckoutState.OPEN, UsedAccounts.NOW.plusSeconds(60), 0, null)));
            tx.save(tx.account().state().dueAt(UsedAccounts.NOW.plusSeconds(60)));
            return ida;
        });
        store.handled("evt_1", "charge.refunded", UsedAccounts.NOW);
    }

    private static void low(AutoRecharge library, AccountId account) {
        library.grant(new Grant(account, Credits.of(1), Category.PAID, "start", "Start"));
        library.savePaymentMethod(account, new PaymentMethod("cus_" + account, "pm_2", "visa", "1111", "fp_2"));
        library.configure(account, new Settings(true, 100, Credits.of(10)), "v1");
        library.check(account);
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
