package io.autorecharge.jdbc;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates and upgrades the library's tables, and adds the columns that the library needs to a table of the host. It can run any number of
 * times and on any number of nodes at the same time: one node migrates while the others wait. A migration never drops anything and never
 * rewrites rows.
 *
 * <p>On PostgreSQL the library's tables are created in one transaction. A table of the host is changed in several short transactions, and
 * its indexes are built while others write. H2 and MariaDB commit every statement that creates a table. The next run finishes what an
 * interrupted run has begun. A run uses one connection at a time, so a pool of one connection is enough. Thread-safe.
 */
public final class Migrator {
    private static final Logger LOG = LoggerFactory.getLogger(Migrator.class);

    private static final String CREATE_OWN_TABLE = """
            create table if not exists auto_recharge_schema (
                version integer not null,
                file_name varchar(255) not null,
                primary key (version))
            """;

    private static final String ADD_VERSION = "insert into auto_recharge_schema (version, file_name) values (?, ?)";

    // Version 0 is the row that migrating nodes lock.
    private static final String LOCK =
            "select version from auto_recharge_schema where version = 0 for update skip locked";

    private static final String VERSION_ZERO = "select version from auto_recharge_schema where version = 0";

    private static final String COUNT_LEDGER = """
            insert into auto_recharge_state (account_id, ledger_seq)
            select t.user_id, max(t.seq)
            from credit_transactions t
            where t.seq is not null
              and not exists (select 1 from auto_recharge_state s where s.account_id = t.user_id)
            group by t.user_id
            """;

    private static final String CONTINUE_LEDGER = """
            update auto_recharge_state
            set ledger_seq = (select max(t.seq) from credit_transactions t where t.user_id = auto_recharge_state.account_id)
            where ledger_seq < (select max(t.seq) from credit_transactions t where t.user_id = auto_recharge_state.account_id)
            """;

    private static final String CURRENT = "select max(version) from auto_recharge_schema";

    private final Dialect dialect;
    private final AccountsTable accounts;
    private final MigrationTimeouts timeouts;
    private final MigrationTransactions transactions;
    private final SchemaStepRunner steps;
    private final @Nullable HostTableMigration host;

    private Migrator(ConnectionPort connections, Dialect dialect, AccountsTable accounts, MigrationTimeouts timeouts) {
        this.dialect = dialect;
        this.accounts = accounts;
        this.timeouts = timeouts;
        transactions = new MigrationTransactions(connections, dialect, timeouts);
        steps = new SchemaStepRunner(dialect, accounts);
        host = accounts.isOwn() ? null : new HostTableMigration(dialect, accounts, steps);
    }

    /** A migrator for the library's own accounts table. */
    public static Migrator create(ConnectionPort connections, Dialect dialect) {
        return create(connections, dialect, AccountsTable.own());
    }

    /** A migrator for this accounts table. */
    public static Migrator create(ConnectionPort connections, Dialect dialect, AccountsTable accounts) {
        return create(connections, dialect, accounts, MigrationTimeouts.USUAL);
    }

    static Migrator create(
            ConnectionPort connections, Dialect dialect, AccountsTable accounts, MigrationTimeouts timeouts) {
        Objects.requireNonNull(connections, "connections");
        Objects.requireNonNull(dialect, "dialect");
        Objects.requireNonNull(accounts, "accounts");
        return new Migrator(connections, dialect, accounts, timeouts);
    }

    /** A migrator for the library's own accounts table in the pool's database, which is detected once. */
    public static Migrator of(DataSource dataSource) {
        ConnectionPort connections = ConnectionPort.of(dataSource);
        return create(connections, Dialect.detect(connections));
    }

    /**
     * Applies what is missing. If a table is locked, the migration tries again for about a minute.
     *
     * @throws InvalidValueException when the tables of the host do not match the configuration or cannot hold what the library writes;
     *     nothing is changed then
     * @throws StoreException when the database fails; committed steps stay, and the next run continues from there
     */
    public void migrate() {
        LOG.info("Starting auto-recharge migration...");
        int run = 1;
        while (!isTried(run)) {
            run++;
        }
        LOG.info("✅ Auto-recharge migration completed successfully!");
    }

    /**
     * Checks that everything exists, for hosts that create the tables with another tool. Changes nothing.
     *
     * @throws InvalidValueException when the tables of the host do not match the configuration
     * @throws IllegalStateException naming every table, column and unique index that is missing
     * @throws StoreException when the database fails
     */
    public void check() {
        try (OwnedConnection lease = transactions.take(OwnedConnection.Mode.STATEMENT)) {
            if (host != null) {
                host.checkAll(new SchemaCatalog(lease.connection(), dialect));
            }
            new SchemaCheck(dialect, accounts).check(lease.connection());
        } catch (SQLException e) {
            throw JdbcTransactions.failed("checking the tables of auto-recharge", e);
        }
    }

