package io.autorecharge.jdbc;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.Agreement;
import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.RequestedCredits;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Usage;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.GraceRule;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.TotalLimits;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutOffer;
import io.autorecharge.store.CheckoutProgress;
import io.autorecharge.store.CheckoutState;
import io.autorecharge.testkit.FakeGateway;
import io.autorecharge.testkit.SettableClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
                .checkout(new UsedAccounts.PaidPages())
                .totalLimits(TotalLimits.none().withPerDay(Money.of("900.00", "USD")))
                .ids(() -> "more-" + ids.incrementAndGet())
                .afterCommit(task -> {})
                .build()) {
            gateway.declineNext("stolen_card", Outcome.Declined.Kind.HARD);
            low(library, AccountId.of("fay"));
            gateway.refuseNext(Outcome.NotSubmitted.Reason.REJECTED);
            low(library, AccountId.of("jim"));
            gateway.declineNext("insufficient_funds", Outcome.Declined.Kind.SOFT);
            lowWithBackup(library, AccountId.of("max"));
            execute(database, "alter table credit_accounts add constraint small check (credits < 50) nocheck");
            low(library, AccountId.of("gus"));
            execute(database, "alter table credit_accounts drop constraint small");
            library.save(
                    AccountId.of("hal"),
                    new Settings(false, 100, Credits.of(5)),
                    Agreement.none(),
                    rules -> rules.withMonthlyLimit(Money.of("40.00", "USD")));
            offer(store, library, AccountId.of("ida"), false);
            offer(store, library, AccountId.of("kim"), true);
            offer(store, library, AccountId.of("leo"), true);
            library.settle(new ProviderReport.Checkout(
                    AccountId.of("leo"),
                    new CheckoutId("open"),
                    "cs_leo",
                    "cus_leo",
                    new CheckoutOutcome.Paid("pi_leo", UsedAccounts.PRICE, null),
                    library.installation(),
                    null));
            announce(store, gateway, clock.instant(), ids);
            overdraw(store, gateway, clock, ids);
            library.pause("a key leaked", "alice");
        }
        store.handled("evt_1", "charge.refunded", UsedAccounts.NOW);
        store.inTransaction(AccountId.of("hal"), tx -> {
            tx.save(tx.account()
                    .state()
                    .requesting(new RequestedCredits(Credits.of(70), UsedAccounts.NOW.plusSeconds(3600))));
            return tx;
        });
        store.inTransaction(AccountId.of("ann"), tx -> {
            Usage usage = new Usage(Credits.of(2), UsedAccounts.NOW, Credits.of(7), Credits.of(100));
            tx.save(tx.account().state().using(usage));
            tx.saveMarks(tx.usageMark(UsedAccounts.NOW), List.of());
            return tx;
        });
        // The installation is older than what it has charged.
        execute(
                database,
                "update auto_recharge_installation set created_at = created_at - interval '4' day,"
                        + " bound_at = bound_at - interval '4' day");
    }

    /** One charge that was announced and made, and one that waits for its time. */
    private static void announce(JdbcStore store, FakeGateway gateway, Instant now, AtomicInteger ids) {
        SettableClock clock = new SettableClock();
        clock.set(now.minus(Duration.ofHours(30)));
        RechargePolicy policy = RechargePolicy.builder(PackageCatalog.of(new CreditPackage(100, UsedAccounts.PRICE)))
                .noticeBefore(Duration.ofDays(1))
                .build();
        try (AutoRecharge library = AutoRecharge.builder(policy, store, gateway)
                .clock(clock)
                .ids(() -> "announced-" + ids.incrementAndGet())
                .afterCommit(task -> {})
                .build()) {
            low(library, AccountId.of("ora"));
            clock.set(now.minus(Duration.ofHours(1)));
            library.check(AccountId.of("ora"));
            low(library, AccountId.of("noa"));
        }
    }

    /** A card that has declined, and an account that may be overdrawn. */
    private static void overdraw(JdbcStore store, FakeGateway gateway, SettableClock clock, AtomicInteger ids) {
        RechargePolicy policy = RechargePolicy.builder(PackageCatalog.of(new CreditPackage(100, UsedAccounts.PRICE)))
                .grace(new GraceRule(7, Credits.of(20)))
                .build();
        try (AutoRecharge library = AutoRecharge.builder(policy, store, gateway)
                .clock(clock)
                .ids(() -> "grace-" + ids.incrementAndGet())
                .afterCommit(task -> {})
                .build()) {
            gateway.declineNext("insufficient_funds", Outcome.Declined.Kind.SOFT);
            low(library, AccountId.of("pia"));
        }
    }

    private static void offer(JdbcStore store, AutoRecharge library, AccountId account, boolean enable) {
        Consent consent =
                enable ? new Consent("v1", UsedAccounts.NOW, UsedAccounts.PRICE, Consent.Source.CHECKOUT) : null;
        Checkout offered = new Checkout(
                new CheckoutOffer(
                        account,
                        new CheckoutId("open"),
                        100,
                        UsedAccounts.PRICE,
                        enable,
                        consent,
                        UsedAccounts.NOW,
                        null,
                        library.installation()),
                new CheckoutProgress(null, CheckoutState.OPEN, UsedAccounts.NOW.plusSeconds(60), 0, null));
        store.inTransaction(account, tx -> {
            tx.save(offered);
            tx.save(tx.account().state().dueAt(UsedAccounts.NOW.plusSeconds(60)));
            return account;
        });
        store.inTransaction(account, tx -> {
            tx.save(offered.at("cs_" + account));
            return account;
        });
    }

    private static void low(AutoRecharge library, AccountId account) {
        prepare(library, account);
        library.check(account);
    }

    private static void lowWithBackup(AutoRecharge library, AccountId account) {
        prepare(library, account);
        library.addPaymentMethod(
                account, new PaymentMethod("cus_" + account, "pm_3", "visa", "4444", "fp_backup_" + account));
        library.check(account);
    }

    private static void prepare(AutoRecharge library, AccountId account) {
        library.grant(new Grant(account, Credits.of(1), Category.PAID, "start", "Start"));
        library.savePaymentMethod(
                account, new PaymentMethod("cus_" + account, "pm_2", "visa", "1111", "fp_" + account));
        library.configure(account, new Settings(true, 100, Credits.of(10)), "v1");
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
