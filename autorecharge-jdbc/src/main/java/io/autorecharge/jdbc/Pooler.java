package io.autorecharge.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pooler between the driver and PostgreSQL, such as PgBouncer. In its transaction mode every transaction may run in another session of the
 * database, so that a statement which the driver has prepared under a name is missing there, or is the statement of another client. The
 * driver's interfaces are called by reflection, because the library needs no driver.
 */
final class Pooler {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);

    private static final String DRIVER = "org.postgresql.";

    private Pooler() {}

    /** Whether the session that answers is another one than the driver was told when it connected. Logs what to set. */
    static boolean isBetween(Connection connection, Dialect dialect) throws SQLException {
        if (dialect != Dialect.POSTGRESQL) {
            return false;
        }
        Optional<Object> told = called(connection, "PGConnection", "getBackendPID", null);
        if (told.isEmpty() || told.get().equals(session(connection))) {
            return false;
        }
        LOG.warn(
                "A connection pooler such as PgBouncer is between this process and PostgreSQL. The library uses no named prepared statements."
                        + " For your own statements set prepareThreshold=0 in the JDBC URL, or max_prepared_statements in PgBouncer 1.21 or later."
                        + " Run migrations over a direct connection");
        return true;
    }

    /** Keeps the driver from preparing the statement under a name, which lasts longer than the transaction. */
    static void useOnce(Statement statement) throws SQLException {
        called(statement, "PGStatement", "setPrepareThreshold", 0);
    }

    /** A statement of the library, with the names of its tables. */
    static PreparedStatement prepared(Connection connection, TableNames names, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(names.in(sql));
        try {
            if (names.isPooled()) {
                useOnce(statement);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static int session(Connection connection) throws SQLException {
        try (Statement call = connection.createStatement();
                ResultSet rows = call.executeQuery("select pg_backend_pid()")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** Empty if the driver is another one, or hidden behind wrappers. */
    private static Optional<Object> called(Wrapper wrapper, String type, String method, @Nullable Integer argument)
            throws SQLException {
        try {
            Class<?> driver = Class.forName(DRIVER + type, false, loader());
            if (!wrapper.isWrapperFor(driver)) {
                return Optional.empty();
            }
            Object target = wrapper.unwrap(driver);
            return Optional.ofNullable(
                    argument == null
                            ? driver.getMethod(method).invoke(target)
                            : driver.getMethod(method, int.class).invoke(target, argument));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            return Optional.empty();
        } catch (ReflectiveOperationException | LinkageError e) {
            return Optional.empty();
        }
    }

    private static ClassLoader loader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? Pooler.class.getClassLoader() : context;
    }
}
