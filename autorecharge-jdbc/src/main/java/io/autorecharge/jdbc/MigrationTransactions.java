package io.autorecharge.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pieces of a migration that are committed by themselves, so that no lock is held longer than its piece takes. A run that is broken off
 * has lost one piece. Thread-safe.
 */
final class MigrationTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(Migrator.class);

    /** Answers whether it changed anything. */
    @FunctionalInterface
    interface Work {
        boolean apply(Connection connection) throws SQLException;
    }

    /** A question to the tables that are there. */
    @FunctionalInterface
    interface Question {
        boolean answer(SchemaCatalog catalog) throws SQLException;
    }

    private final ConnectionPort connections;
    private final Dialect dialect;
    private final MigrationTimeouts patience;
    private final DefaultIsolation isolation = new DefaultIsolation();

    MigrationTransactions(ConnectionPort connections, Dialect dialect, MigrationTimeouts patience) {
        this.connections = connections;
        this.dialect = dialect;
        this.patience = patience;
    }

    boolean ask(Question question) throws SQLException {
        try (OwnedConnection lease = take(OwnedConnection.Mode.STATEMENT)) {
            return question.answer(new SchemaCatalog(lease.connection(), dialect));
        }
    }

    /** In one transaction, where the database can take created tables back; elsewhere every statement commits by itself. */
    void run(Work work) throws SQLException {
        if (!dialect.hasTransactionalDdl()) {
            runAlone(work);
            return;
        }
        try (OwnedConnection lease = take(OwnedConnection.Mode.TRANSACTION)) {
            run(lease, work);
        }
    }

    /** In the transaction that the lease has open, which is ended. */
    void run(OwnedConnection lease, Work work) throws SQLException {
        try {
            // Ends with the transaction.
            patience.limit(lease.connection(), dialect);
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

    /** Every statement by itself, for those that no transaction may contain. */
    void runAlone(Work work) throws SQLException {
        try (OwnedConnection lease = take(OwnedConnection.Mode.STATEMENT)) {
            MigrationTimeouts.Setting before = patience.limit(lease.connection(), dialect);
            try {
                work.apply(lease.connection());
            } finally {
                before.putBack();
            }
        }
    }

    /**
     * The turn to migrate: a transaction that holds version 0, which all migrators look for. Who has to wait looks again and again and
     * does not wait in the database, since an index that is built beside the writers waits for every statement that began before it.
     */
    OwnedConnection takeTurn(String lock) throws SQLException {
        for (boolean said = false; ; said = true) {
            OwnedConnection lease = take(OwnedConnection.Mode.TRANSACTION);
            if (hasTurn(lease, lock)) {
                return lease;
            }
            if (!said) {
                LOG.info("Another node is migrating, waiting for it...");
            }
            MigrationTimeouts.rest(MigrationTimeouts.TURN);
        }
    }

    /** Closes the lease when it has not. */
    private static boolean hasTurn(OwnedConnection lease, String lock) throws SQLException {
        boolean has = false;
        try {
            has = exists(lease.connection(), lock);
            if (has) {
                // On PostgreSQL the last query's snapshot stays open until the next statement. An index that is built
                // beside the writers would wait for it: for ourselves, for ever.
                lease.connection().setSavepoint();
            }
            return has;
        } finally {
            if (!has) {
                giveBack(lease);
            }
        }
    }

    static void giveBack(OwnedConnection lease) {
        try (lease) {
            lease.rollback(new SQLException("a turn that is given back"));
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
