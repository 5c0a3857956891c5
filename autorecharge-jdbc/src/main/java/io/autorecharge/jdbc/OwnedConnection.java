package io.autorecharge.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of the library for one transaction. Its settings are restored before it is closed. A failure after the commit is logged
 * and not thrown: the work is done, and a caller that sees a failure would repeat it.
 */
final class OwnedConnection implements AutoCloseable {
    /** When the connection commits. */
    enum Mode {
        /** Every statement by itself. */
        STATEMENT,
        /** On demand, under READ COMMITTED: after a wait for a lock the next statement sees what the other transaction wrote. */
        TRANSACTION
    }

    private static final Logger LOG = LoggerFactory.getLogger(OwnedConnection.class);

    private final Connection connection;
    private final Mode mode;
    private final boolean autoCommit;
    private final int isolation;
    private SessionLimits.Restore restoreLimits = SessionLimits.Restore.NOTHING;
    private boolean broken;

    private OwnedConnection(Connection connection, Mode mode, int isolation) throws SQLException {
        this.connection = connection;
        this.mode = mode;
        this.isolation = isolation;
        this.autoCommit = connection.getAutoCommit();
        boolean wanted = mode == Mode.STATEMENT;
        if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
        if (autoCommit != wanted) {
            connection.setAutoCommit(wanted);
        }
    }

    /** Without time limits. */
    static OwnedConnection take(ConnectionPort connections, Mode mode, DefaultIsolation usual) throws SQLException {
        return take(connections, mode, usual, null);
    }

    static OwnedConnection take(
            ConnectionPort connections, Mode mode, DefaultIsolation usual, @Nullable SessionLimits limits)
            throws SQLException {
        Connection connection = connections.open();
        SessionLimits.Restore restore = SessionLimits.Restore.NOTHING;
        try {
            if (limits != null) {
                restore = limits.apply(connection);
            }
            // A single statement is correct under every isolation.
            int isolation = mode == Mode.STATEMENT ? Connection.TRANSACTION_READ_COMMITTED : usual.of(connection);
            OwnedConnection owned = new OwnedConnection(connection, mode, isolation);
            owned.restoreLimits = restore;
            return owned;
        } catch (SQLException | RuntimeException e) {
            try {
                restore.run();
            } catch (SQLException | RuntimeException second) {
                e.addSuppressed(second);
            }
            try {
                connection.close();
            } catch (SQLException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    void commit() throws SQLException {
        if (mode == Mode.TRANSACTION) {
            connection.commit();
        }
    }

    void rollback(Throwable cause) {
        if (mode == Mode.TRANSACTION) {
            try {
                connection.rollback();
            } catch (SQLException | RuntimeException e) {
                broken = true;
                cause.addSuppressed(e);
            }
        }
    }

    /** The connection is closed for good instead of going back to the pool. */
    void abandon() {
        broken = true;
    }

    @Override
    public void close() {
        try {
            if (broken) {
                // Enabling auto-commit, or the next user of the connection, would commit what could not be rolled back.
                connection.abort(Runnable::run);
            } else {
                restore();
            }
        } catch (SQLException | RuntimeException e) {
            LOG.warn("The settings of a connection could not be restored", e);
        }
        try {
            connection.close();
        } catch (SQLException | RuntimeException e) {
            LOG.warn("A connection could not be closed", e);
        }
    }

    private void restore() throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        if (connection.getAutoCommit() != autoCommit) {
            connection.setAutoCommit(autoCommit);
        }
        if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
            connection.setTransactionIsolation(isolation);
        }
        // Last, because the commands before it may need the server.
        restoreLimits.run();
    }
}
