package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Changes a used database in one column of one row at a time, and deletes one row at a time. Each change is refused by the database, found
 * by the verification, or listed in {@link UnseenChanges} with the reason why it cannot be found.
 */
class SabotagedColumnsTest {
    /** Tables that hold no state of an account, or that other tests cover. */
    private static final Set<String> NOT_SABOTAGED = Set.of("auto_recharge_schema");

    private Connection connection;
    private Verification verification;

    /** The entries of the list that were needed. */
    private final Set<String> unseen = new TreeSet<>();

    /** The rule that has found the last change is tried first for the next one. */
    private List<Invariant> rules;

    /** A row by its primary key. */
    private record SavedRow(Map<String, Object> key, Map<String, @Nullable Object> values) {}

    @BeforeEach
    void use() throws SQLException {
        JdbcDataSource database = new JdbcDataSource();
        // Each statement of the verification is run a thousand times, and is prepared once.
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;QUERY_CACHE_SIZE=200");
        Migrator.of(database).migrate();
        UsedDatabase.use(database);
        connection = database.getConnection();
        connection.setAutoCommit(false);
        verification = verification();
        rules = new ArrayList<>(verification.rules());
    }

    @AfterEach
    void close() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @Test
    void the_used_database_is_sound() {
        assertThat(verification.verify(UsedAccounts.NOW).violations()).isEmpty();
    }

    @Test
    void a_change_of_a_session_that_was_created_after_its_checkout_is_found() throws SQLException {
        assertThat(found(
                        "update auto_recharge_checkouts set session_id = ? where account_id = 'ida'",
                        List.of("cs_other")))
                .isTrue();
    }

    @Test
    void a_change_of_any_column_is_found() throws SQLException {
        assertThat(missed(true)).isEmpty();
    }

    @Test
    @Tag("soak")
    void a_change_of_any_column_of_any_row_is_found() throws SQLException {
        assertThat(missed(false)).isEmpty();
        assertThat(unseen)
                .as("nothing is listed that is found")
                .containsExactlyElementsOf(UnseenChanges.REASONS.keySet());
    }

    /**
     * Changes that are neither found nor listed, with the row.
     *
     * @param sample whether only the first row of each table is changed, and what is listed is not tried
     */
    private Set<String> missed(boolean sample) throws SQLException {
        Set<String> missed = new TreeSet<>();
        for (String table : tables()) {
            List<SavedRow> all = rows(table);
            List<SavedRow> rows = sample && all.size() > 1 ? List.of(all.get(0)) : all;
            for (SavedRow row : rows) {
                if (sample && entry(table + " deleted", row, NULL).isPresent()) {
                    continue;
                }
                if (!found("delete from " + table + where(row.key()), row.key().values())) {
                    miss(missed, table + " deleted", row, NULL);
                }
            }
            for (String column : columns(table)) {
                for (SavedRow row : rows) {
                    for (Object other : others(column, row, all)) {
                        if (sample && entry(table + "." + column, row, other).isPresent()) {
                            continue;
                        }
                        List<@Nullable Object> values = new ArrayList<>();
                        values.add(other == NULL ? null : other);
                        values.addAll(row.key().values());
                        if (!found("update " + table + " set " + column + " = ?" + where(row.key()), values)) {
                            miss(missed, table + "." + column, row, other);
                        }
                    }
                }
            }
        }
        return missed;
    }

    private void miss(Set<String> missed, String change, SavedRow row, Object other) {
        Optional<String> entry = entry(change, row, other);
        entry.ifPresent(unseen::add);
        if (entry.isEmpty()) {
            missed.add(change + " of " + row.key() + ", " + kind(row) + ", to " + (other == NULL ? "null" : other));
        }
    }

    private static Optional<String> entry(String change, SavedRow row, Object other) {
        String value = other == NULL ? "null" : other instanceof Boolean ? other.toString() : "another value";
        return UnseenChanges.entryOf(change, kind(row), value);
    }

