package io.autorecharge.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;

/**
 * The exclusive right to migrate. It belongs to a session and not to a transaction, so that a statement that commits does not give it away.
 * The database releases it when the connection is lost. H2 has no such lock: there it holds within this JVM, and other processes rely on
 * every step being repeatable. Thread-safe.
 */
enum MigrationLock {
    POSTGRESQL {
        @Override
        boolean tryLock(Connection connection) throws SQLException {
            return isTrue(connection, "select pg_try_advisory_lock(" + KEY + ")");
        }

        @Override
        void unlock(Connection connection) throws SQLException {
            isTrue(connection, "select pg_advisory_unlock(" + KEY + ")");
        }
    },
    H2 {
        @Override
        boolean tryLock(Connection connection) {
            return WITHIN_THE_JVM.tryAcquire();
        }

        @Override
        void unlock(Connection connection) {
            WITHIN_THE_JVM.release();
        }
    },
    MARIADB {
        @Override
        boolean tryLock(Connection connection) throws SQLException {
            return isTrue(connection, "select get_lock(" + NAME + ", 0)");
        }

        @Override
        void unlock(Connection connection) throws SQLException {
            isTrue(connection, "select release_lock(" + NAME + ")");
        }
    };

    /** Locks of this kind belong to one database, and their keys to all applications that use it: "autorech" in ASCII. */
    private static final long KEY = 0x6175746f72656368L;

    /** Locks of this kind belong to the server. Their names have at most 64 characters. */
    private static final String NAME = "left(concat('auto_recharge.', database()), 64)";

    private static final Semaphore WITHIN_THE_JVM = new Semaphore(1);

    /** Behind a pooler a lock of a session would stay with whichever session took it. There it holds within this JVM, as on H2. */
    static MigrationLock of(TableNames names) {
        return names.isPooled() ? H2 : valueOf(names.dialect().name());
    }

    /** Takes the lock, or returns false immediately if another session has it. */
    abstract boolean tryLock(Connection connection) throws SQLException;

    /** Releases the lock that this connection has. */
    abstract void unlock(Connection connection) throws SQLException;

    private static boolean isTrue(Connection connection, String query) throws SQLException {
        try (var call = connection.createStatement();
                var rows = call.executeQuery(query)) {
            return rows.next() && rows.getBoolean(1);
        }
    }
}
