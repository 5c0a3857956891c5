package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.testkit.FakeGateway;
import io.autorecharge.testkit.SettableClock;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The database has tables with the names of the library that are not the library's, or are no longer. */
abstract class ForeignTablesContract {
    private static final AccountId ANN = AccountId.of("ann");
    private static final String HOSTS_LEDGER =
            "create table credit_transactions (id integer not null primary key, amount integer, note varchar(20) not null)";

    private DataSource database;

    abstract DataSource newDatabase();

    @BeforeEach
    void makeDatabase() {
        database = newDatabase();
    }

    private static void refuses(ThrowingCallable call, String... differences) {
        assertThatThrownBy(call).isInstanceOf(IllegalStateException.class).hasMessageContainingAll(differences);
    }

    private void execute(String... statements) {
        Schemas.execute(database, statements);
    }

    @Test
    void a_ledger_of_the_host_is_refused_before_the_first_change_with_every_difference() {
        execute(HOSTS_LEDGER);
        String[] differences = {
            "column credit_transactions.user_id is missing",
            "column credit_transactions.reference is missing",
            "column credit_transactions.amount is integer, must be numeric(19, 6)",
            "column credit_transactions.note is not the library's, must have a default or allow nulls",
            "credit_transactions has no primary key (user_id, seq)",
            "credit_transactions has no unique index credit_transactions_reference (user_id, reference)",
            "rename it",
        };

        refuses(() -> Migrator.of(database).migrate(), differences);
        refuses(() -> Migrator.of(database).check(), differences);
        refuses(() -> JdbcStore.of(database), differences);

        execute("drop table credit_transactions");
        assertThatThrownBy(() -> execute("select * from auto_recharge_schema")).isInstanceOf(AssertionError.class);
        Migrator.of(database).migrate();
    }

    @Test
    void a_view_is_no_table() {
        execute("create table entries (id integer)", "create view credit_transactions as select * from entries");

        refuses(() -> Migrator.of(database).migrate(), "credit_transactions is a view, must be a table");
        refuses(() -> JdbcStore.of(database), "credit_transactions is a view, must be a table");
    }

    @Test
    void a_store_that_was_made_before_its_tables_were_lost_or_migrated_charges_nobody() {
        FakeGateway gateway = new FakeGateway(new SettableClock());
        JdbcStore early = JdbcStore.of(database);
        Migrator.of(database).migrate();
        execute("drop table credit_transactions");
        RechargePolicy policy =
                RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, Money.of("9.00", "USD"))));
        for (JdbcStore store : new JdbcStore[] {early, JdbcStore.of(database)}) {
            try (AutoRecharge library = AutoRecharge.builder(policy, store, gateway)
                    .clock(new SettableClock())
                    .build()) {
                refuses(
                        () -> library.savePaymentMethod(ANN, new PaymentMethod("cus_1", "pm_1", null, null, null)),
                        "table credit_transactions");
                refuses(
                        () -> library.configure(ANN, new Settings(true, 100, Credits.of(10)), "v1"),
                        "table credit_transactions");
                refuses(() -> library.check(ANN), "table credit_transactions");
            }
        }
        assertThat(gateway.captures()).isEmpty();
        refuses(() -> Migrator.of(database).migrate(), "table credit_transactions");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "alter table credit_transactions add note varchar(20) not null|column credit_transactions.note is not the library's",
                "alter table auto_recharge_outbox add hosts integer not null|column auto_recharge_outbox.hosts is not the library's",
                "alter table credit_accounts add region varchar(20) not null|column credit_accounts.region is not the library's",
                "alter table auto_recharge_state drop column declines|column auto_recharge_state.declines is missing",
                "alter table auto_recharge_state drop column ledger_seq|column auto_recharge_state.ledger_seq",
                "drop table auto_recharge_webhook_events|table auto_recharge_webhook_events",
            })
    void whatever_was_changed_later_is_named(String change, String difference) {
        Migrator.of(database).migrate();
        execute(change);

        refuses(() -> Migrator.of(database).migrate(), difference);
        refuses(() -> Migrator.of(database).check(), difference);
        refuses(() -> JdbcStore.of(database).takeDue(UsedAccounts.NOW, UsedAccounts.NOW.plusSeconds(9), 1), difference);
    }

    @Test
    void what_the_host_widened_or_added_is_left_alone() {
        Migrator.of(database).migrate();
        execute(
                "alter table credit_transactions add note varchar(20)",
                "alter table credit_accounts add region varchar(20) default 'eu' not null",
                "create index hosts_index on credit_transactions (created_at)");

        Migrator.of(database).check();
        Migrator.of(database).migrate();
        assertThat(JdbcStore.of(database).takeDue(UsedAccounts.NOW, UsedAccounts.NOW.plusSeconds(9), 1))
                .isEmpty();
    }
}
