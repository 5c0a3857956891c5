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
 * How long a migration waits for the locks of others. Whoever wants a table after us waits behind us, so a wait is short, and there is a
 * pause after it in which they get through. Immutable.
 *
 * @param lockWait how long one statement waits, and others behind it
 * @param buildWait how long an index that is built beside the writers waits for transactions that are older; nobody waits behind it
 * @param tries how often everything is tried
 * @param pause about how long others are let through in between
 */
record MigrationTimeouts(Duration lockWait, Duration buildWait, int tries, Duration pause) {
    static final MigrationTimeouts USUAL =
            new MigrationTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(30), 30, Duration.ofSeconds(2));

    /** How often a migrator looks whether it is its turn. */
    static final Duration TURN = Duration.ofMillis(100);

    private static final String MARIADB_WAIT = "select @@lock_wait_timeout";

    /** A setting that is put back. */
    @FunctionalInterface
    interface Setting {
        void putBack() throws SQLException;
    }

    /** Limits the waits of the transaction, or, where every statement commits by itself, of those until it is put back. */
    Setting limit(Connection connection, Dialect dialect) throws SQLException {
        return switch (dialect) {
            case POSTGRESQL ->
                connection.getAutoCommit()
                        ? postgreSqlSession(connection, buildWait)
                        : postgreSqlTransaction(connection, lockWait);
            case MARIADB -> mariaDbSession(connection, lockWait);
            // Waits two seconds by itself, or what its URL says.
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

    /** Lets others through. */
    void letOthersThrough() throws SQLException {
        rest(pause);
    }

    /** @throws SQLException when the thread is interrupted, so that nothing is begun any more */
    static void rest(Duration about) throws SQLException {
        long longest = about.toNanos();
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest / 2, longest + longest / 2));
        if (Thread.currentThread().isInterrupted()) {
            throw new SQLTransientException("the migration was interrupted while it waited for others");
        }
    }
}
