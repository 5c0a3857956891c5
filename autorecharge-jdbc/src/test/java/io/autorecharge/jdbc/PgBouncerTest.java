package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.Grant;
import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import io.autorecharge.testkit.Race;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver has its defaults, and PgBouncer gives every transaction another session of the database. */
@Tag("database")
class PgBouncerTest {
    private static final int DEBITS = 100;

    @Test
    void no_debit_fails_in_transaction_mode_with_the_drivers_defaults(@TempDir Path folder) throws Exception {
        assumeTrue(PgBouncerServer.isInstalled(), "SKIPPED: PgBouncer is not installed on this machine");
        String url = PostgreSqlFixture.newDatabaseUrl();
        try (PgBouncerServer bouncer = PgBouncerServer.start(url, folder);
                HikariDataSource pool = DatabaseContract.pool(bouncer.dataSource(), true);
                Race race = new Race()) {
            List<String> lines =
                    MigrationContract.logged(() -> Migrator.of(pool).migrate());
            JdbcStore store = JdbcStore.of(pool);
            List<AccountId> accounts = List.of(
                    AccountId.of("a"),
                    AccountId.of("b"),
                    AccountId.of("c"),
                    AccountId.of("d"),
                    AccountId.of("e"),
                    AccountId.of("f"),
                    AccountId.of("g"),
                    AccountId.of("h"));
            for (AccountId account : accounts) {
                store.grant(new Grant(account, Credits.of(DEBITS), Category.PROMOTIONAL, "w", "W"), UsedAccounts.NOW);
            }

            race.run(accounts.size(), number -> {
                AccountId account = accounts.get(number);
                for (int i = 0; i < DEBITS; i++) {
                    assertThat(store.debit(Debit.of(account, Credits.of(1), "job-" + i, null), false, UsedAccounts.NOW))
                            .isInstanceOf(DebitResult.Applied.class);
                    store.find(account);
                }
                return number;
            });

            for (AccountId account : accounts) {
                assertThat(store.balance(account)).isEqualTo(Credits.ZERO);
                assertThat(store.entries(account, Long.MAX_VALUE, 1).get(0).sequence())
                        .isEqualTo(DEBITS + 1);
            }
            assertThat(lines).isNotEmpty();
        }
    }

    @Test
    void a_statement_that_is_missing_in_the_session_was_not_executed_and_is_tried_again() {
        assertThat(SqlStates.isRetryable(new SQLException("prepared statement \"S_3\" does not exist", "26000")))
                .isTrue();
        assertThat(SqlStates.isRetryable(new SQLException("prepared statement \"S_3\" already exists", "42P05")))
                .isTrue();
    }

    @Test
    void without_a_pooler_none_is_reported() {
        ConnectionPort connections = ConnectionPort.of(PostgreSqlFixture.newDatabase());

        assertThat(SchemaResolver.resolve(connections, Dialect.POSTGRESQL, AccountsTable.own())
                        .isPooled())
                .isFalse();
    }
}
