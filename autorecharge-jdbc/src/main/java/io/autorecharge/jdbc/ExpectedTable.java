package io.autorecharge.jdbc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A table as the schema files define it, all versions together. Filled by one thread. */
final class ExpectedTable {
    private static final Pattern COLUMN =
            Pattern.compile("(?m)^    (?!(?:primary|constraint|unique|index|key|foreign|check)\\b)(\\w+) (.*?),?$");
    private static final Pattern PRIMARY_KEY = Pattern.compile("primary key \\(([^)]+)\\)");
    private static final Pattern UNIQUE = Pattern.compile("constraint (\\w+) unique \\(([^)]+)\\)");

    /**
     * A unique index.
     *
     * @param partial whether it holds only some rows
     * @param withTable whether it was created together with its table
     */
    record Unique(List<String> columns, boolean partial, boolean withTable) {}

    private final String name;
    private final Map<String, ExpectedColumn> columns = new LinkedHashMap<>();
    private final Map<String, Unique> uniques = new TreeMap<>();
    private List<String> primaryKey = List.of();

    ExpectedTable(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    Iterable<ExpectedColumn> columns() {
        return columns.values();
    }

    Optional<ExpectedColumn> column(String column) {
        return Optional.ofNullable(columns.get(column));
    }

    /** By name. */
    Map<String, Unique> uniques() {
        return uniques;
    }

    List<String> primaryKey() {
        return primaryKey;
    }

    /** Reads the statement that creates it. */
    void create(String statement) {
        COLUMN.matcher(statement)
                .results()
                .forEach(found -> columns.put(
                        found.group(1),
                        new ExpectedColumn(found.group(1), found.group(2).strip(), true)));
        Matcher key = PRIMARY_KEY.matcher(statement);
        if (key.find()) {
            primaryKey = list(key.group(1));
        }
        UNIQUE.matcher(statement)
                .results()
                .forEach(found -> uniques.put(found.group(1), new Unique(list(found.group(2)), false, true)));
    }

    void add(String column, String definition) {
        columns.put(column, new ExpectedColumn(column, definition, false));
    }

    void dropDefault(String column) {
        columns.computeIfPresent(column, (called, known) -> known.withoutDefault());
    }

    void unique(String index, String indexed, boolean partial) {
        uniques.put(index, new Unique(list(indexed), partial, false));
    }

    private static List<String> list(String text) {
        return List.of(text.split(",\\s*"));
    }
}
