package io.autorecharge.jdbc;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The supported databases and their differences. */
public enum Dialect {
    /** PostgreSQL 12 and later. */
    POSTGRESQL("pg"),
    /** H2 2.2 and later, in its regular mode. */
    H2("h2") {
        @Override
        String quoted(Identifier identifier) {
            // H2's settings decide about case, so the name is written as the host writes it.
            return identifier.toString();
        }

        @Override
        String fresh(String query) {
            // H2 may answer a repeated query of a connection from its cache, even just after another transaction has
            // committed. A query that waited for that transaction would then miss its changes.
            return query + "\n-- " + QUERIES.incrementAndGet();
        }
    },
    /** MariaDB 10.6 and later, and MySQL 8. There is no timestamp with time zone, so times are stored as UTC. */
    MARIADB("mariadb") {
        @Override
        void bind(PreparedStatement statement, int index, Instant time) throws SQLException {
            statement.setObject(index, LocalDateTime.ofInstant(SqlTimes.stored(time), ZoneOffset.UTC));
        }

        @Override
        String quoted(Identifier identifier) {
            return '`' + identifier.name().replace("`", "``") + '`';
        }

        @Override
        @Nullable
        Instant instant(ResultSet row, String column) throws SQLException {
            LocalDateTime time = row.getObject(column, LocalDateTime.class);
            return time == null ? null : time.toInstant(ZoneOffset.UTC);
        }
    };

    private static final AtomicLong QUERIES = new AtomicLong();

    private final String tag;

    Dialect(String tag) {
        this.tag = tag;
    }

    /**
     * Detects the database.
     *
     * @throws InvalidValueException for the field {@code connections}, when it is none of these
     * @throws StoreException when it cannot be reached
     */
    public static Dialect detect(ConnectionPort connections) {
        try (Connection connection = connections.open()) {
            return ofProduct(connection.getMetaData().getDatabaseProductName());
        } catch (SQLException e) {
            throw new StoreException(false, "could not detect the database", e);
        }
    }

    private static Dialect ofProduct(String product) {
        return switch (product.toLowerCase(Locale.ROOT)) {
            case "postgresql" -> POSTGRESQL;
            case "h2" -> H2;
            case "mariadb", "mysql" -> MARIADB;
            default ->
                throw new InvalidValueException(
                        "connections", product, "must lead to a supported database: PostgreSQL, H2, MariaDB or MySQL");
        };
    }

    /** The word that marks this dialect's fragments in statements. */
    String tag() {
        return tag;
    }

    /** The folder of the schema files. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether data can be changed inside a {@code with} clause. */
    boolean hasModifyingCtes() {
        return this == POSTGRESQL;
    }

    /** Whether a transaction can go on after a failed statement. If not, no statement may risk a violation. */
    boolean survivesViolations() {
        return this != POSTGRESQL;
    }

    /** Whether a rollback removes created tables. If not, every statement that creates one commits by itself. */
    boolean hasTransactionalDdl() {
        return this == POSTGRESQL;
    }

    /** The query in a form that is never answered from a cache. */
    String fresh(String query) {
        return query;
    }

    /** The identifier as a part of a statement. */
    String quoted(Identifier identifier) {
        String name = identifier.exact() ? identifier.name() : identifier.name().toLowerCase(Locale.ROOT);
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    void bind(PreparedStatement statement, int index, Instant time) throws SQLException {
        statement.setObject(index, OffsetDateTime.ofInstant(SqlTimes.stored(time), ZoneOffset.UTC));
    }

    @Nullable
    Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
