package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import io.autorecharge.store.StoreException;
import io.autorecharge.testkit.Race;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("database")
@ExtendWith(PostgreSqlFixture.DropsDatabases.class)
final class HostTableMigrationOnPostgreSqlTest extends HostTableMigrationContract {
    private static final String STATE_OF_INDEX = """
            select i.indisvalid
            from pg_index i
            where i.indexrelid = to_regclass('auto_recharge_enabled_accounts')
            """;

    @Override
    DataSource newDatabase() {
        return PostgreSqlFixture.newDatabase();
    }

    @Test
    void a_locked_table_is_given_up_after_some_tries_and_changed_by_the_next_run() throws SQLException {
        try (Connection reader = pool().getConnection()) {
            reader.setAutoCommit(false);
            read(reader, "select * from users");

            assertThatThrownBy(() -> migrator(USERS).migrate())
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(
                            "alter table \"public\".\"users\" add column if not exists auto_recharge_enabled");
            assertThat(rows("select count(*) from users")).containsExactly("2");
            reader.rollback();
        }

        migrator(USERS).migrate();

        assertThat(rows("select count(*) from users where not auto_recharge_enabled"))
                .containsExactly("2");
    }

    @Test
    void writers_behind_the_migration_wait_no_longer_than_it_does() throws SQLException {
        MigrationTimeouts patience =
                new MigrationTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(5), 60, Duration.ofMillis(500));
        try (Race race = new Race();
                Connection reader = pool().getConnection()) {
            reader.setAutoCommit(false);
            read(reader, "select * from users");
            Future<Boolean> migration = race.start(() -> {
                Migrator.create(ConnectionPort.of(pool()), dialect(), USERS, patience)
                        .migrate();
                return true;
            });
            awaitWaiting("AccessExclusiveLock");

            // Would wait for the reader's end, were the migration to wait for it.
            execute("begin; set local statement_timeout = '20s'; update users set name = 'Ann' where id = 1; commit");

            assertThat(migration.isDone()).isFalse();
            reader.rollback();
            assertThat(Race.result(migration)).isTrue();
        }
        assertThat(rows("select name from users where id = 1")).containsExactly("Ann");
    }

    @Test
    void no_write_waits_while_the_index_is_built() throws SQLException {
        try (Race race = new Race();
                Connection writer = pool().getConnection();
                Connection old = pool().getConnection()) {
            migrator(USERS).migrate();
            execute("drop index auto_recharge_enabled_accounts");
            writer.setAutoCommit(false);
            old.setAutoCommit(false);
            writer.createStatement().execute("update users set credits = 3 where id = 2");
            Future<Boolean> migration = race.start(() -> {
                migrator(USERS).migrate();
                return true;
            });
            awaitWaiting("ShareLock");

            execute("update users set name = 'Ann' where id = 1");
            store().debit(Debit.of(ANN, Credits.of(1), "job", null), false, NOW);

            assertThat(migration.isDone()).isFalse();
            writer.commit();
            assertThat(Race.result(migration)).isTrue();
        }
        assertThat(rows(STATE_OF_INDEX)).containsExactly("true");
    }

    @Test
    void an_index_that_cannot_be_built_now_keeps_no_node_from_starting_and_is_built_by_the_next() throws SQLException {
        migrator(USERS).migrate();
        execute("drop index auto_recharge_enabled_accounts");
        MigrationTimeouts hasty =
                new MigrationTimeouts(Duration.ofSeconds(1), Duration.ofMillis(300), 2, Duration.ofMillis(10));
        try (Connection writer = pool().getConnection()) {
            writer.setAutoCommit(false);
            writer.createStatement().execute("update users set credits = 3 where id = 2");

            List<String> lines =
                    MigrationContract.logged(() -> Migrator.create(ConnectionPort.of(pool()), dialect(), USERS, hasty)
                            .migrate());

            assertThat(lines).anyMatch(line -> line.contains("is postponed to the next start"));
            assertThat(rows(STATE_OF_INDEX)).containsExactly("false");
            writer.rollback();
        }

        List<String> lines = MigrationContract.logged(() -> migrator(USERS).migrate());

        assertThat(lines).contains("Dropping 'auto_recharge_enabled_accounts' index, whose build was interrupted...");
        assertThat(rows(STATE_OF_INDEX)).containsExactly("true");
        assertThat(rows("show lock_timeout")).containsExactly("0");
    }

    @Test
    void a_foreign_key_that_was_not_checked_to_its_end_is_checked_by_the_next_run() throws SQLException {
        migrator(USERS.withForeignKey()).migrate();
        execute("alter table credit_transactions drop constraint credit_transactions_user");
        execute("alter table credit_transactions add constraint credit_transactions_user foreign key (user_id)"
                + " references users (id) not valid");

        migrator(USERS.withForeignKey()).migrate();

        assertThat(rows("select convalidated from pg_constraint where conname = 'credit_transactions_user'"))
                .containsExactly("true");
    }

    @Test
    void debits_leave_the_indexes_of_the_hosts_table_alone() throws SQLException {
        execute("alter table users set (autovacuum_enabled = false)");
        migrator(USERS).migrate();
        execute("update users set credits = 500, auto_recharge_enabled = true where id = 1");
        JdbcStore store = store();
        for (int i = 0; i < 100; i++) {
            store.debit(Debit.of(ANN, Credits.of(1), "job-" + i, null), false, NOW);
        }

        assertThat(rows("select pg_stat_force_next_flush()")).hasSize(1);
        awaitRow("select 1 from pg_stat_user_tables where relname = 'users' and n_tup_upd - n_tup_hot_upd <= 1"
                + " and n_tup_upd >= 101");
    }

    @Test
    void the_statements_take_the_documented_locks_and_rewrite_nothing() throws SQLException {
        makeLedgerOfBefore();
        List<String> files = rows("select pg_relation_filenode('users'), pg_relation_filenode('credit_transactions')");
        AccountsTable tied = USERS.withForeignKey();
        List<SchemaStep> ledger = SchemaFile.hostLedger(TableNames.configured(dialect(), tied)).stream()
                .filter(SchemaStep::runsInTransaction)
                .toList();
        List<SchemaStep> foreignKey = SchemaFile.hostForeignKey(TableNames.configured(dialect(), tied));

        assertThat(locks(SchemaFile.hostColumns(TableNames.configured(dialect(), tied))))
                .containsExactly("users AccessExclusiveLock");
        assertThat(locks(ledger)).containsExactly("credit_transactions AccessExclusiveLock");
        assertThat(locks(foreignKey.subList(0, 1)))
                .containsExactly("credit_transactions AccessExclusiveLock", "users ShareRowExclusiveLock");
        assertThat(locks(foreignKey.subList(1, 2)))
                .containsExactly("credit_transactions ShareUpdateExclusiveLock", "users RowShareLock");
        assertThat(rows("select pg_relation_filenode('users'), pg_relation_filenode('credit_transactions')"))
                .isEqualTo(files);
    }

    /** The strongest lock on each of the two tables, once the statements have run and before they are committed. */
    private List<String> locks(List<SchemaStep> steps) throws SQLException {
        String query = """
                select distinct on (relation) relation::regclass || ' ' || mode
                from pg_locks
                where pid = pg_backend_pid() and granted and relation::regclass::text in ('users', 'credit_transactions')
                order by relation, array_position(array['AccessExclusiveLock', 'ShareRowExclusiveLock',
                    'ShareUpdateExclusiveLock', 'RowShareLock', 'AccessShareLock'], mode)
                """;
        try (Connection connection = pool().getConnection()) {
            connection.setAutoCommit(false);
            for (SchemaStep step : steps) {
                SchemaStepRunner.execute(connection, step.statement());
            }
            List<String> found = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    var rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            connection.commit();
            return found.stream().sorted().toList();
        }
    }

    @Test
    void finds_a_table_with_names_that_must_be_quoted_in_another_schema() throws SQLException {
        execute("create schema shop");
        execute(
                "create table shop.\"User Accounts\" (\"Id\" uuid not null, \"Credits\" numeric(12, 2), unique (\"Id\"))");
        AccountsTable table = AccountsTable.of(
                "shop.\"User Accounts\"", "\"Id\"", IdType.UUID, "\"Credits\"", BalanceType.numeric(12, 2));

        migrator(table.withForeignKey()).migrate();
        List<String> second =
                MigrationContract.logged(() -> migrator(table.withForeignKey()).migrate());

        assertThat(rows("select count(auto_recharge_enabled) from shop.\"User Accounts\""))
                .containsExactly("0");
        assertThat(second).anyMatch(line -> line.startsWith("✓ Nothing to add"));
        assertThatThrownBy(() -> migrator(AccountsTable.of(
                                "shop.\"User Accounts\"", "id", IdType.UUID, "\"Credits\"", BalanceType.numeric(12, 2)))
                        .migrate())
                .hasMessage("idColumn must be a column of shop.\"User Accounts\": id");
    }

    @Test
    void times_without_a_zone_are_given_one_without_rewriting_the_ledger() throws SQLException {
        makeLedgerOfBefore();
        execute("alter table credit_transactions alter column created_at type timestamp");
        execute("update credit_transactions set created_at = '2026-10-01 08:00:00'");
        List<String> file = rows("select pg_relation_filenode('credit_transactions')");

        execute("begin; set local time zone 'UTC';"
                + " alter table credit_transactions alter column created_at type timestamp with time zone; commit");

        assertThat(rows("select pg_relation_filenode('credit_transactions')")).isEqualTo(file);
        assertThat(rows("select created_at = '2026-10-01 08:00:00Z' from credit_transactions"))
                .containsExactly("true");
        migrator(USERS).migrate();
    }

    @Test
    void users_that_the_seeds_own_application_enabled_are_charged_once_their_consent_is_recorded() throws Exception {
        migrator(USERS).migrate();
        execute(
                "update users set auto_recharge_enabled = true, auto_recharge_credits = 100, stripe_customer_id = 'cus_1',"
                        + " stripe_payment_method_id = 'pm_1' where id = 1");
        GuideApplication application = new GuideApplication(store());
        assertThat(application.run()).isEmpty();

        execute(GuideApplication.resource("guide/consent.sql").replaceAll("(?m)^--.*$", ""));

        assertThat(application.run()).containsExactly(ANN);
        assertThat(store().balance(ANN)).isEqualTo(Credits.of(125));
        assertThat(store().balance(AccountId.of("2"))).isEqualTo(Credits.ZERO);
    }

    private void read(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                rows.getObject(1);
            }
        }
    }

    private void awaitWaiting(String mode) throws SQLException {
        awaitRow("select 1 from pg_locks where not granted and mode = '" + mode + "'");
    }

    /** Polls a bounded number of times. */
    private void awaitRow(String query) throws SQLException {
        for (int poll = 0; rows(query).isEmpty(); poll++) {
            assertThat(poll).as(query).isLessThan(600);
            execute("select pg_sleep(0.05)");
        }
    }
}
