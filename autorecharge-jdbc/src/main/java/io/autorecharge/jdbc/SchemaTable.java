package io.autorecharge.jdbc;

import java.util.List;
import java.util.Optional;

/**
 * An existing table or view, with names in the case in which the database stores them.
 *
 * @param schema on MariaDB and MySQL the name of its database
 * @param kind what it is, such as "table" or "view"
 */
record SchemaTable(String schema, String name, String kind, List<SchemaColumn> columns, List<FoundIndex> indexes) {
    /**
     * An index.
     *
     * @param unique whether it is unique for the rows that it holds
     * @param partial whether it holds only some rows
     * @param valid whether its build was completed
     */
    record FoundIndex(String name, boolean unique, boolean partial, boolean valid, List<String> columns) {}

    Optional<SchemaColumn> column(String folded) {
        return columns.stream().filter(column -> column.name().equals(folded)).findFirst();
    }

    Optional<FoundIndex> index(String folded) {
        return indexes.stream().filter(index -> index.name().equals(folded)).findFirst();
    }

    /** Whether a unique index has exactly these columns. */
    boolean isUnique(List<String> folded) {
        return indexes.stream()
                .anyMatch(index -> index.unique()
                        && !index.partial()
                        && index.valid()
                        && index.columns().equals(folded));
    }
}
