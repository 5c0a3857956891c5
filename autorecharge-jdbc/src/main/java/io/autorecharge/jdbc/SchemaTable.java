package io.autorecharge.jdbc;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table that is there. Names are the database's own, in its own case. */
record SchemaTable(
        @Nullable String catalog,
        @Nullable String schema,
        String name,
        List<SchemaColumn> columns,
        List<FoundIndex> indexes) {
    /**
     * An index.
     *
     * @param unique whether it lets no two rows agree, without exception
     * @param valid whether it was built to its end
     */
    record FoundIndex(String name, boolean unique, boolean valid, List<String> columns) {}

    Optional<SchemaColumn> column(String folded) {
        return columns.stream().filter(column -> column.name().equals(folded)).findFirst();
    }

    Optional<FoundIndex> index(String folded) {
        return indexes.stream().filter(index -> index.name().equals(folded)).findFirst();
    }

    /** Whether no two rows agree in these columns. */
    boolean isUnique(List<String> folded) {
        return indexes.stream()
                .anyMatch(index ->
                        index.unique() && index.valid() && index.columns().equals(folded));
    }
}
