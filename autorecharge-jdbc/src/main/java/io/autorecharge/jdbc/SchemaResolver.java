package io.autorecharge.jdbc;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides once which schema holds the library's tables: the configured one, or the current schema of a new connection. A search path may show
 * tables of other schemas under the same names. With a schema that is not configured, that is refused: nobody could tell whose money it is.
 */
final class SchemaResolver {
    private static final String POSTGRESQL_VISIBLE = """
            select distinct n.nspname
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where c.relname = any (?) and c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname = any (current_schemas(false))
            order by n.nspname
            """;

    private static final String SCHEMA_EXISTS = "select 1 from information_schema.schemata where schema_name = ?";

    // The standard's view shows only the schemas of the user.
    private static final String POSTGRESQL_SCHEMA_EXISTS = "select 1 from pg_namespace where nspname = ?";

    private final Connection connection;
    private final Dialect dialect;
    private final AccountsTable accounts;

    private SchemaResolver(Connection connection, Dialect dialect, AccountsTable accounts) {
        this.connection = connection;
        this.dialect = dialect;
        this.accounts = accounts;
    }

    /**
     * @throws InvalidValueException when the schema is ambiguous or does not exist
     * @throws IllegalStateException when MySQL does not refuse values that do not fit
     * @throws StoreException when the database cannot be reached
     */
    static TableNames resolve(ConnectionPort connections, Dialect dialect, AccountsTable accounts) {
        try (OwnedConnection lease =
                OwnedConnection.take(connections, OwnedConnection.Mode.STATEMENT, new DefaultIsolation())) {
            return new SchemaResolver(lease.connection(), dialect, accounts).resolved();
        } catch (SQLException e) {
            throw JdbcTransactions.failed("finding the schema of the tables", e);
        }
    }

    private TableNames resolved() throws SQLException {
        Identifier schema = accounts.librarySchema().isPresent()
                ? existing(accounts.librarySchema().get())
                : unambiguous(current());
        boolean pooled = Pooler.isBetween(connection, dialect);
        boolean lenient = SqlMode.isLenient(connection, dialect);
        return new TableNames(dialect, accounts, schema, accountsSchema(schema), pooled, lenient);
    }

    private Identifier existing(Identifier configured) throws SQLException {
        Identifier exact = exact(configured);
        String query = dialect == Dialect.POSTGRESQL ? POSTGRESQL_SCHEMA_EXISTS : SCHEMA_EXISTS;
        try (PreparedStatement call = connection.prepareStatement(query)) {
            Pooler.useOnce(call);
            call.setString(1, exact.name());
            try (ResultSet rows = call.executeQuery()) {
                if (rows.next()) {
                    return exact;
                }
            }
        }
        throw new InvalidValueException(AccountsTable.SCHEMA, configured, "must be a schema of the database");
    }

    private Identifier current() throws SQLException {
        String name = dialect == Dialect.MARIADB ? connection.getCatalog() : connection.getSchema();
        if (name == null || name.isEmpty()) {
            throw new InvalidValueException(
                    AccountsTable.SCHEMA, null, "must be given, because the connection has no current schema");
        }
        return new Identifier(name, true);
    }

    private Identifier unambiguous(Identifier current) throws SQLException {
        Set<String> tables = new TreeSet<>(SchemaNames.TABLES);
        if (!accounts.isOwn()) {
            tables.remove("credit_accounts");
        }
        TableNames names = new TableNames(dialect, accounts, current, null);
        List<Identifier> prefixed = tables.stream().map(names::prefixed).toList();
        Set<String> schemas = schemasOf(prefixed, current);
        if (!schemas.isEmpty() && !schemas.equals(Set.of(current.name()))) {
            throw new InvalidValueException(
                    AccountsTable.SCHEMA,
                    null,
                    "must be given: the search path shows tables with the names of auto-recharge in "
                            + String.join(", ", schemas) + ", and the current schema is " + current.name()
                            + ". Name the schema whose tables are to be used; for one without them, they are created");
        }
        return current;
    }

    /** The schema of the accounts table. */
    private @Nullable Identifier accountsSchema(Identifier library) throws SQLException {
        if (accounts.isOwn()) {
            return library;
        }
        if (accounts.schema().isPresent()) {
            return exact(accounts.schema().get());
        }
        if (accounts.librarySchema().isPresent() && isIn(library)) {
            return library;
        }
        Identifier current = current();
        Set<String> schemas = schemasOf(List.of(accounts.table()), current);
        if (schemas.size() > 1) {
            throw new InvalidValueException(
                    AccountsTable.TABLE,
                    accounts,
                    "must be written with its schema, because the search path shows it in "
                            + String.join(", ", schemas));
        }
        return schemas.isEmpty() ? current : new Identifier(schemas.iterator().next(), true);
    }

    private boolean isIn(Identifier schema) throws SQLException {
        return new SchemaCatalog(connection, new TableNames(dialect, accounts, schema, schema))
                .find(accounts)
                .isPresent();
    }

    /** The schemas in which a bare name can mean one of the tables. */
    private Set<String> schemasOf(List<Identifier> tables, Identifier current) throws SQLException {
        return switch (dialect) {
            case POSTGRESQL -> visible(tables);
            case H2 -> reached(tables, current);
            // A bare name always means a table of the current database.
            case MARIADB -> Set.of(current.name());
        };
    }

    private Set<String> visible(List<Identifier> tables) throws SQLException {
        List<String> names = new ArrayList<>();
        for (Identifier table : tables) {
            names.add(exact(table).name());
        }
        try (PreparedStatement call = connection.prepareStatement(POSTGRESQL_VISIBLE)) {
            Pooler.useOnce(call);
            call.setArray(1, connection.createArrayOf("text", names.toArray()));
            try (ResultSet rows = call.executeQuery()) {
                Set<String> schemas = new TreeSet<>();
                while (rows.next()) {
                    schemas.add(rows.getString(1));
                }
                return schemas;
            }
        }
    }

    /** H2 does not show its search path. A table that a bare name reaches, and the current schema does not have, is in another one. */
    private Set<String> reached(List<Identifier> tables, Identifier current) throws SQLException {
        Set<String> schemas = new TreeSet<>();
        for (Identifier table : tables) {
            if (answers(dialect.quoted(current) + "." + dialect.quoted(table))) {
                schemas.add(current.name());
            } else if (answers(dialect.quoted(table))) {
                schemas.add("a schema of the search path");
            }
        }
        return schemas;
    }

    private boolean answers(String table) throws SQLException {
        try (Statement call = connection.createStatement()) {
            call.executeQuery("select 1 from " + table + " where 1 = 0").close();
            return true;
        } catch (SQLException e) {
            if (SqlStates.isMissing(e)) {
                return false;
            }
            throw e;
        }
    }

    private Identifier exact(Identifier name) throws SQLException {
        return new Identifier(SchemaCatalog.stored(connection.getMetaData(), dialect, name), true);
    }
}
