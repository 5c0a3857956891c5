package io.autorecharge.jdbc;

import java.sql.SQLException;
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
     * When the store is created, which may be before the migration: tables may be missing, and none may be wrong.
     *
     * @throws io.autorecharge.credit.InvalidValueException when a table of the host is not as configured
     * @throws IllegalStateException naming every difference
     */
    void atStart() {
        catalog(catalog -> {
            if (host != null) {
                host.check(catalog);
            }
            check.requireFitting(catalog);
            complete = check.isComplete(catalog);
        });
    }

    /**
     * Before the first account is processed.
     *
     * @throws IllegalStateException naming everything that is missing
     */
    void beforeWork() {
        if (!complete) {
            catalog(catalog -> {
                if (host != null) {
                    host.checkAll(catalog);
                }
                check.requireComplete(catalog);
            });
            complete = true;
        }
    }

    private interface Work {
        void on(SchemaCatalog catalog) throws SQLException;
    }

    private void catalog(Work work) {
        try (OwnedConnection lease =
                OwnedConnection.take(connections, OwnedConnection.Mode.STATEMENT, new DefaultIsolation())) {
            work.on(new SchemaCatalog(lease.connection(), names));
        } catch (SQLException e) {
            throw JdbcTransactions.failed("checking the tables", e);
        }
    }
}
