package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Executes statements on one connection, within a transaction. Every failure is thrown as {@link SqlFailure} and remembered. So a transaction is
 * not committed if its work has swallowed a failure. Used by one thread.
 */
final class SqlSession {
    /** Reads a value from a row. */
    @FunctionalInterface
    interface Reader<T> {
        T read(SqlRow row) throws SQLException;
    }

    private final Connection connection;
    private final Dialect dialect;
    private final IdType idType;
    private final TableNames names;
    private final @Nullable SessionLimits limits;
    private boolean beforeFirst;
    private boolean currentRows;
    private @Nullable SQLException failure;

    /** In a transaction of the host, with the host's time limits. */
    SqlSession(Connection connection, TableNames names) {
        this(connection, names, null);
    }

    /** In a transaction of the library. */
    SqlSession(Connection connection, TableNames names, @Nullable SessionLimits limits) {
        this.connection = connection;
        this.dialect = names.dialect();
        this.idType = names.accounts().idType();
        this.names = names;
        this.limits = limits;
        this.beforeFirst = limits != null && !limits.beforeFirst().isEmpty();
    }

    /**
     * For a first statement that sets the time limits itself: those for locks and for statements, in milliseconds as text, are bound after
     * {@code before} other values.
     */
    <T> Optional<T> firstWithLimits(String sql, int before, Reader<T> reader, @Nullable Object... values) {
        SessionLimits sent = Objects.requireNonNull(limits, "limits");
        beforeFirst = false;
        List<@Nullable Object> all = new ArrayList<>(Arrays.asList(values));
        all.addAll(before, List.of(sent.lockMillis(), sent.statementMillis()));
        return first(sql, reader, all.toArray());
    }

    /**
     * From now on queries see what others have committed, whatever the isolation of the host's transaction: on MariaDB, a query without a lock
     * reads an old snapshot otherwise. PostgreSQL refuses to lock a row that has changed since its snapshot.
     */
    void readCurrentRows() {
        currentRows = dialect == Dialect.MARIADB;
    }

    /** Work of which nothing remains when it fails. */
    <T> T atomically(Function<SqlSession, T> work) {
        Savepoint before = savepoint();
        try {
            T result = work.apply(this);
            connection.releaseSavepoint(before);
            return result;
        } catch (SQLException e) {
            throw failed(e);
        } catch (RuntimeException | Error e) {
            try {
                connection.rollback(before);
            } catch (SQLException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    private Savepoint savepoint() {
        try {
            return connection.setSavepoint();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    Dialect dialect() {
        return dialect;
    }

    /** As the driver says; null when it does not. */
    @Nullable
    String url() {
        try {
            return connection.getMetaData().getURL();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The first failure, or null. */
    @Nullable
    SQLException failure() {
        return failure;
    }

    /** @return the number of affected rows */
    int update(String sql, @Nullable Object... values) {
        boolean first = beforeFirst;
        try (PreparedStatement statement = prepared(names.in(sql), values)) {
            return changed(statement, first);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** @return false if the row violates a unique key; the transaction can go on. On PostgreSQL this takes an {@code on conflict} clause */
    boolean inserted(String sql, @Nullable Object... values) {
        boolean first = beforeFirst;
        try (PreparedStatement statement = prepared(names.in(sql), values)) {
            return changed(statement, first) > 0;
        } catch (SQLException e) {
            if (dialect.survivesViolations() && SqlStates.isDuplicate(e)) {
                return false;
            }
            throw failed(e);
        }
    }

    /** Executes the same statement for many rows, in one round trip if the driver can. */
    void batch(String sql, List<@Nullable Object[]> rows) {
        if (rows.size() == 1) {
            update(sql, rows.get(0));
            return;
        }
        try (PreparedStatement statement = Pooler.prepared(connection, names, strict(sql))) {
            for (@Nullable Object[] values : rows) {
                bind(statement, values);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    <T> List<T> list(String sql, Reader<T> reader, @Nullable Object... values) {
        boolean first = beforeFirst;
        try (PreparedStatement statement = prepared(dialect.fresh(current(names.in(sql))), values);
                ResultSet rows = selected(statement, first)) {
            List<T> found = new ArrayList<>();
            SqlRow row = new SqlRow(rows, dialect);
            while (rows.next()) {
                found.add(reader.read(row));
            }
            return found;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    <T> Optional<T> first(String sql, Reader<T> reader, @Nullable Object... values) {
        return list(sql, reader, values).stream().findFirst();
    }

    boolean exists(String sql, @Nullable Object... values) {
        return first(sql, row -> true, values).isPresent();
    }

    private SqlFailure failed(SQLException e) {
        if (failure == null) {
            failure = e;
        }
        return new SqlFailure(e);
    }

    /** @param first whether the statement that sets the limits comes first, and has returned a row */
    private static int changed(PreparedStatement statement, boolean first) throws SQLException {
        if (!first) {
            return statement.executeUpdate();
        }
        statement.execute();
        statement.getMoreResults();
        return statement.getUpdateCount();
    }

    private static ResultSet selected(PreparedStatement statement, boolean first) throws SQLException {
        if (!first) {
            return statement.executeQuery();
        }
        statement.execute();
        statement.getMoreResults();
        return statement.getResultSet();
    }

    /** @param sql with the names of the database */
    private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(limited(sql));
        try {
            if (names.isPooled()) {
                Pooler.useOnce(statement);
            }
            if (limits != null) {
                limits.limit(statement, connection);
            }
            bind(statement, values);
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private String current(String query) {
        return currentRows && !query.contains("for update") ? query + "\nlock in share mode" : query;
    }

    private String limited(String sql) throws SQLException {
        if (limits == null) {
            return strict(sql);
        }
        String text = (beforeFirst ? limits.beforeFirst() : "") + strict(limits.beforeEach(connection) + sql);
        beforeFirst = false;
        return text;
    }

    private String strict(String sql) {
        return names.isLenient() ? SqlMode.strict(sql) : sql;
    }

    private void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
    }

    private void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
        } else if (value instanceof Instant time) {
            dialect.bind(statement, index, time);
        } else if (value instanceof AccountId account) {
            statement.setObject(index, idType.value(account));
        } else if (value instanceof Credits credits) {
            statement.setBigDecimal(index, credits.toBigDecimal());
        } else if (value instanceof Enum<?> word) {
            statement.setString(index, word.name());
        } else {
            statement.setObject(index, value);
        }
    }
}
