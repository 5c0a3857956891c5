package io.autorecharge.jdbc;

import io.autorecharge.jdbc.SchemaTable.FoundIndex;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tables of a database, from the driver's metadata. Reads each table once, so it is soon outdated. Used by one thread. */
final class SchemaCatalog {
    private record Place(@Nullable String catalog, @Nullable String schema, String table) {}

    // The search path decides which table a bare name means.
    private static final String POSTGRESQL_PLACE = """
            select n.nspname, c.relname
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where c.oid = to_regclass(?) and c.relkind in ('r', 'p')
            """;

    private static final String POSTGRESQL_KIND = """
            select case relkind
                when 'r' then 'table' when 'p' then 'partitioned table' when 'v' then 'view'
                when 'm' then 'materialized view' when 'f' then 'foreign table' when 'S' then 'sequence'
                when 'c' then 'composite type' else 'index' end
            from pg_class where oid = to_regclass(?)
            """;

    // An interrupted "create index concurrently" leaves an invalid index, which the driver does not show as such.
    private static final String POSTGRESQL_INVALID = """
            select c.relname
            from pg_index i
            join pg_class c on c.oid = i.indexrelid
            where i.indrelid = to_regclass(?) and not i.indisvalid
            """;

    private static final String POSTGRESQL_UNCHECKED = """
            select conname
            from pg_constraint
            where conrelid = to_regclass(?) and contype = 'f' and not convalidated
            """;

    private final Connection connection;
    private final DatabaseMetaData data;
    private final Dialect dialect;
    private final TableNames names;
    private final Map<String, Optional<SchemaTable>> known = new HashMap<>();

    SchemaCatalog(Connection connection, TableNames names) throws SQLException {
        this.connection = connection;
        this.data = connection.getMetaData();
        this.dialect = names.dialect();
        this.names = names;
    }

    /** The table of the accounts. */
    Optional<SchemaTable> find(AccountsTable accounts) throws SQLException {
        if (!accounts.isOwn() && isPartitioned(accounts)) {
            // Its index could not be built while others write.
            return Optional.empty();
        }
        return find(names.accountsSchema().orElse(null), accounts.table());
    }

    private boolean isPartitioned(AccountsTable accounts) throws SQLException {
        return dialect == Dialect.POSTGRESQL
                && texts(POSTGRESQL_KIND, written(names.accountsSchema().orElse(null), accounts.table()))
                        .contains("partitioned table");
    }

    /** A table of the library, by its name in the schema files. */
    Optional<SchemaTable> find(String table) throws SQLException {
        return findNamed(names.prefixed(table).name());
    }

    /** A table of the library, by its name in the database. */
    Optional<SchemaTable> findNamed(String table) throws SQLException {
        return find(names.schema().orElse(null), new Identifier(table, false));
    }

    private Optional<SchemaTable> find(@Nullable Identifier schema, Identifier table) throws SQLException {
        String written = written(schema, table);
        Optional<SchemaTable> found = known.get(written);
        if (found == null) {
            found = read(written, schema, table);
            known.put(written, found);
        }
        return found;
    }

    /** The kind of thing that has the name of a table of the library and is no table, such as a view. */
    Optional<String> otherKind(String table) throws SQLException {
        return dialect == Dialect.POSTGRESQL ? otherKindOnPostgreSql(table) : otherKindElsewhere(table);
    }

    private Optional<String> otherKindOnPostgreSql(String table) throws SQLException {
        List<String> kinds = texts(POSTGRESQL_KIND, written(names.schema().orElse(null), new Identifier(table, false)));
        return kinds.stream()
                .filter(kind -> !kind.contains("table") || kind.startsWith("foreign"))
                .findFirst();
    }