    private static String kind(SavedRow row) {
        Map<String, @Nullable Object> values = row.values();
        return String.valueOf(values.containsKey("state") ? values.get("state") : values.get("type"));
    }

    private static final Object NULL = new Object();

    private static List<Object> others(String column, SavedRow row, List<SavedRow> rows) {
        Object value = row.values().get(column);
        Set<Object> others = new LinkedHashSet<>();
        rows.stream()
                .map(it -> it.values().get(column))
                .filter(Objects::nonNull)
                .filter(it -> !it.equals(value))
                .findFirst()
                .ifPresent(others::add);
        if (value != null) {
            others.add(NULL);
        }
        if (value instanceof Number number) {
            others.add(number.longValue() + 1);
        } else if (value instanceof Boolean flag) {
            others.add(!flag);
        } else if (value instanceof OffsetDateTime time) {
            others.add(OffsetDateTime.parse("2099-01-01T00:00:00Z"));
            others.add(time.minusDays(1));
        } else if (value instanceof String) {
            others.add("other");
        }
        return List.copyOf(others);
    }

    private boolean found(String sql, Iterable<@Nullable Object> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int index = 0;
            for (Object value : values) {
                statement.setObject(++index, value);
            }
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException(sql);
            }
            return isFound();
        } catch (SQLException refused) {
            return true;
        } finally {
            connection.rollback();
        }
    }

    private static String where(Map<String, Object> key) {
        return key.keySet().stream().map(it -> it + " = ?").collect(Collectors.joining(" and ", " where ", ""));
    }

    private List<String> tables() throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = connection.getMetaData().getTables(null, "PUBLIC", "%", new String[] {"BASE TABLE"})) {
            while (rows.next()) {
                String name = rows.getString("TABLE_NAME").toLowerCase(java.util.Locale.ROOT);
                if (!NOT_SABOTAGED.contains(name)) {
                    tables.add(name);
                }
            }
        }
        return tables;
    }

    private List<String> columns(String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from " + table + " where 1 = 0")) {
            ResultSetMetaData meta = rows.getMetaData();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                if (meta.getColumnType(i) != Types.NULL) {
                    columns.add(meta.getColumnName(i).toLowerCase(java.util.Locale.ROOT));
                }
            }
        }
        return columns;
    }

    private List<SavedRow> rows(String table) throws SQLException {
        List<String> keys = new ArrayList<>();
        try (ResultSet found =
                connection.getMetaData().getPrimaryKeys(null, "PUBLIC", table.toUpperCase(java.util.Locale.ROOT))) {
            while (found.next()) {
                keys.add(found.getString("COLUMN_NAME").toLowerCase(java.util.Locale.ROOT));
            }
        }
        List<String> columns = columns(table);
        List<SavedRow> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select * from " + table)) {
            while (found.next()) {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                for (String column : columns) {
                    values.put(column, found.getObject(column));
                }
                Map<String, Object> key = new LinkedHashMap<>();
                keys.forEach(it -> key.put(it, Objects.requireNonNull(values.get(it))));
                rows.add(new SavedRow(key, values));
            }
        }
        return rows;
    }

    private boolean isFound() {
        for (Invariant rule : rules) {
            if (!verification.verify(rule, UsedAccounts.NOW).isClean()) {
                rules.remove(rule);
                rules.add(0, rule);
                return true;
            }
        }
        return false;
    }

    private Verification verification() {
        Connection shared = (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "close", "setAutoCommit" -> null;
                    default -> method.invoke(connection, arguments);
                });
        ConnectionPort connections = new ConnectionPort() {
            @Override
            public @Nullable Connection hostTransaction() {
                return null;
            }

            @Override
            public Connection open() {
                return shared;
            }
        };
        return Verification.create(connections, Dialect.H2, AccountsTable.own());
    }
}
