package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.Grant;
import io.autorecharge.testkit.Race;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the settings of the host's pool, the library's changes are committed and its connections go back unchanged. */
abstract class PoolContract {
    private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
    private static final AccountId ANN = AccountId.of("ann");

    abstract DataSource database();

    @ParameterizedTest(name = "auto-commit {0}, isolation {1}")
    @CsvSource({
        "true, 2",
        "false, 2",
        "true, 4",
        "false, 4",
        "true, 8",
        "false, 8",
    })
    void connections_go_back_as_they_came(boolean autoCommit, int isolation) throws SQLException {
        try (Connection real = database().getConnection()) {
            int usual = real.getTransactionIsolation();
            real.setTransactionIsolation(isolation);
            real.setAutoCommit(autoCommit);
            try {
                JdbcStore store = JdbcStore.of(always(real));
                for (Runnable call : calls(store)) {
                    call.run();
                    assertThat(real.getAutoCommit()).isEqualTo(autoCommit);
                    assertThat(real.getTransactionIsolation()).isEqualTo(isolation);
                    rollBackWhatIsLeft(real);
                }
            } finally {
                real.setAutoCommit(true);
                real.setTransactionIsolation(usual);
            }
        }
        assertThat(JdbcStore.of(database()).balance(ANN)).isEqualTo(Credits.of(47));
    }

    @Test
    void a_pool_of_one_connection_without_auto_commit_is_enough() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database());
        config.setAutoCommit(false);
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(2000);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            JdbcStore store = JdbcStore.of(pool);
            calls(store).forEach(Runnable::run);
            assertThatThrownBy(() -> store.inTransaction(ANN, tx -> {
                        throw new IllegalStateException("crash");
                    }))
                    .hasMessage("crash");
            assertThat(store.debit(debit("job-1", 3), false, NOW)).isInstanceOf(DebitResult.Replayed.class);
        }
        assertThat(JdbcStore.of(database()).balance(ANN)).isEqualTo(Credits.of(47));
    }

    @Test
    void under_the_strictest_isolation_nothing_is_lost_or_done_twice() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database());
        config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
        config.setMaximumPoolSize(8);
        try (HikariDataSource pool = new HikariDataSource(config);
                Race race = new Race()) {
            JdbcStore store = JdbcStore.of(pool);
            store.grant(gift(), NOW);
            List<Integer> applied = race.run(8, number -> {
                int mine = 0;
                for (int i = 0; i < 10; i++) {
                    boolean done = store.debit(debit("job-" + i, 1), false, NOW) instanceof DebitResult.Applied;
                    mine += done ? 1 : 0;
                }
                return mine;
            });
            assertThat(applied.stream().mapToInt(Integer::intValue).sum()).isEqualTo(10);
            assertThat(store.balance(ANN)).isEqualTo(Credits.of(40));
            assertThat(store.entries(ANN, Long.MAX_VALUE, 100)).hasSize(11);
        }
    }

    private static List<Runnable> calls(JdbcStore store) {
        return List.of(
                () -> store.grant(gift(), NOW),
                () -> store.debit(debit("job-1", 3), false, NOW),
                () -> store.debit(debit("job-1", 3), false, NOW),
                () -> store.debit(debit("job-2", 1000), false, NOW),
                () -> store.balance(ANN),
                () -> store.entries(ANN, Long.MAX_VALUE, 10),
                () -> store.inTransaction(ANN, tx -> tx.post(List.of(), NOW)),
                () -> store.markDue(ANN, NOW),
                () -> store.takeDue(NOW, NOW.plusSeconds(1), 10),
                () -> store.sweep(false, NOW),
                () -> store.handled("evt", "type", NOW),
                () -> store.isHandled("evt"),
                () -> store.find(ANN));
    }

    /** What a pool does to a returned connection; no class of the library may take part in it. */
    private static void rollBackWhatIsLeft(Connection real) throws SQLException {
        if (!real.getAutoCommit()) {
            real.rollback();
        }
    }

    private static DataSource always(Connection real) {
        Connection unclosed = (Connection) Proxy.newProxyInstance(
                PoolContract.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return (DataSource) Proxy.newProxyInstance(
                PoolContract.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> unclosed);
    }

    private static Debit debit(String reference, int amount) {
        return Debit.of(ANN, Credits.of(amount), reference, null);
    }

    private static Grant gift() {
        return new Grant(ANN, Credits.of(50), Category.PROMOTIONAL, "opening", "Gift");
    }
}
