package io.autorecharge.jdbc;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.store.StoreException;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
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

    private final ConnectionPort connections;
    private final Dialect dialect;
    private final AccountsTable accounts;
    private final MigrationTimeouts timeouts;

    private Migrator(ConnectionPort connections, Dialect dialect, AccountsTable accounts, MigrationTimeouts timeouts) {
        this.connections = connections;
        this.dialect = dialect;
        this.accounts = accounts;
        this.timeouts = timeouts;
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
     * @throws InvalidValueException when the tables of the host do not match the configuration or cannot hold what the library writes, or
     *     the schema is ambiguous; nothing is changed then
     * @throws StoreException when the database fails; committed steps stay, and the next run continues from there
     */
    public void migrate() {
        LOG.info("Starting auto-recharge migration...");
        run().migrate();
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
        run().check();
    }

    /** What the catalogue shows to stand in the way of the library's writes. Changes nothing. */
    List<SchemaObstacle> obstacles() {
        return run().obstacles();
    }

    /** With the schema that is the current one now. */
    private MigrationRun run() {
        return new MigrationRun(connections, SchemaResolver.resolve(connections, dialect, accounts), timeouts);
    }
}
