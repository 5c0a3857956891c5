package io.autorecharge.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a store from charging into tables that could not take the grant. The migration and the starter check the tables too; this is for hosts
 * that use neither. Thread-safe.
 */
final class TableGuard {
    private final ConnectionPort connections;
    private final TableNames names;
    private final SchemaCheck check;
    private final @Nullable HostTableCheck host;
    private volatile boolean complete;

    TableGuard(ConnectionPort connections, TableNames names) {
        this.connections = connections;
        this.names = names;
        this.check = new SchemaCheck(names);
        this.host = names.accounts().isOwn() ? null : new HostTableCheck(names.accounts(), names.dialect());
    }

    /**
     * When the store is created, which may be before the migration: tables may be missing, and none may be wrong. What else may stand in the way
     * is logged.
     *
     * @throws io.autorecharge.credit.InvalidValueException when a table of the host is not as configured
     * @throws IllegalStateException naming every difference, or every right that is missing
     */
    void atStart() {
        catalog((connection, catalog) -> {
            requireFitting(catalog);
            boolean found = check.isComplete(catalog);
            if (found) {
                ObstacleLog.report(connection, names, catalog);
            }
            complete = found;
        });
    }

    /** As {@link #atStart}, for a user who may read the tables only. */
    void forReader() {
        catalog((connection, catalog) -> {
            requireFitting(catalog);
            complete = check.isComplete(catalog);
        });
    }

    private void requireFitting(SchemaCatalog catalog) throws SQLException {
        if (host != null) {
            host.check(catalog);
        }
        check.requireFitting(catalog);
    }

    /**
     * Before the first account is processed.
     *
     * @throws IllegalStateException naming everything that is missing
     */
    void beforeWork() {
        if (!complete) {
            catalog((connection, catalog) -> {
                if (host != null) {
                    host.checkAll(catalog);
                }
                check.requireComplete(catalog);
                ObstacleLog.report(connection, names, catalog);
            });
            complete = true;
        }
    }

    /** A constraint of the accounts table, or of its balance's type, that forbids a negative balance. */
    Optional<String> overdraftObstacle() {
        List<SchemaObstacle> found = new ArrayList<>();
        catalog((connection, catalog) -> found.addAll(new SchemaObstacles(connection, names, catalog).find()));
        return found.stream()
                .filter(it -> OverdraftCheck.forbids(it, names.accounts()))
                .map(SchemaObstacle::toString)
                .findFirst();
    }

    private interface Work {
        void on(Connection connection, SchemaCatalog catalog) throws SQLException;
    }

    private void catalog(Work work) {
        try (OwnedConnection lease =
                OwnedConnection.take(connections, OwnedConnection.Mode.STATEMENT, new DefaultIsolation())) {
            work.on(lease.connection(), new SchemaCatalog(lease.connection(), names));
        } catch (SQLException e) {
            throw JdbcTransactions.failed("checking the tables", e);
        }
    }
}
