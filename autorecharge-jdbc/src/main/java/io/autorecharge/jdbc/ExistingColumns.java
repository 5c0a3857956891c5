package io.autorecharge.jdbc;

import io.autorecharge.credit.InvalidValueException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Checks columns that the host may already have, one after the other. Used by one thread.
 *
 * @param shownTable the table as the host writes it
 */
record ExistingColumns(SchemaCatalog catalog, SchemaTable table, String shownTable, DifferenceList differences) {
    /** One that the library never writes a null to. */
    void fits(String name, String needed, Predicate<SchemaColumn> right) throws SQLException {
        Optional<SchemaColumn> found = column(name);
        if (found.isPresent() && !right.test(found.get())) {
            differences.collect(() -> {
                throw new InvalidValueException(
                        shownTable + "." + name, found.get().shown(), "must be " + needed);
            });
        }
    }

    /** One that the library writes nulls to. */
    void takesNulls(String name, String needed, Predicate<SchemaColumn> right) throws SQLException {
        fits(name, needed, right);
        if (column(name).filter(column -> !column.nullable()).isPresent()) {
            differences.collect(() -> {
                throw new InvalidValueException(shownTable + "." + name, "not null", "must allow nulls");
            });
        }
    }

    Optional<SchemaColumn> column(String name) throws SQLException {
        return table.column(catalog.folded(new Identifier(name, false)));
    }

    /** The names of all columns. */
    static String names(SchemaTable table) {
        return table.columns().stream().map(SchemaColumn::name).collect(Collectors.joining(", "));
    }
}
