package io.autorecharge.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.autorecharge.AutoRecharge;
import io.autorecharge.AutoRechargeBuilder;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.testkit.ExternalLedgerStoreContract;
import io.autorecharge.testkit.ManyThreadsContract;
import io.autorecharge.testkit.RechargeStoreContract;
import io.autorecharge.testkit.StoreLedgerContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** Everything that the library requires of a database. Each subclass provides a database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DatabaseContract {
    static final List<String> TABLES = List.of(
            "credit_accounts",
            "credit_transactions",
            "auto_recharge_state",
            "auto_recharge_recharges",
            "auto_recharge_attempts",
            "auto_recharge_checkouts",
            "auto_recharge_methods",
            "auto_recharge_consents",
            "auto_recharge_first_prices",
            "auto_recharge_usage_marks",
            "auto_recharge_cards",
            "auto_recharge_card_attempts",
            "auto_recharge_reversals",
            "auto_recharge_recoveries",
            "auto_recharge_grants",
            "auto_recharge_owed_entries",
            "auto_recharge_webhook_events",
            "auto_recharge_outbox",
            "auto_recharge_installation");

    private HikariDataSource pool;

    /** One for all tests, since each new one compares all tables with the schema files. */
    private JdbcStore store;

    /** A new, empty database. */
    abstract DataSource newDatabase();

    @BeforeAll
    void openPool() {
        pool = pool(newDatabase(), true);
        Migrator.of(pool).migrate();
        store = JdbcStore.of(pool);
    }

    @AfterAll
    void closePool() {
        if (pool != null) {
            pool.close();
        }
    }

    final DataSource database() {
        return pool;
    }

    static HikariDataSource pool(DataSource database, boolean autoCommit) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database);
        config.setMaximumPoolSize(20);
        // Without it the pool opens all of them at once, and most tests need one.
        config.setMinimumIdle(1);
        config.setAutoCommit(autoCommit);
        return new HikariDataSource(config);
    }

    @BeforeEach
    void empty() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            empty(statement);
        }
    }

    /** Deletes all rows, in one round trip where the driver can. */
    static void empty(Statement statement) throws SQLException {
        for (String table : TABLES) {
            statement.addBatch("delete from " + table);
        }
        statement.executeBatch();
    }

    @Nested
    class IsAStore extends RechargeStoreContract {
        @Override
        protected RechargeStore store() {
            return store;
        }
    }

    @Nested
    class IsALedger extends StoreLedgerContract {
        @Override
        protected Ledger ledger() {
            return store;
        }

        @Override
        protected RechargeStore store() {
            return store;
        }

        @Override
        protected int rounds() {
            return raceRounds();
        }
    }

    @Nested
    class ServesAnExternalLedger extends ExternalLedgerStoreContract {
        @Override
        protected RechargeStore store() {
            return store;
        }
    }

    @Nested
    class RunsBesideTheVersionBefore extends MixedVersionsContract {
        @Override
        DataSource database() {
            return pool;
        }
    }

    @Nested
    class IsUsedByManyThreads extends ManyThreadsContract {
        @Override
        protected AutoRechargeBuilder library(RechargePolicy policy, Gateway gateway) {
            return AutoRecharge.builder(policy, store, gateway);
        }
    }

    @Nested
    class JoinsTheHost extends HostTransactionContract {
        @Override
        DataSource database() {
            return pool;
        }
    }

    @Nested
    class SurvivesFailures extends FailureContract {
        @Override
        DataSource database() {
            return pool;
        }
    }

    @Nested
    class TakesAnyPool extends PoolContract {
        @Override
        DataSource database() {
            return pool;
        }
    }

    @Nested
    class ReversesOnce extends ReversalPostingContract {
        @Override
        DataSource database() {
            return pool;
        }
    }

    @Nested
    class CountsRoundTrips extends RoundTripContract {
        @Override
        List<String> debit() {
            return roundTripsOfADebit();
        }

        @Override
        DataSource database() {
            return pool;
        }
    }

    @Nested
    class Migrates extends MigrationContract {
        @Override
        DataSource newDatabase() {
            return DatabaseContract.this.newDatabase();
        }
    }

    @Nested
    class Upgrades extends UpgradeContract {
        @Override
        DataSource newDatabase() {
            return DatabaseContract.this.newDatabase();
        }
    }

    /** Of one that crosses the threshold. */
    List<String> roundTripsOfADebit() {
        return List.of(
                "select credit_accounts, locked",
                "insert credit_transactions",
                "update credit_accounts",
                "update state", // the sequence
                "update state", // due now
                "commit");
    }

    /** The number of rounds of each race of the ledger. */
    int raceRounds() {
        return Soak.rounds(20, 30);
    }
}
