package io.autorecharge.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a migration when it is this node's turn, on one connection. Nodes that have to wait try again and again and hold no connection in
 * between. They do not wait in the database, because an index that is built while others write waits for every older statement. Thread-safe.
 */
final class MigrationTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(Migrator.class);

    /** Returns whether it changed anything. */
    @FunctionalInterface
    interface Work {
        boolean apply(Connection connection) throws SQLException;
    }

    /** A question about the tables that exist. */
    @FunctionalInterface
    interface Question {
        boolean answer(SchemaCatalog catalog) throws SQLException;
    }

    /** Several pieces of a migration. */
    @FunctionalInterface
    interface Pieces {
        void run(MigrationTurn turn) throws SQLException;
    }

    private final ConnectionPort connections;
    private final TableNames names;
    private final MigrationTimeouts timeouts;
    private final MigrationLock lock;
    private final DefaultIsolation isolation = new DefaultIsolation();

    MigrationTransactions(ConnectionPort connections, TableNames names, MigrationTimeouts timeouts) {
        this.connections = connections;
        this.names = names;
        this.timeouts = timeouts;
        this.lock = MigrationLock.of(names);
    }

    /**
     * One transaction that takes the turn with its first statement and gives it back with its end.
     *
     * @param lock selects the row that all nodes queue for, and nothing while another node has it
     */
    void runInTurn(String lock, Work work) throws SQLException {
        for (boolean logged = false; ; logged = true) {
            try (OwnedConnection lease = take(OwnedConnection.Mode.TRANSACTION)) {
                if (hasRow(lease, names.in(lock))) {
                    commit(lease, names.dialect(), timeouts, work);
                    return;
                }
            }
            rest(logged);
        }
    }

    /** Several pieces in one turn. */
    void runInTurn(Pieces pieces) throws SQLException {
        for (boolean logged = false; ; logged = true) {
            try (OwnedConnection lease = take(OwnedConnection.Mode.TRANSACTION)) {
                lease.connection().setAutoCommit(true);
                if (lock.tryLock(lease.connection())) {
                    run(lease, pieces);
                    return;
                }
            }
            rest(logged);
        }
    }

    private void run(OwnedConnection lease, Pieces pieces) throws SQLException {
        try {
            pieces.run(new MigrationTurn(lease, names, timeouts));
        } finally {
            unlock(lease);
        }
    }

    private void unlock(OwnedConnection lease) {
        try {
            lock.unlock(lease.connection());
        } catch (SQLException e) {
            // The lock ends with the session, so the connection must not go back to the pool.
            lease.abandon();
            LOG.debug("The migration lock was not released, closing its connection", e);
        }
    }

    /** Ends the transaction when there is none. */
    private static boolean hasRow(OwnedConnection lease, String query) throws SQLException {
        boolean has = false;
        try {
            has = exists(lease.connection(), query);
            return has;
        } finally {
            if (!has) {
                lease.rollback(new SQLException("another node has its turn"));
            }
        }
    }

    private static void rest(boolean logged) throws SQLException {
        if (!logged) {
            LOG.info("Another node is migrating, waiting for it...");
        }
        MigrationTimeouts.rest(MigrationTimeouts.TURN);
    }

    /** In the open transaction of the lease, which is ended. */
    static void commit(OwnedConnection lease, Dialect dialect, MigrationTimeouts timeouts, Work work)
            throws SQLException {
        try {
            // Ends with the transaction.
            timeouts.limit(lease.connection(), dialect);
            boolean changed = work.apply(lease.connection());
            lease.commit();
            if (changed) {
                LOG.info("✓ Transaction committed successfully");
            }
        } catch (Throwable t) {
            lease.rollback(t);
            throw t;
        }
    }

    static boolean exists(Connection connection, String query) throws SQLException {
        try (var call = connection.createStatement();
                var rows = call.executeQuery(query)) {
            return rows.next();
        }
    }

    OwnedConnection take(OwnedConnection.Mode mode) throws SQLException {
        return OwnedConnection.take(connections, mode, isolation);
    }
}