    /** @return false when the migration must be tried again */
    private boolean isTried(int run) {
        try {
            if (isUpToDate()) {
                LOG.info("✓ Nothing to add, the tables are at version {}", SchemaFile.NEWEST);
            } else {
                makeOwnTable();
                migrateInTurn();
            }
            return true;
        } catch (SQLException e) {
            // "if not exists" is no lock: of two nodes that create the same table or row at once, one fails and tries
            // again.
            if (run == timeouts.tries() || !SqlStates.isLostCreation(e)) {
                throw failed(e.getMessage(), e);
            }
            letOthersThrough(run, e);
            return false;
        }
    }

    private void letOthersThrough(int run, SQLException e) {
        if (!SqlStates.isRetryable(e)) {
            return;
        }
        LOG.warn("Waiting for locks of other transactions, try {} of {}: {}", run, timeouts.tries(), e.getMessage());
        try {
            timeouts.letOthersThrough();
        } catch (SQLException interrupted) {
            throw failed(e.getMessage(), interrupted);
        }
    }

    private static StoreException failed(@Nullable String message, SQLException e) {
        return new StoreException(SqlStates.isRetryable(e), "auto-recharge migration failed: " + message, e);
    }

    /** Runs before anything is created, so that a database user without the right to create tables can start a node. */
    private boolean isUpToDate() throws SQLException {
        try {
            return findsEverything();
        } catch (InvalidValueException e) {
            // H2 replaces a table to add a column, so that another node's migration looks like a wrong table for a
            // moment.
            transactions.runInTurn(turn -> turn.ask(this::matches));
            return false;
        }
    }

    private boolean matches(SchemaCatalog catalog) throws SQLException {
        if (host != null) {
            host.check(catalog);
        }
        return true;
    }

    private boolean findsEverything() throws SQLException {
        try (OwnedConnection lease = transactions.take(OwnedConnection.Mode.STATEMENT)) {
            SchemaCatalog catalog = new SchemaCatalog(lease.connection(), dialect);
            return matches(catalog)
                    && catalog.find("auto_recharge_schema").isPresent()
                    && current(lease.connection()) >= SchemaFile.NEWEST
                    && (host == null || host.isDone(catalog));
        }
    }

    private void makeOwnTable() throws SQLException {
        try (OwnedConnection lease = transactions.take(OwnedConnection.Mode.STATEMENT)) {
            if (new SchemaCatalog(lease.connection(), dialect)
                    .find("auto_recharge_schema")
                    .isEmpty()) {
                SchemaStepRunner.execute(lease.connection(), CREATE_OWN_TABLE);
            }
            if (!MigrationTransactions.exists(lease.connection(), VERSION_ZERO)) {
                addVersion(lease.connection(), 0, "the row that migrations queue up at");
            }
        }
    }

    private void migrateInTurn() throws SQLException {
        if (host == null && dialect.hasTransactionalDdl()) {
            transactions.runInTurn(LOCK, this::applyFiles);
        } else {
            transactions.runInTurn(this::migratePieces);
        }
    }

    private void migratePieces(MigrationTurn turn) throws SQLException {
        if (host == null) {
            turn.run(this::applyFiles);
            return;
        }
        host.beforeTables(turn);
        turn.run(this::applyFiles);
        host.afterTables(turn);
    }

    private boolean applyFiles(Connection connection) throws SQLException {
        int current = current(connection);
        List<SchemaFile> missing =
                SchemaFile.ALL.stream().filter(file -> file.version() > current).toList();
        for (SchemaFile file : missing) {
            steps.apply(connection, file.tables(dialect, accounts));
            addVersion(connection, file.version(), file.name());
        }
        if (current == 0) {
            continueLedger(connection);
        }
        if (missing.isEmpty()) {
            LOG.info("✓ The library's tables are already at version {}", current);
        }
        return !missing.isEmpty();
    }

    /** The ledger may be older than the state rows, if the library's other tables were dropped and the ledger was kept. */
    private void continueLedger(Connection connection) throws SQLException {
        SchemaCatalog catalog = new SchemaCatalog(connection, dialect);
        String seq = catalog.folded(new Identifier("seq", false));
        if (catalog.find("credit_transactions")
                .flatMap(ledger -> ledger.column(seq))
                .isPresent()) {
            SchemaStepRunner.execute(connection, COUNT_LEDGER);
            SchemaStepRunner.execute(connection, CONTINUE_LEDGER);
        }
    }

    private static int current(Connection connection) throws SQLException {
        try (Statement call = connection.createStatement();
                ResultSet rows = call.executeQuery(CURRENT)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void addVersion(Connection connection, int version, String fileName) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(ADD_VERSION)) {
            call.setInt(1, version);
            call.setString(2, fileName);
            call.executeUpdate();
        }
    }
}