    private Optional<String> otherKindElsewhere(String table) throws SQLException {
        Optional<Place> place = usualPlace(names.schema().orElse(null), new Identifier(table, false));
        try (ResultSet rows = data.getTables(
                place.orElseThrow().catalog(),
                escaped(place.get().schema()),
                escaped(place.get().table()),
                null)) {
            while (rows.next()) {
                String kind = rows.getString("TABLE_TYPE").toLowerCase(Locale.ROOT);
                if (kind.contains("view") || kind.contains("sequence")) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    private String written(@Nullable Identifier schema, Identifier table) {
        return (schema == null ? "" : dialect.quoted(schema) + ".") + dialect.quoted(table);
    }

    /** Whether any row of the ledger has a sequence. The ledger must have that column. */
    boolean isLedgerNumbered() throws SQLException {
        try (PreparedStatement call = Pooler.prepared(
                        connection, names, "select 1 from credit_transactions where seq is not null limit 1");
                ResultSet rows = call.executeQuery()) {
            return rows.next();
        }
    }

    /** The name of a column or an index as the database stores it. */
    String folded(Identifier name) throws SQLException {
        if (dialect == Dialect.MARIADB) {
            return name.name().toLowerCase(Locale.ROOT);
        }
        return foldedTable(name);
    }

    private String foldedTable(Identifier name) throws SQLException {
        return stored(data, dialect, name);
    }

    /** The name of a table or schema as the database stores it. */
    static String stored(DatabaseMetaData data, Dialect dialect, Identifier name) throws SQLException {
        // MariaDB folds names in back quotes as well.
        if (name.exact() && dialect != Dialect.MARIADB) {
            return name.name();
        }
        if (data.storesLowerCaseIdentifiers()) {
            return name.name().toLowerCase(Locale.ROOT);
        }
        return data.storesUpperCaseIdentifiers() ? name.name().toUpperCase(Locale.ROOT) : name.name();
    }

    private Optional<SchemaTable> read(String written, @Nullable Identifier schema, Identifier table)
            throws SQLException {
        Optional<Place> place = dialect == Dialect.POSTGRESQL ? postgreSqlPlace(written) : usualPlace(schema, table);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        Place found = place.get();
        List<SchemaColumn> columns = columns(found);
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of(new SchemaTable(
                        found.catalog(), found.schema(), found.table(), columns, indexes(written, found)));
    }

    private Optional<Place> postgreSqlPlace(String written) throws SQLException {
        try (PreparedStatement call = Pooler.prepared(connection, names, POSTGRESQL_PLACE)) {
            call.setString(1, written);
            try (ResultSet rows = call.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Place(null, rows.getString(1), rows.getString(2)))
                        : Optional.empty();
            }
        }
    }

    private Optional<Place> usualPlace(@Nullable Identifier schema, Identifier table) throws SQLException {
        if (dialect == Dialect.MARIADB) {
            return Optional.of(
                    new Place(schema == null ? connection.getCatalog() : schema.name(), null, foldedTable(table)));
        }
        return Optional.of(
                new Place(null, schema == null ? connection.getSchema() : foldedTable(schema), foldedTable(table)));
    }

    private List<SchemaColumn> columns(Place place) throws SQLException {
        List<SchemaColumn> columns = new ArrayList<>();
        try (ResultSet rows = data.getColumns(place.catalog(), escaped(place.schema()), escaped(place.table()), null)) {
            while (rows.next()) {
                columns.add(SchemaColumn.read(rows, kept(rows.getString("COLUMN_NAME"))));
            }
        }
        return columns;
    }

    /** MariaDB keeps the case of a column's name and ignores it in comparisons. */
    private String kept(String column) {
        return dialect == Dialect.MARIADB ? column.toLowerCase(Locale.ROOT) : column;
    }

    /** The driver interprets names as patterns. */
    private @Nullable String escaped(@Nullable String name) throws SQLException {
        String escape = data.getSearchStringEscape();
        return name == null
                ? null
                : name.replace(escape, escape + escape)
                        .replace("_", escape + "_")
                        .replace("%", escape + "%");
    }

    private List<FoundIndex> indexes(String written, Place place) throws SQLException {
        Set<String> invalid =
                dialect == Dialect.POSTGRESQL ? new HashSet<>(texts(POSTGRESQL_INVALID, written)) : Set.of();
        Map<String, FoundIndex> indexes = new LinkedHashMap<>();
        try (ResultSet rows = data.getIndexInfo(place.catalog(), place.schema(), place.table(), false, true)) {
            while (rows.next()) {
                String name = rows.getString("INDEX_NAME");
                if (name != null) {
                    boolean unique = !rows.getBoolean("NON_UNIQUE");
                    boolean partial = rows.getString("FILTER_CONDITION") != null;
                    indexes.computeIfAbsent(
                                    name,
                                    key -> new FoundIndex(
                                            key, unique, partial, !invalid.contains(key), new ArrayList<>()))
                            .columns()
                            .add(kept(rows.getString("COLUMN_NAME")));
                }
            }
        }
        return List.copyOf(indexes.values());
    }

    /** Whether a foreign key from the column to the other table exists, and was checked for every row. */
    boolean refersTo(SchemaTable from, String column, SchemaTable to) throws SQLException {
        try (ResultSet rows = data.getImportedKeys(from.catalog(), from.schema(), from.name())) {
            while (rows.next()) {
                if (rows.getString("FKCOLUMN_NAME").equalsIgnoreCase(column)
                        && rows.getString("PKTABLE_NAME").equals(to.name())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a foreign key of this name exists and was not checked for older rows. Both names are those in the database. */
    boolean isUnchecked(String table, String foreignKey) throws SQLException {
        return dialect == Dialect.POSTGRESQL
                && texts(POSTGRESQL_UNCHECKED, written(names.schema().orElse(null), new Identifier(table, false)))
                        .contains(foreignKey);
    }

    private List<String> texts(String query, String value) throws SQLException {
        try (PreparedStatement call = Pooler.prepared(connection, names, query)) {
            call.setString(1, value);
            try (ResultSet rows = call.executeQuery()) {
                List<String> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
                return found;
            }
        }
    }
}
