package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.StoreException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** A network that swallows open connections stops nobody for longer than the limit, although the driver has no time-out of its own. */
@Tag("database")
@Timeout(60)
class SwallowedConnectionsTest {
    private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
    private static final AccountId ANN = AccountId.of("ann");
    private static final AccountId BEN = AccountId.of("ben");

    private BlackHole network;
    private HikariDataSource pool;
    private JdbcStore store;

    @BeforeEach
    void connect() throws IOException {
        PGSimpleDataSource direct = (PGSimpleDataSource) PostgreSqlFixture.newDatabase();
        Migrator.of(direct).migrate();
        network = new BlackHole(direct.getPortNumbers()[0]);
        direct.setServerNames(new String[] {"localhost"});
        direct.setPortNumbers(new int[] {network.port()});
        pool = DatabaseContract.pool(direct, true);
        pool.setMaximumPoolSize(1);
        ConnectionPort connections = ConnectionPort.of(pool);
        store = JdbcStore.create(
                connections,
                Dialect.POSTGRESQL,
                AccountsTable.own(),
                RechargePolicy.DEFAULT_THRESHOLD,
                new TimeLimits(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(500)));
        store.grant(gift(ANN), NOW);
    }

    @AfterEach
    void close() throws IOException {
        network.close();
        pool.close();
    }

    @Test
    void a_transaction_on_a_swallowed_connection_ends_and_the_next_one_has_a_new_connection() {
        assertThatThrownBy(() -> store.inTransaction(ANN, tx -> {
                    network.swallow();
                    return tx.openRecharge();
                }))
                .isInstanceOf(StoreException.class)
                .hasRootCauseInstanceOf(SocketTimeoutException.class);

        store.grant(gift(BEN), NOW);
        assertThat(store.balance(BEN)).isEqualTo(Credits.of(50));
        assertThat(store.balance(ANN)).isEqualTo(Credits.of(50));
    }

    @Test
    void a_commit_on_a_swallowed_connection_ends() {
        assertThatThrownBy(() -> store.inTransaction(ANN, tx -> {
                    tx.saveCustomer("cus_1");
                    network.swallow();
                    return true;
                }))
                .isInstanceOf(StoreException.class)
                .hasRootCauseInstanceOf(SocketTimeoutException.class);

        assertThat(store.find(ANN).orElseThrow().customerId()).isNull();
    }

    @Test
    void a_connection_that_was_swallowed_in_the_pool_stops_nobody() {
        network.swallow();

        try {
            store.grant(gift(BEN), NOW);
        } catch (StoreException e) {
            // The pool trusts a connection that was just used.
            store.grant(gift(BEN), NOW);
        }
        assertThat(store.balance(BEN)).isEqualTo(Credits.of(50));
    }

    private static Grant gift(AccountId account) {
        return new Grant(account, Credits.of(50), Category.PAID, "gift", "Gift");
    }
}
