package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.KeyMode;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.report.CheckResult;
import io.autorecharge.store.DatabaseIdentity;
import io.autorecharge.testkit.FakeGateway;
import io.autorecharge.testkit.SettableClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A database and what happens to it: copies charge nobody, and what an operator does to the original stops nothing. */
abstract class CopiedDatabaseContract {
    static final AccountId ANN = AccountId.of("ann");

    final SettableClock clock = new SettableClock();
    final FakeGateway gateway = new FakeGateway(clock);

    abstract DataSource newDatabase();

    /** The same tables and rows in another database, as a restored dump makes them. */
    abstract DataSource restored(DataSource original) throws SQLException;

    /** Statements that an operator may run, after which the database is the same. */
    abstract String[] maintenance();

    final DataSource usedDatabase() {
        gateway.setMode(KeyMode.LIVE);
        DataSource database = newDatabase();
        use(database);
        return database;
    }

    /** With one account that is low. */
    final void use(DataSource database) {
        Migrator.of(database).migrate();
        try (AutoRecharge library = node(database)) {
            library.grant(new Grant(ANN, Credits.of(5), Category.PAID, "opening", "Gift"));
            library.savePaymentMethod(ANN, new PaymentMethod("cus_1", "pm_1", "visa", "4242", "fp_1"));
            library.configure(ANN, new Settings(true, 100, Credits.of(10)), "v1");
            assertThat(library.database().charging()).isTrue();
        }
    }

    /** A process that has just started. */
    final AutoRecharge node(DataSource database) {
        RechargePolicy policy =
                RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, Money.of("9.00", "USD"))));
        return AutoRecharge.builder(policy, JdbcStore.of(database), gateway)
                .callsPerSecond(100_000)
                .chargeImmediately(false)
                .clock(clock)
                .afterCommit(task -> {})
                .build();
    }

    static DatabaseIdentity identity(DataSource database) {
        return JdbcStore.of(database).identity();
    }

    final void assertHeld(DataSource database) {
        try (AutoRecharge node = node(database)) {
            assertThat(node.check(ANN)).isInstanceOf(CheckResult.Held.class);
            assertThat(((CheckResult.Held) node.check(ANN)).hold().reason())
                    .isEqualTo(HoldReason.DATABASE_NOT_CONFIRMED);
            assertThat(node.status(ANN).reason()).isEqualTo("DATABASE_NOT_CONFIRMED");
        }
    }

    final void assertCharged(DataSource database) {
        try (AutoRecharge node = node(database)) {
            assertThat(node.check(ANN)).isInstanceOf(CheckResult.Charged.class);
        }
    }

    static void execute(DataSource database, String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void a_restored_dump_charges_nobody_and_the_original_goes_on() throws SQLException {
        DataSource original = usedDatabase();

        assertHeld(restored(original));

        assertThat(gateway.requests()).isEmpty();
        assertCharged(original);
    }

    @Test
    void what_an_operator_does_to_the_database_is_no_copy() throws SQLException {
        DataSource original = usedDatabase();
        DatabaseIdentity before = identity(original);
        execute(original, maintenance());

        assertThat(identity(original).onAnyServer()).isEqualTo(before.onAnyServer());
        assertThat(identity(original).server().run()).isEqualTo(before.server().run());
        clock.advance(Duration.ofDays(30));
        assertCharged(original);
    }
}
