package io.autorecharge.jdbc;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One statement of a schema file.
 *
 * @param thing the name of what it creates
 * @param kind the kind of it, such as table or column
 * @param place the table that it is added to, empty when the comment names none
 * @param statement without a semicolon
 */
record SchemaStep(String thing, String kind, String place, String statement) {
    private static final Pattern HEADING = Pattern.compile("'([^']+)' ([a-z ]+?)(?: (?:to|on) (\\S+) table)?");

    private static final Pattern COLUMNS = Pattern.compile("\\(([a-z_, ]+)\\)");

    /** @param heading the comment above the statement */
    static SchemaStep of(String heading, String statement) {
        Matcher parts = HEADING.matcher(heading);
        if (!parts.matches()) {
            throw new IllegalStateException("a schema file has a heading that cannot be read: " + heading);
        }
        String place = parts.group(3);
        return new SchemaStep(parts.group(1), parts.group(2), place == null ? "" : place, statement);
    }

    /** The same step with the names of a database. */
    SchemaStep named(TableNames names) {
        boolean prefixed = SchemaNames.TABLES.contains(thing) || SchemaNames.PARTS.contains(thing);
        return new SchemaStep(
                prefixed ? names.prefixed(thing).name() : thing,
                kind,
                SchemaNames.TABLES.contains(place) ? names.prefixed(place).name() : place,
                names.in(statement));
    }

    /** What it creates, for the log. */
    String name() {
        return "'" + thing + "' " + kind;
    }

    /** What it creates and where, for the log. */
    String nameAndPlace() {
        return place.isEmpty() ? name() : name() + " to " + place + " table";
    }

    /** Whether it can be part of a transaction. */
    boolean runsInTransaction() {
        return !statement.contains(" concurrently ");
    }

    /** Whether it creates a unique index. */
    boolean isUniqueIndex() {
        return statement.startsWith("create unique index");
    }

    /** The columns of the index that it creates. */
    List<String> columns() {
        Matcher columns = COLUMNS.matcher(statement);
        return columns.find() ? Arrays.asList(columns.group(1).split(",\\s*")) : List.of();
    }
}
