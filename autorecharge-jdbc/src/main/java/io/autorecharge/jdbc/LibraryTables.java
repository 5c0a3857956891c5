package io.autorecharge.jdbc;

import io.autorecharge.credit.InvalidValueException;
import java.util.Comparator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the library's tables are, as far as it is configured.
 *
 * @param schema their schema; null for the current schema of the connection
 * @param prefix what their names begin with; empty by default
 */
record LibraryTables(@Nullable Identifier schema, String prefix) {
    static final LibraryTables USUAL = new LibraryTables(null, "");

    private static final Pattern PREFIX = Pattern.compile("[a-z_][a-z0-9_]*");

    /** Of names in PostgreSQL and H2; MariaDB allows one more. */
    private static final int LONGEST_NAME = 63;

    LibraryTables withSchema(String field, String name) {
        return new LibraryTables(Identifier.of(field, name), prefix);
    }

    LibraryTables withPrefix(String field, @Nullable String text) {
        int longest = LONGEST_NAME - longestName();
        if (text == null || text.length() > longest || !PREFIX.matcher(text).matches()) {
            throw new InvalidValueException(
                    field,
                    text,
                    "must be at most " + longest
                            + " lower-case letters, digits and underscores, and must not begin with a digit");
        }
        return new LibraryTables(schema, text);
    }

    private static int longestName() {
        return Stream.concat(SchemaNames.TABLES.stream(), SchemaNames.PARTS.stream())
                .map(String::length)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
