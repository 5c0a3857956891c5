package io.autorecharge.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the database and the driver of the time limits of one transaction of the library. PostgreSQL receives them together with the first
 * statement, and forgets them with the transaction. MariaDB receives them with every statement, for that statement only. H2, which usually
 * runs in this process, has settings of the session, which are restored. None takes another round trip to a server, and none outlives the
 * transaction, also behind a pooler. MySQL needs two more round trips to set and restore a setting. Thread-safe.
 */
final class SessionLimits {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLimits.class);
    private static final int UNKNOWN = -1;

    /** Undoes what was set on a connection. */
    @FunctionalInterface
    interface Restore {
        Restore NOTHING = () -> {};

        void run() throws SQLException;
    }

    private final Dialect dialect;
    private final TimeLimits limits;

    private volatile boolean noNetworkTimeout;
    private volatile @Nullable Boolean mariaDbServer;
    private volatile int mySqlLockSeconds = UNKNOWN;
    private volatile int h2LockMillis = UNKNOWN;
    private volatile int h2QueryMillis = UNKNOWN;

    SessionLimits(Dialect dialect, TimeLimits limits) {
        this.dialect = dialect;
        this.limits = limits;
    }

    /** Limits a connection, before its first statement. */
    Restore apply(Connection connection) throws SQLException {
        Restore network = limitNetwork(connection);
        boolean mySql = dialect == Dialect.MARIADB && !isMariaDbServer(connection);
        if (dialect != Dialect.H2 && !mySql) {
            return network;
        }
        Restore session = mySql ? limitMySql(connection) : limitH2(connection);
        return () -> {
            session.run();
            network.run();
        };
    }

    /** What is executed before the first statement, in the same round trip; empty for nothing. Returns one row. */
    String beforeFirst() {
        return dialect == Dialect.POSTGRESQL
                ? "select set_config('lock_timeout', '" + lockMillis() + "', true),"
                        + " set_config('statement_timeout', '" + statementMillis() + "', true);\n"
                : "";
    }

    /** The beginning of every statement; empty for nothing. */
    String beforeEach(Connection connection) throws SQLException {
        return dialect == Dialect.MARIADB && isMariaDbServer(connection)
                ? "set statement innodb_lock_wait_timeout=" + seconds(limits.lock()) + ",lock_wait_timeout="
                        + seconds(limits.lock()) + ",max_statement_time=" + seconds(limits.statement()) + " for "
                : "";
    }

    /** MySQL accepts no limit within a statement of every kind. */
    void limit(PreparedStatement statement, Connection connection) throws SQLException {
        if (dialect == Dialect.MARIADB && !isMariaDbServer(connection)) {
            statement.setQueryTimeout(Math.toIntExact(seconds(limits.statement())));
        }
    }

    String lockMillis() {
        return String.valueOf(limits.lock().toMillis());
    }

    String statementMillis() {
        return String.valueOf(limits.statement().toMillis());
    }

    private Restore limitNetwork(Connection connection) throws SQLException {
        if (noNetworkTimeout || dialect == Dialect.H2) {
            return Restore.NOTHING;
        }
        try {
            int before = connection.getNetworkTimeout();
            int wanted = Math.toIntExact(limits.network().toMillis());
            if (before > 0 && before <= wanted) {
                return Restore.NOTHING;
            }
            connection.setNetworkTimeout(Runnable::run, wanted);
            return () -> connection.setNetworkTimeout(Runnable::run, before);
        } catch (SQLFeatureNotSupportedException | AbstractMethodError e) {
            noNetworkTimeout = true;
            LOG.warn(
                    "The driver cannot limit the wait for an answer. Set the socket timeout in the URL of the database; otherwise a"
                            + " broken network can stop auto-recharge",
                    e);
            return Restore.NOTHING;
        }
    }

    /** Both commands change nothing but the session. */
    private Restore limitH2(Connection connection) throws SQLException {
        if (h2LockMillis == UNKNOWN) {
            h2QueryMillis = number(
                    connection,
                    "select coalesce(max(setting_value), '0') from information_schema.settings"
                            + " where setting_name = 'QUERY_TIMEOUT'");
            h2LockMillis = number(connection, "call lock_timeout()");
        }
        setH2(connection, lockMillis(), statementMillis());
        return () -> setH2(connection, String.valueOf(h2LockMillis), String.valueOf(h2QueryMillis));
    }

    private Restore limitMySql(Connection connection) throws SQLException {
        if (mySqlLockSeconds == UNKNOWN) {
            mySqlLockSeconds = number(connection, "select @@innodb_lock_wait_timeout");
        }
        setMySql(connection, seconds(limits.lock()));
        return () -> setMySql(connection, mySqlLockSeconds);
    }

    private static void setMySql(Connection connection, long seconds) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set session innodb_lock_wait_timeout = " + seconds);
        }
    }

    private static void setH2(Connection connection, String lock, String query) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout " + lock + "; set query_timeout " + query);
        }
    }

    private static int number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private boolean isMariaDbServer(Connection connection) throws SQLException {
        Boolean known = mariaDbServer;
        if (known == null) {
            String version = connection.getMetaData().getDatabaseProductVersion();
            String product = connection.getMetaData().getDatabaseProductName();
            known = (product + version).toLowerCase(Locale.ROOT).contains("mariadb");
            mariaDbServer = known;
        }
        return known;
    }

    private static long seconds(Duration time) {
        return time.plusMillis(999).toSeconds();
    }
}
