package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.Grant;
import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("database")
final class PostgreSqlStoreTest extends DatabaseContract {
    private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

    @Override
    DataSource newDatabase() {
        return PostgreSqlFixture.newDatabase();
    }

    @Override
    List<String> roundTripsOfADebit() {
        return List.of("with credit_accounts");
    }

    @Override
    int raceRounds() {
        return Soak.rounds(60, 1000);
    }

    @ParameterizedTest(name = "auto-commit {0}, amount {1}")
    @CsvSource({"true, 1", "false, 1", "true, 45", "false, 45"})
    void a_debit_is_one_round_trip_also_when_it_crosses(boolean autoCommit, String amount) {
        AccountId ann = AccountId.of("ann");
        try (var pool = pool(database(), autoCommit)) {
            WatchedDatabase watched = new WatchedDatabase(pool);
            JdbcStore store = JdbcStore.of(watched.dataSource());
            store.grant(new Grant(ann, Credits.of(50), Category.PAID, "opening", "Gift"), NOW);
            store.inTransaction(ann, tx -> {
                tx.save(new Settings(true, 100, Credits.of(10)));
                return true;
            });
            watched.takeCalls();

            DebitResult result = store.debit(Debit.of(ann, Credits.of(amount), "job-1", null), false, NOW);

            assertThat(result.crossed()).isEqualTo(amount.equals("45"));
            // Nothing but the execution talks to the server: preparing and closing do not, nor does auto-commit outside
            // a transaction.
            assertThat(watched.takeCalls())
                    .filteredOn(call -> !call.startsWith("PreparedStatement.set"))
                    .containsSubsequence(
                            "Connection.prepareStatement", "PreparedStatement.executeQuery", "Connection.close")
                    .containsOnlyOnce("PreparedStatement.executeQuery")
                    .isSubsetOf(
                            "Connection.getAutoCommit",
                            "Connection.setAutoCommit",
                            "Connection.getNetworkTimeout",
                            "Connection.setNetworkTimeout",
                            "Connection.prepareStatement",
                            "PreparedStatement.executeQuery",
                            "PreparedStatement.close",
                            "Connection.isClosed",
                            "Connection.close");
        }
    }

    @Test
    void debits_leave_the_indexes_of_the_accounts_alone() throws SQLException {
        AccountId ann = AccountId.of("ann");
        try (var pool = new HikariDataSource()) {
            pool.setDataSource(newDatabase());
            pool.setMaximumPoolSize(1);
            Migrator.of(pool).migrate();
            JdbcStore store = JdbcStore.of(pool);
            store.grant(new Grant(ann, Credits.of(500), Category.PAID, "opening", "Gift"), NOW);
            for (int i = 0; i < 300; i++) {
                store.debit(Debit.of(ann, Credits.of(1), "job-" + i, null), false, NOW);
            }

            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("select pg_stat_force_next_flush()");
                ResultSet counted = statement.executeQuery(
                        "select n_tup_upd, n_tup_hot_upd from pg_stat_user_tables where relname = 'credit_accounts'");
                assertThat(counted.next()).isTrue();
                assertThat(counted.getLong("n_tup_upd")).isEqualTo(301);
                assertThat(counted.getLong("n_tup_hot_upd")).isEqualTo(301);
            }
        }
    }
}
