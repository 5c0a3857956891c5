package io.autorecharge.jdbc;

import io.autorecharge.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the library's tables and brings them up to date. Can run any number of times and on any number of nodes at once: they queue up at
 * one row of {@code auto_recharge_schema}. Nothing is ever dropped. On PostgreSQL a run is one transaction; H2 and MariaDB commit every
 * statement that makes a table, so there a run takes a second connection, and one that was interrupted is finished by the next.
 * Thread-safe.
 */
public final class Migrator {
    private static final Logger LOG = LoggerFactory.getLogger(Migrator.class);

    private static final int TRIES = 10;

    private static final String CREATE_OWN_TABLE = """
            create table if not exists auto_recharge_schema (
                version integer not null,
                file_name varchar(255) not null,
                primary key (version))
            """;

    private static final String ADD_VERSION = "insert into auto_recharge_schema (version, file_name) values (?, ?)";

    // Version 0 is the row that migrators queue up at.
    private static final String LOCK = "select version from auto_recharge_schema where version = 0 for update";

    private static final String VERSION_ZERO = "select version from auto_recharge_schema where version = 0";

    private static final String CURRENT = "select max(version) from auto_recharge_schema";

    private final ConnectionPort connections;
    private final Dialect dialect;
    private final AccountsTable accounts;
    private final UsualIsolation isolation = new UsualIsolation();

    private Migrator(ConnectionPort connections, Dialect dialect, AccountsTable accounts) {
        this.connections = connections;
        this.dialect = dialect;
        this.accounts = accounts;
    }

    /** A migrator of the database behind the port, for the library's own accounts table. */
    public static Migrator create(ConnectionPort connections, Dialect dialect) {
        return create(connections, dialect, AccountsTable.own());
    }

    /** A migrator of the database behind the port, for accounts that are in this table. */
    public static Migrator create(ConnectionPort connections, Dialect dialect, AccountsTable accounts) {
        Objects.requireNonNull(connections, "connections is missing");
        Objects.requireNonNull(dialect, "dialect is missing");
        Objects.requireNonNull(accounts, "accounts is missing");
        return new Migrator(connections, dialect, accounts);
    }

    /** A migrator of the pool's database; asks it once what it is. */
    public static Migrator of(DataSource dataSource) {
        ConnectionPort connections = ConnectionPort.of(dataSource);
        return create(connections, Dialect.detect(connections));
    }

    /**
     * Applies what is missing.
     *
     * @throws StoreException when the database refuses; what it had committed stays, and the next run goes on from there
     */
    public void migrate() {
        LOG.info("Starting auto-recharge migration...");
        try {
            if (isUpToDate()) {
                LOG.info("✓ Nothing to add, the tables are at version {}", SchemaFile.NEWEST);
            } else {
                makeOwnTable();
                applyMissing();
            }
        } catch (SQLException e) {
            throw Transactions.failed("auto-recharge migration", e);
        }
        LOG.info("✅ Auto-recharge migration completed successfully!");
    }

    /** Asks before anything is made, so that a user of the database who may make no tables can start a node. */
    private boolean isUpToDate() {
        try (Lease lease = Lease.take(connections, Lease.Mode.STATEMENT, isolation)) {
            return current(lease.connection()) >= SchemaFile.NEWEST;
        } catch (SQLException e) {
            // Most likely the table is not there; if it is something else, the next statement says so.
            LOG.debug("The version of the tables cannot be read", e);
            return false;
        }
    }

    private void makeOwnTable() throws SQLException {
        for (int run = 1; ; run++) {
            try (Lease lease = Lease.take(connections, Lease.Mode.STATEMENT, isolation)) {
                execute(lease.connection(), CREATE_OWN_TABLE);
                if (!exists(lease.connection(), VERSION_ZERO)) {
                    addVersion(lease.connection(), 0, "the row that migrations queue up at");
                }
                return;
            } catch (SQLException e) {
                // "if not exists" is no lock: of two nodes that make the same table or row at once, one loses and looks
                // again.
                if (run == TRIES || !SqlStates.isLostCreation(e)) {
                    throw e;
                }
            }
        }
    }

    private void applyMissing() throws SQLException {
        for (int run = 1; ; run++) {
            try (Lease lease = Lease.take(connections, Lease.Mode.TRANSACTION, isolation)) {
                applyMissing(lease);
                return;
            } catch (SQLException e) {
                // Right after a wait for the lock, H2 may for a moment still show what was before the wait.
                if (run == TRIES || !SqlStates.isLostCreation(e)) {
                    throw e;
                }
            }
        }
    }

    private void applyMissing(Lease lease) throws SQLException {
        try {
            exists(lease.connection(), LOCK);
            int current = current(lease.connection());
            List<SchemaFile> missing = SchemaFile.ALL.stream()
                    .filter(file -> file.version() > current)
                    .toList();
            for (SchemaFile file : missing) {
                apply(lease.connection(), file);
            }
            lease.commit();
            if (missing.isEmpty()) {
                LOG.info("✓ Nothing to add, another node has brought the tables to version {}", current);
            } else if (dialect.hasTransactionalDdl()) {
                LOG.info("✓ Transaction committed successfully");
            }
        } catch (Throwable t) {
            lease.rollback(t);
            throw t;
        }
    }

    private void apply(Connection locked, SchemaFile file) throws SQLException {
        if (dialect.hasTransactionalDdl()) {
            apply(file.steps(dialect, accounts), locked);
        } else {
            // On the connection that holds the lock, making a table would commit and so give the lock away.
            try (Lease second = Lease.take(connections, Lease.Mode.STATEMENT, isolation)) {
                apply(file.steps(dialect, accounts), second.connection());
            }
        }
        addVersion(locked, file.version(), file.name());
    }

    private static void apply(List<SchemaStep> steps, Connection connection) throws SQLException {
        for (SchemaStep step : steps) {
            LOG.info("Adding {}...", step.name());
            execute(connection, step.statement());
            LOG.info("✓ {} added successfully", step.name());
        }
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (Statement call = connection.createStatement()) {
            call.execute(statement);
        }
    }

    private static boolean exists(Connection connection, String query) throws SQLException {
        try (Statement call = connection.createStatement();
                ResultSet rows = call.executeQuery(query)) {
            return rows.next();
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
