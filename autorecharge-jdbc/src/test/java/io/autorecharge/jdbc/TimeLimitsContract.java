package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import io.autorecharge.AutoRecharge;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.Money;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.RunReport;
import io.autorecharge.store.StoreException;
import io.autorecharge.testkit.FakeGateway;
import io.autorecharge.testkit.SettableClock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A transaction of the host that holds a row stops nobody but the account of this row, and nothing waits for it without end. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TimeLimitsContract {
    private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
    private static final AccountId HELD = AccountId.of("a-07");
    private static final int ACCOUNTS = 30;

    private HikariDataSource pool;
    private JdbcStore store;

    /** A new, empty database. */
    abstract DataSource newDatabase();

    /** A query whose result lists the session's limits. */
    abstract String limitsOfSession();

    /** Work of the host while its transaction holds a row. */
    private interface Work {
        void run() throws SQLException;
    }

    @BeforeAll
    void openPool() {
        pool = DatabaseContract.pool(newDatabase(), true);
        Migrator.of(pool).migrate();
        store = store(pool);
    }

    @BeforeEach
    void accounts() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            DatabaseContract.empty(statement);
        }
        for (int i = 0; i < ACCOUNTS; i++) {
            AccountId account = AccountId.of(String.format("a-%02d", i));
            store.inTransaction(account, tx -> {
                tx.savePaymentMethod(new PaymentMethod("cus_" + account, "pm_1", "visa", "4242", "fp_" + account));
                return true;
            });
            store.grant(new Grant(account, Credits.of(5), Category.PAID, "gift", "Gift"), NOW);
        }
    }

    @AfterAll
    void closePool() {
        if (pool != null) {
            pool.close();
        }
    }

    private DataSource database() {
        return pool;
    }

    static JdbcStore store(DataSource database) {
        ConnectionPort connections = ConnectionPort.of(database);
        return JdbcStore.create(
                connections,
                Dialect.detect(connections),
                AccountsTable.own(),
                RechargePolicy.DEFAULT_THRESHOLD,
                new TimeLimits(Duration.ofMillis(300), Duration.ofSeconds(10), Duration.ofSeconds(20)));
    }

    @Test
    void a_row_that_another_transaction_holds_is_waited_for_only_until_the_limit() throws SQLException {
        List<Runnable> calls = List.of(
                () -> store.debit(Debit.of(HELD, Credits.of(1), "job", null), false, NOW),
                () -> store.grant(new Grant(HELD, Credits.of(1), Category.PAID, "more", "Gift"), NOW),
                () -> store.inTransaction(HELD, tx -> tx.account()));

        holding("credit_accounts", "id", () -> calls.forEach(TimeLimitsContract::assertRetryable));
        holding("auto_recharge_state", "account_id", () -> {
            calls.forEach(TimeLimitsContract::assertRetryable);
            assertRetryable(() -> store.markDue(HELD, NOW));
        });

        calls.forEach(Runnable::run);
        assertThat(store.balance(HELD)).isEqualTo(Credits.of(5));
    }

    @Test
    void reading_does_not_wait_for_a_row_that_another_transaction_holds() throws SQLException {
        holding("credit_accounts", "id", () -> {
            assertThat(store.find(HELD)).isPresent();
            assertThat(store.balance(HELD)).isEqualTo(Credits.of(5));
            assertThat(store.recharges(HELD, 10)).isEmpty();
            assertThat(store.entries(HELD, Long.MAX_VALUE, 10)).hasSize(1);
        });
    }

    @Test
    void due_accounts_are_taken_without_waiting_for_a_held_row() throws SQLException {
        for (int i = 0; i < ACCOUNTS; i++) {
            store.markDue(AccountId.of(String.format("a-%02d", i)), NOW);
        }

        holding(
                "auto_recharge_state",
                "account_id",
                () -> assertThat(store.takeDue(NOW, NOW.plusSeconds(60), 100))
                        .hasSize(ACCOUNTS - 1)
                        .doesNotContain(HELD));
    }

    @Test
    void a_sweep_leaves_a_held_row_to_the_next_one() throws SQLException {
        enable();

        holding(
                "auto_recharge_state",
                "account_id",
                () -> assertThat(store.sweep(false, NOW)).isEqualTo(ACCOUNTS - 1));
        assertThat(store.sweep(false, NOW)).isOne();
        assertThat(store.sweep(false, NOW)).isZero();
    }

    @Test
    void a_sweep_does_not_wait_for_an_accounts_row() throws SQLException {
        enable();

        holding(
                "credit_accounts",
                "id",
                () -> assertThat(store.sweep(false, NOW)).isEqualTo(ACCOUNTS));
    }

    @Test
    void one_held_account_of_thirty_stops_none_of_the_others() throws SQLException {
        SettableClock clock = new SettableClock();
        FakeGateway gateway = new FakeGateway(clock);
        RechargePolicy policy =
                RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, Money.of("9.00", "USD"))));
        try (AutoRecharge library = AutoRecharge.builder(policy, store, gateway)
                .callsPerSecond(100_000)
                .afterCommit(task -> {})
                .concurrency(2)
                .clock(clock)
                .build()) {
            for (int i = 0; i < ACCOUNTS; i++) {
                library.configure(
                        AccountId.of(String.format("a-%02d", i)), new Settings(true, 100, Credits.of(10)), "v1");
            }

            holding("credit_accounts", "id", () -> {
                RunReport report = library.runOnce();
                assertThat(report.paid()).isEqualTo(ACCOUNTS - 1);
                assertThat(report.held()).isOne();
                assertThat(report.failed()).isZero();
                assertThat(library.check(HELD)).isInstanceOfSatisfying(CheckResult.Held.class, held -> {
                    assertThat(held.hold().reason()).isEqualTo(HoldReason.CONTENTION);
                    assertThat(held.hold().until()).isEqualTo(clock.instant().plusSeconds(3));
                });
            });

            assertThat(library.check(HELD)).isInstanceOf(CheckResult.Charged.class);
        }
        assertThat(gateway.captures()).hasSize(ACCOUNTS);
    }

    @Test
    void the_limits_end_with_the_librarys_transaction() throws SQLException {
        try (HikariDataSource single = DatabaseContract.pool(database(), true)) {
            single.setMaximumPoolSize(1);
            List<String> before = limits(single);
            JdbcStore limited = store(single);
            List<Runnable> calls = List.of(
                    () -> limited.debit(Debit.of(HELD, Credits.of(1), "job-1", null), false, NOW),
                    () -> limited.debit(Debit.of(HELD, Credits.of(1000), "job-2", null), false, NOW),
                    () -> limited.grant(new Grant(HELD, Credits.of(1), Category.PAID, "more", "Gift"), NOW),
                    () -> limited.inTransaction(HELD, tx -> tx.account()),
                    () -> limited.find(HELD),
                    () -> limited.markDue(HELD, NOW),
                    () -> limited.takeDue(NOW, NOW.plusSeconds(1), 10),
                    () -> limited.sweep(false, NOW),
                    () -> limited.handled("evt", "type", NOW),
                    () -> catchThrowable(() -> limited.inTransaction(HELD, tx -> {
                        throw new IllegalStateException("crash");
                    })));
            for (Runnable call : calls) {
                call.run();
                assertThat(limits(single)).isEqualTo(before);
            }
        }
    }

    @Test
    void a_debit_in_the_hosts_transaction_leaves_the_hosts_limits_alone() throws SQLException {
        try (Connection host = database().getConnection()) {
            host.setAutoCommit(false);
            JdbcStore joining = JdbcStore.create(
                    new ConnectionPort() {
                        @Override
                        public Connection hostTransaction() {
                            return host;
                        }

                        @Override
                        public Connection open() throws SQLException {
                            return database().getConnection();
                        }
                    },
                    Dialect.detect(ConnectionPort.of(database())));
            List<String> before = limits(host);

            joining.debit(Debit.of(HELD, Credits.of(1), "job", null), false, NOW);

            assertThat(limits(host)).isEqualTo(before);
            host.rollback();
            host.setAutoCommit(true);
        }
    }

    private void enable() {
        for (int i = 0; i < ACCOUNTS; i++) {
            store.inTransaction(AccountId.of(String.format("a-%02d", i)), tx -> {
                tx.save(new Settings(true, 100, Credits.of(10)));
                tx.save(tx.account().state().dueAt(null));
                return true;
            });
        }
    }

    private static void assertRetryable(Runnable call) {
        assertThat(catchThrowable(call::run)).isInstanceOfSatisfying(StoreException.class, e -> {
            assertThat(e.isRetryable()).isTrue();
            // The limit for locks, and not the longer one for statements.
            assertThat(e)
                    .cause()
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            cause -> assertThat(cause.getSQLState()).isIn("55P03", "HYT00", "HY000"));
        });
    }

    private void holding(String table, String key, Work work) throws SQLException {
        try (Connection host = database().getConnection()) {
            host.setAutoCommit(false);
            try (PreparedStatement lock =
                    host.prepareStatement("select 1 from " + table + " where " + key + " = ? for update")) {
                lock.setString(1, HELD.value());
                lock.executeQuery().close();
                work.run();
            } finally {
                host.rollback();
                host.setAutoCommit(true);
            }
        }
    }

    private List<String> limits(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return limits(connection);
        }
    }

    private List<String> limits(Connection connection) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery(limitsOfSession())) {
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    found.add(rows.getString(i));
                }
            }
        }
        found.add("network " + connection.getNetworkTimeout());
        return found;
    }
}
