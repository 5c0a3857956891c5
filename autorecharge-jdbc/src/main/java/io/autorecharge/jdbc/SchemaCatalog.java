package io.autorecharge.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables of a database, from its catalogue. Reads all tables once, so it is soon outdated. Used by one thread. */
final class SchemaCatalog {
    private static final String POSTGRESQL_UNCHECKED = """
            select conname
            from pg_constraint
            where conrelid = to_regclass(?) and contype = 'f' and not convalidated
            """;

    private final Connection connection;
    private final DatabaseMetaData data;
    private final Dialect dialect;
    private final TableNames names;
    private final Map<String, SchemaTable> known = new HashMap<>();
    private final Map<String, CatalogReader.Place> asked = new LinkedHashMap<>();
    private @Nullable String currentSchema;

    SchemaCatalog(Connection connection, TableNames names) throws SQLException {
        this.connection = connection;
        this.data = connection.getMetaData();
        this.dialect = names.dialect();
        this.names = names;
    }

    /** The table of the accounts. */
    Optional<SchemaTable> find(AccountsTable accounts) throws SQLException {
        // The index of a partitioned table could not be built while others write.
        return find(names.accountsSchema().orElse(null), accounts.table())
                .filter(table -> accounts.isOwn() || !table.kind().equals("partitioned table"));
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
        return named(schema, table)
                .filter(found -> !found.columns().isEmpty())
                .filter(found -> dialect != Dialect.POSTGRESQL
                        || found.kind().equals("table")
                        || found.kind().equals("partitioned table"));
    }

    /** The kind of thing that has the name of a table of the library and is no table, such as a view. */
    Optional<String> otherKind(String table) throws SQLException {
        return named(names.schema().orElse(null), new Identifier(table, false))
                .map(SchemaTable::kind)
                .filter(kind -> dialect == Dialect.POSTGRESQL
                        ? !kind.contains("table") || kind.startsWith("foreign")
                        : kind.contains("view") || kind.contains("sequence"));
    }

    private Optional<SchemaTable> named(@Nullable Identifier schema, Identifier table) throws SQLException {
        if (asked.isEmpty()) {
            ask(names.accountsSchema().orElse(null), names.accounts().table());
            for (String ours : SchemaNames.TABLES) {
                ask(names.schema().orElse(null), names.prefixed(ours));
            }
            known.putAll(new CatalogReader(connection, names).read(asked.values()));
        }
        String written = written(schema, table);
        if (!asked.containsKey(written)) {
            known.putAll(new CatalogReader(connection, names).read(List.of(ask(schema, table))));
        }
        return Optional.ofNullable(known.get(written));
    }

    private CatalogReader.Place ask(@Nullable Identifier schema, Identifier table) throws SQLException {
        CatalogReader.Place place =
                new CatalogReader.Place(written(schema, table), storedSchema(schema), foldedTable(table));
        asked.put(place.written(), place);
        return place;
    }

    private String storedSchema(@Nullable Identifier schema) throws SQLException {
        if (schema != null) {
            return dialect == Dialect.MARIADB ? schema.name() : foldedTable(schema);
        }
        if (currentSchema == null) {
            String current = dialect == Dialect.MARIADB ? connection.getCatalog() : connection.getSchema();
            currentSchema = current == null ? "" : current;
        }
        return currentSchema;
    }

    /** The name of a library's table in a statement, by its name in the database. */
    String written(String table) {
        return written(names.schema().orElse(null), new Identifier(table, false));
    }

    /** The name of the accounts table in a statement. */
    String written(AccountsTable accounts) {
        return written(names.accountsSchema().orElse(null), accounts.table());
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

    /** Whether a foreign key from the column to the other table exists, and was checked for every row. */
    boolean refersTo(SchemaTable from, String column, SchemaTable to) throws SQLException {
        try (ResultSet rows = dialect == Dialect.MARIADB
                ? data.getImportedKeys(from.schema(), null, from.name())
                : data.getImportedKeys(null, from.schema(), from.name())) {
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
