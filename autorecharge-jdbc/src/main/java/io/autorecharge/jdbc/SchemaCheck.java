package io.autorecharge.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the library's tables with the schema files, whatever created them: kind, columns, types, nulls, defaults, primary keys and unique
 * indexes. {@code create table if not exists} succeeds beside a table of the host that has the same name and other columns, and the first
 * charge could not be granted then. Thread-safe.
 */
final class SchemaCheck {
    private static final String LEDGER = "credit_transactions";

    private final TableNames names;
    private final Collection<ExpectedTable> tables;

    SchemaCheck(TableNames names) {
        this.names = names;
        this.tables = ExpectedTables.of(names);
    }

    /**
     * Fails if a table that exists is not the library's, or was changed so that the library cannot use it. Tables and columns that a migration
     * would add may be missing.
     *
     * @throws IllegalStateException naming every difference
     */
    void requireFitting(SchemaCatalog catalog) throws SQLException {
        List<String> differences = differences(catalog);
        if (!differences.isEmpty()) {
            throw new IllegalStateException("tables of the database do not fit auto-recharge: "
                    + String.join("; ", differences)
                    + ". Nobody is charged as long as that is so. If a table is your own, rename it, or keep the tables of"
                    + " auto-recharge in another schema or under a prefix (autorecharge.jdbc.schema, autorecharge.jdbc.table-prefix,"
                    + " AccountsTable.withSchema, withTablePrefix). Otherwise change it as listed");
        }
    }

    /**
     * Fails also if something is missing.
     *
     * @throws IllegalStateException naming everything that differs, or everything that is missing
     */
    void requireComplete(SchemaCatalog catalog) throws SQLException {
        requireFitting(catalog);
        List<String> missing = missing(catalog);
        if (!missing.isEmpty()) {
            throw new IllegalStateException("the database lacks what auto-recharge needs: " + String.join(", ", missing)
                    + "; Migrator.migrate() creates it, and DatabaseCommand prints the SQL");
        }
    }

    boolean isComplete(SchemaCatalog catalog) throws SQLException {
        return missing(catalog).isEmpty();
    }

    private List<String> differences(SchemaCatalog catalog) throws SQLException {
        List<String> differences = new ArrayList<>();
        for (ExpectedTable table : tables) {
            Optional<String> kind = catalog.otherKind(table.name());
            if (kind.isPresent()) {
                differences.add(table.name() + " is a " + kind.get() + ", must be a table");
                continue;
            }
            Optional<SchemaTable> found = catalog.findNamed(table.name());
            if (found.isPresent() && !isHostsLedger(table)) {
                compare(catalog, table, found.get(), differences);
            }
        }
        return differences;
    }

    /** {@link HostTableCheck} compares it. */
    private boolean isHostsLedger(ExpectedTable table) {
        return !names.accounts().isOwn()
                && table.name().equals(names.prefixed(LEDGER).name());
    }

    private void compare(SchemaCatalog catalog, ExpectedTable table, SchemaTable found, List<String> differences)
            throws SQLException {
        for (ExpectedColumn column : table.columns()) {
            Optional<SchemaColumn> there = found.column(folded(catalog, column.name()));
            String shown = "column " + table.name() + "." + column.name();
            if (there.isPresent()) {
                column.problem(there.get(), names.dialect())
                        .ifPresent(problem -> differences.add(shown + " " + problem));
            } else if (column.withTable()) {
                differences.add(shown + " is missing");
            }
        }
        for (SchemaColumn column : found.columns()) {
            if (!column.nullable() && !column.filled() && !isExpected(catalog, table, column)) {
                differences.add("column " + table.name() + "." + column.name().toLowerCase(Locale.ROOT)
                        + " is not the library's, must have a default or allow nulls");
            }
        }
        if (!found.isUnique(folded(catalog, table.primaryKey()))) {
            differences.add(table.name() + " has no primary key (" + String.join(", ", table.primaryKey()) + ")");
        }
        for (Map.Entry<String, ExpectedTable.Unique> unique : table.uniques().entrySet()) {
            if (unique.getValue().withTable() && !isThere(catalog, found, unique.getValue())) {
                differences.add(table.name() + " has no unique index " + unique.getKey() + " ("
                        + String.join(", ", unique.getValue().columns()) + ")");
            }
        }
    }

    private static boolean isExpected(SchemaCatalog catalog, ExpectedTable table, SchemaColumn column)
            throws SQLException {
        for (ExpectedColumn expected : table.columns()) {
            if (folded(catalog, expected.name()).equals(column.name())) {
                return true;
            }
        }
        return false;
    }

    private List<String> missing(SchemaCatalog catalog) throws SQLException {
        List<String> missing = new ArrayList<>();
        if (!names.accounts().isOwn()) {
            missingOfHost(catalog, missing);
        }
        for (ExpectedTable table : tables) {
            Optional<SchemaTable> found = catalog.findNamed(table.name());
            if (found.isEmpty()) {
                missing.add("table " + table.name());
                continue;
            }
            for (ExpectedColumn column : table.columns()) {
                if (found.get().column(folded(catalog, column.name())).isEmpty()) {
                    missing.add("column " + table.name() + "." + column.name());
                }
            }
            for (Map.Entry<String, ExpectedTable.Unique> unique :
                    table.uniques().entrySet()) {
                if (!isHostsLedger(table) && !isThere(catalog, found.get(), unique.getValue())) {
                    missing.add("unique index " + unique.getKey() + " on " + table.name());
                }
            }
        }
        return missing;
    }

    private void missingOfHost(SchemaCatalog catalog, List<String> missing) throws SQLException {
        AccountsTable accounts = names.accounts();
        Optional<SchemaTable> table = catalog.find(accounts);
        for (SchemaStep step : SchemaFile.hostColumns(names)) {
            if (table.isPresent()
                    && table.get().column(folded(catalog, step.thing())).isEmpty()) {
                missing.add("column " + names.dialect().quoted(accounts.table()) + "." + step.thing());
            }
        }
    }

    private static boolean isThere(SchemaCatalog catalog, SchemaTable found, ExpectedTable.Unique unique)
            throws SQLException {
        List<String> columns = folded(catalog, unique.columns());
        return found.indexes().stream()
                .anyMatch(index -> index.unique()
                        && index.valid()
                        && index.partial() == unique.partial()
                        && index.columns().equals(columns));
    }

    private static String folded(SchemaCatalog catalog, String column) throws SQLException {
        return catalog.folded(new Identifier(column, false));
    }

    private static List<String> folded(SchemaCatalog catalog, List<String> columns) throws SQLException {
        List<String> folded = new ArrayList<>();
        for (String column : columns) {
            folded.add(folded(catalog, column));
        }
        return folded;
    }
}
