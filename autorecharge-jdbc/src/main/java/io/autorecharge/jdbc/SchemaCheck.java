package io.autorecharge.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks that every table, column and unique index of the schema files exists, whatever created it. Types are not compared.
 */
final class SchemaCheck {
    private static final String NAME = "(?:\"[^\"]+\"|`[^`]+`|[^\\s\"`.(]+)";
    private static final String TABLE = "(" + NAME + "(?:\\." + NAME + ")?)";
    private static final Pattern CREATE_TABLE = Pattern.compile("create table (?:if not exists )?" + TABLE + " \\(");
    private static final Pattern ADD_COLUMN =
            Pattern.compile("alter table (?:only )?" + TABLE + " add (?:column )?(?:if not exists )?(" + NAME + ") ");
    private static final Pattern UNIQUE_INDEX = Pattern.compile(
            "create unique index (?:concurrently )?(?:if not exists )?(" + NAME + ") on " + TABLE + " ");
    /** MariaDB executes it, MySQL ignores it as a comment. */
    private static final Pattern MARIADB_ONLY = Pattern.compile("/\\*M! *(.*?) *\\*/");

    private static final Pattern COLUMN = Pattern.compile("(?m)^    (\\w+) ");
    private static final Set<String> NO_COLUMNS =
            Set.of("primary", "constraint", "unique", "index", "key", "foreign", "check");

    private final Map<String, Set<String>> columns = new LinkedHashMap<>();
    private final Map<String, String> uniqueIndexes = new LinkedHashMap<>();

    private final TableNames names;
    private final String accountsTable;

    SchemaCheck(TableNames names) {
        this.names = names;
        Dialect dialect = names.dialect();
        AccountsTable accounts = names.accounts();
        // As a person knows the tables.
        TableNames shown = new TableNames(
                dialect,
                accounts,
                null,
                accounts.isOwn() ? null : accounts.schema().orElse(null));
        accountsTable = shown.in("{accounts}");
        if (!accounts.isOwn()) {
            Set<String> known = columnsOf(accountsTable);
            known.add(dialect.quoted(accounts.id()));
            known.add(dialect.quoted(accounts.balance()));
            accounts.email().map(dialect::quoted).ifPresent(known::add);
        }
        for (SchemaFile file : SchemaFile.ALL) {
            file.steps(shown).forEach(step -> expect(step.statement()));
        }
    }

    private Set<String> columnsOf(String table) {
        return columns.computeIfAbsent(table, added -> new LinkedHashSet<>());
    }

    private void expect(String written) {
        String statement = MARIADB_ONLY.matcher(written).replaceAll("$1");
        Matcher table = CREATE_TABLE.matcher(statement);
        if (table.lookingAt()) {
            Set<String> known = columnsOf(table.group(1));
            COLUMN.matcher(statement)
                    .results()
                    .map(line -> line.group(1))
                    .filter(word -> !NO_COLUMNS.contains(word))
                    .forEach(known::add);
        }
        Matcher column = ADD_COLUMN.matcher(statement);
        if (column.lookingAt() && !NO_COLUMNS.contains(column.group(2))) {
            columnsOf(column.group(1)).add(column.group(2));
        }
        Matcher index = UNIQUE_INDEX.matcher(statement);
        if (index.lookingAt()) {
            uniqueIndexes.put(index.group(1), index.group(2));
        }
    }

    /**
     * Fails if the database lacks something.
     *
     * @param connection with auto-commit, since some statements fail on purpose
     * @throws IllegalStateException naming everything that is missing
     */
    void check(Connection connection) throws SQLException {
        List<String> missing = missing(connection);
        if (!missing.isEmpty()) {
            throw new IllegalStateException("the database lacks what auto-recharge needs: " + String.join(", ", missing)
                    + "; Migrator.migrate() creates it, and DatabaseCommand prints the SQL");
        }
    }

    private List<String> missing(Connection connection) throws SQLException {
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, Set<String>> table : columns.entrySet()) {
            if (isThere(connection, table.getKey(), String.join(", ", table.getValue()))) {
                continue;
            }
            if (!isThere(connection, table.getKey(), "1")) {
                missing.add("table " + table.getKey());
                continue;
            }
            for (String column : table.getValue()) {
                if (!isThere(connection, table.getKey(), column)) {
                    missing.add("column " + table.getKey() + "." + column);
                }
            }
        }
        for (Map.Entry<String, String> index : uniqueIndexes.entrySet()) {
            if (!missing.contains("table " + index.getValue())
                    && !uniqueIndexesOf(connection, index.getValue()).contains(index.getKey())) {
                missing.add("unique index " + index.getKey() + " on " + index.getValue());
            }
        }
        return missing;
    }

    private boolean isThere(Connection connection, String table, String column) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement
                    .executeQuery("select " + column + " from " + located(table) + " where 1 = 0")
                    .close();
            return true;
        } catch (SQLException e) {
            if (SqlStates.isMissing(e)) {
                return false;
            }
            throw e;
        }
    }

    private String located(String table) {
        return table.equals(accountsTable)
                ? names.in("{accounts}")
                : names.schema()
                                .map(schema -> names.dialect().quoted(schema) + ".")
                                .orElse("")
                        + table;
    }

    private Set<String> uniqueIndexesOf(Connection connection, String table) throws SQLException {
        Set<String> found = new LinkedHashSet<>();
        new SchemaCatalog(connection, names)
                .findNamed(table).stream()
                        .flatMap(there -> there.indexes().stream())
                        .filter(SchemaTable.FoundIndex::unique)
                        .forEach(index -> found.add(index.name().toLowerCase(Locale.ROOT)));
        return found;
    }
}
