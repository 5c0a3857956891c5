package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private @Nullable SQLException failure;

    SqlSession(Connection connection, TableNames names) {
        this.connection = connection;
        this.dialect = names.dialect();
        this.idType = names.accounts().idType();
        this.names = names;
    }

    Dialect dialect() {
        return dialect;
    }

    /** The first failure, or null. */
    @Nullable
    SQLException failure() {
        return failure;
    }

    /** @return the number of affected rows */
    int update(String sql, @Nullable Object... values) {
        try (PreparedStatement statement = prepared(names.in(sql), values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** @return false if the row violates a unique key; the transaction can go on. On PostgreSQL this takes an {@code on conflict} clause */
    boolean inserted(String sql, @Nullable Object... values) {
        try (PreparedStatement statement = prepared(names.in(sql), values)) {
            return statement.executeUpdate() > 0;
        } catch (SQLException e) {
            if (dialect.survivesViolations() && SqlStates.isDuplicate(e)) {
                return false;
            }
            throw failed(e);
        }
    }

    /** Executes the same statement for many rows, in one round trip if the driver can. */
    void batch(String sql, List<@Nullable Object[]> rows) {
        try (PreparedStatement statement = prepared(names.in(sql))) {
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
        try (PreparedStatement statement = prepared(dialect.fresh(names.in(sql)), values);
                ResultSet rows = statement.executeQuery()) {
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

    /** @param sql with the names of the database */
    private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            if (names.isPooled()) {
                Pooler.useOnce(statement);
            }
            bind(statement, values);
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
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
