package io.autorecharge.jdbc;

import io.autorecharge.jdbc.SchemaTable.FoundIndex;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the columns and indexes of many tables, in two statements. Used by one thread. */
final class CatalogReader {
    /**
     * Where a table is looked for.
     *
     * @param written its name as it is written in SQL
     * @param schema as the database stores it; on MariaDB the name of its database
     * @param table as the database stores it
     */
    record Place(String written, String schema, String table) {}

    /** What is known about a table so far. */
    private static final class Found {
        private String schema = "";
        private String name = "";
        private String kind = "";
        private final List<SchemaColumn> columns = new ArrayList<>();
        private final Map<String, FoundIndex> indexes = new LinkedHashMap<>();

        SchemaTable table() {
            return new SchemaTable(schema, name, kind, List.copyOf(columns), List.copyOf(indexes.values()));
        }
    }

    private interface RowReader {
        void read(Found found, ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final TableNames names;
    private final Dialect dialect;
    private final boolean anyCase;

    CatalogReader(Connection connection, TableNames names) throws SQLException {
        this.connection = connection;
        this.names = names;
        this.dialect = names.dialect();
        this.anyCase = dialect == Dialect.MARIADB && !connection.getMetaData().supportsMixedCaseIdentifiers();
    }

    /** The tables, views and whatever else has one of these names, by the name as written. */
    Map<String, SchemaTable> read(Collection<Place> places) throws SQLException {
        Map<String, Found> found = new HashMap<>();
        CatalogQueries queries = CatalogQueries.of(dialect, places.size());
        each(queries.columns(), places, found, this::readColumn);
        each(queries.indexes(), places, found, this::readIndex);
        Map<String, SchemaTable> tables = new HashMap<>();
        found.forEach((written, table) -> tables.put(written, table.table()));
        return tables;
    }

    private void each(String query, Collection<Place> places, Map<String, Found> found, RowReader reader)
            throws SQLException {
        try (PreparedStatement call = Pooler.prepared(connection, names, query)) {
            bind(call, query, places);
            try (ResultSet rows = call.executeQuery()) {
                while (rows.next()) {
                    Optional<String> written = written(rows, places);
                    if (written.isPresent()) {
                        reader.read(found.computeIfAbsent(written.get(), key -> new Found()), rows);
                    }
                }
            }
        }
    }

    private void bind(PreparedStatement call, String query, Collection<Place> places) throws SQLException {
        if (dialect == Dialect.POSTGRESQL) {
            call.setArray(
                    1,
                    connection.createArrayOf(
                            "text", places.stream().map(Place::written).toArray()));
            return;
        }
        List<String> schemas = places.stream().map(Place::schema).distinct().toList();
        long parameters = query.chars().filter(sign -> sign == '?').count();
        int index = 0;
        while (index < parameters) {
            call.setString(++index, schemas.get(0));
            call.setString(++index, schemas.get(schemas.size() - 1));
            for (Place place : places) {
                call.setString(++index, place.table());
            }
        }
    }

    private Optional<String> written(ResultSet row, Collection<Place> places) throws SQLException {
        if (dialect == Dialect.POSTGRESQL) {
            return Optional.of(row.getString("written"));
        }
        String schema = row.getString("table_schema");
        String table = row.getString("table_name");
        return places.stream()
                .filter(place -> isSame(place.schema(), schema) && isSame(place.table(), table))
                .map(Place::written)
                .findFirst();
    }

    private boolean isSame(String wanted, String found) {
        return anyCase ? wanted.equalsIgnoreCase(found) : wanted.equals(found);
    }

    private void readColumn(Found found, ResultSet row) throws SQLException {
        found.schema = row.getString("table_schema");
        found.name = row.getString("table_name");
        String kind = row.getString("kind");
        if (!kind.isEmpty()) {
            found.kind = kind;
        }
        String column = row.getString("column_name");
        if (column != null) {
            found.columns.add(SchemaColumn.read(row, kept(column)));
        }
    }

    private void readIndex(Found found, ResultSet row) throws SQLException {
        boolean unique = row.getBoolean("is_unique");
        boolean partial = row.getBoolean("partial");
        boolean valid = row.getBoolean("valid");
        found.indexes
                .computeIfAbsent(
                        row.getString("index_name"),
                        name -> new FoundIndex(name, unique, partial, valid, new ArrayList<>()))
                .columns()
                .add(kept(row.getString("column_name")));
    }

    /** MariaDB keeps the case of a column's name and ignores it in comparisons. MySQL has no name for an expression. */
    private String kept(@Nullable String column) {
        if (column == null) {
            return "";
        }
        return dialect == Dialect.MARIADB ? column.toLowerCase(Locale.ROOT) : column;
    }
}
