package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.Grant;
import io.autorecharge.store.StoreException;
import io.autorecharge.testkit.Race;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A host that has transactions of its own, for tests. */
abstract class HostTransactionSupport {
    static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

    final ThreadLocal<@Nullable Connection> hosts = new ThreadLocal<>();
    Race race;
    AccountId ann;
    AccountId ben;
    JdbcStore store;

    abstract DataSource database();

    JdbcStore store(ConnectionPort connections) {
        return JdbcStore.create(connections, Dialect.detect(connections));
    }

    /** An account that may be used, always the same for the same name. */
    AccountId account(String name) {
        return AccountId.of(name);
    }

    /** What the host does in a transaction. */
    interface Work<T> {
        T run(Connection host) throws SQLException;
    }

    @BeforeEach
    void makeStore() {
        ConnectionPort port = new ConnectionPort() {
            @Override
            public @Nullable Connection hostTransaction() {
                return hosts.get();
            }

            @Override
            public Connection open() throws SQLException {
                return database().getConnection();
            }
        };
        race = new Race();
        store = store == null ? store(port) : store;
        ann = account("ann");
        ben = account("ben");
        for (AccountId account : List.of(ann, ben)) {
            store.inTransaction(account, tx -> {
                tx.save(new Settings(true, 100, Credits.of(10)));
                tx.savePaymentMethod(
                        new PaymentMethod(account.equals(ann) ? "cus_1" : "cus_2", "pm_1", null, null, null));
                return true;
            });
            store.grant(gift(account, "opening", "50"), NOW);
        }
    }

    @AfterEach
    void endRaces() {
        race.close();
    }

    <T> T inHost(boolean commit, int isolation, Work<T> work) {
        try (Connection connection = database().getConnection()) {
            int usual = connection.getTransactionIsolation();
            connection.setTransactionIsolation(isolation);
            connection.setAutoCommit(false);
            hosts.set(connection);
            try {
                T result = work.run(connection);
                assertThat(connection.isClosed()).isFalse();
                assertThat(connection.getAutoCommit()).isFalse();
                assertThat(connection.getTransactionIsolation()).isEqualTo(isolation);
                if (commit) {
                    connection.commit();
                }
                return result;
            } finally {
                hosts.remove();
                connection.rollback();
                connection.setAutoCommit(true);
                connection.setTransactionIsolation(usual);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    <T> T inHost(boolean commit, Work<T> work) {
        return inHost(commit, Connection.TRANSACTION_READ_COMMITTED, work);
    }

    static void see(Connection host) throws SQLException {
        // Takes the snapshot that the stricter isolations then keep to.
        try (Statement statement = host.createStatement()) {
            statement.executeQuery("select count(*) from credit_transactions").close();
        }
    }

    static DebitResult retried(Supplier<DebitResult> call) {
        for (int run = 1; ; run++) {
            try {
                return call.get();
            } catch (StoreException e) {
                if (!e.isRetryable() || run == 50) {
                    throw e;
                }
            }
        }
    }

    static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    <T> T elsewhere(Callable<T> call) {
        return Race.result(race.start(call));
    }

    DebitResult debit(AccountId account, String reference, String amount) {
        return store.debit(Debit.of(account, Credits.of(amount), reference, null), false, NOW);
    }

    static Grant gift(AccountId account, String reference, String amount) {
        return new Grant(account, Credits.of(amount), Category.PROMOTIONAL, reference, "Gift");
    }
}
