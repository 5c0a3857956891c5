package io.autorecharge.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a migration waits for locks. Every later statement on the table waits behind the migration. So its waits are short, and after
 * each one it pauses to let other transactions proceed. Immutable.
 *
 * @param lockWait how long one statement waits for a lock, while others wait behind it
 * @param buildWait how long a concurrent index build waits for older transactions; no other statement waits behind it
 * @param tries how often the whole migration is tried
 * @param pause about how long the migration pauses between two tries
 */
record MigrationTimeouts(Duration lockWait, Duration buildWait, int tries, Duration pause) {
    static final MigrationTimeouts USUAL =
            new MigrationTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(30), 30, Duration.ofSeconds(2));

    /** How often a waiting node checks whether it is its turn. */
    static final Duration TURN = Duration.ofMillis(100);

    private static final String MARIADB_WAIT = "select @@lock_wait_timeout";

    /** A changed setting of a session. */
    @FunctionalInterface
    interface Setting {
        void restore() throws SQLException;
    }

    /** Limits the waits of the transaction. With auto-commit it limits the waits of all statements until the setting is restored. */
    Setting limit(Connection connection, Dialect dialect) throws SQLException {
        return switch (dialect) {
            case POSTGRESQL ->
                connection.getAutoCommit()
                        ? postgreSqlSession(connection, buildWait)
                        : postgreSqlTransaction(connection, lockWait);
            case MARIADB -> mariaDbSession(connection, lockWait);
            // Waits for two seconds by default, or for the time in its URL.
            case H2 -> () -> {};
        };
    }

    private static Setting postgreSqlTransaction(Connection connection, Duration wait) throws SQLException {
        setPostgreSql(connection, wait.toMillis() + "ms", true);
        return () -> {};
    }

    private static Setting postgreSqlSession(Connection connection, Duration wait) throws SQLException {
        String before = text(connection, "select current_setting('lock_timeout')");
        setPostgreSql(connection, wait.toMillis() + "ms", false);
        return () -> setPostgreSql(connection, before, false);
    }

    private static void setPostgreSql(Connection connection, String wait, boolean local) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement("select set_config('lock_timeout', ?, ?)")) {
            Pooler.useOnce(call);
            call.setString(1, wait);
            call.setBoolean(2, local);
            call.execute();
        }
    }

    private static Setting mariaDbSession(Connection connection, Duration wait) throws SQLException {
        long before = Long.parseLong(text(connection, MARIADB_WAIT));
        setMariaDb(connection, Math.max(1, wait.toSeconds()));
        return () -> setMariaDb(connection, before);
    }

    private static void setMariaDb(Connection connection, long seconds) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement("set session lock_wait_timeout = ?")) {
            call.setLong(1, seconds);
            call.execute();
        }
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement call = connection.createStatement();
                ResultSet rows = call.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Pauses, so that others get their locks. */
    void letOthersThrough() throws SQLException {
        rest(pause);
    }

    /** @throws SQLException when the thread is interrupted, so that the migration begins nothing more */
    static void rest(Duration about) throws SQLException {
        long longest = about.toNanos();
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest / 2, longest + longest / 2));
        if (Thread.currentThread().isInterrupted()) {
            throw new SQLTransientException("the migration was interrupted while it waited for others");
        }
    }
}
