package io.autorecharge.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The library's tables as the schema files define them, under the names of one database. */
final class ExpectedTables {
    private static final String NAME = "(?:\"[^\"]+\"|`[^`]+`|\\w+)";
    private static final String TABLE = "(" + NAME + "(?:\\." + NAME + ")?)";
    private static final Pattern CREATE_TABLE = Pattern.compile("create table (?:if not exists )?" + TABLE + " \\(");
    private static final Pattern ADD_COLUMN = Pattern.compile(
            "alter table " + TABLE + " add column (?:if not exists )?(" + NAME + ") (.*)", Pattern.DOTALL);
    private static final Pattern DROP_DEFAULT =
            Pattern.compile("alter table " + TABLE + " alter column (" + NAME + ") drop default");
    private static final Pattern UNIQUE_INDEX = Pattern.compile(
            "create unique index (?:concurrently )?(?:if not exists )?(" + NAME + ") on " + TABLE
                    + " \\(([^)]+)\\)( where .*)?",
            Pattern.DOTALL);

    /** MariaDB executes it, MySQL ignores it as a comment. */
    private static final Pattern MARIADB_ONLY = Pattern.compile("/\\*M! *(.*?) *\\*/");

    private final Map<String, ExpectedTable> tables = new LinkedHashMap<>();

    private ExpectedTables() {}

    /** Without a table of the host, which only gets columns. */
    static Collection<ExpectedTable> of(TableNames names) {
        // Without a schema, as a person knows them.
        TableNames shown = new TableNames(names.dialect(), names.accounts(), null, null);
        ExpectedTables expected = new ExpectedTables();
        List<SchemaStep> steps = new ArrayList<>();
        SchemaFile.ALL.forEach(file -> steps.addAll(file.tables(shown)));
        steps.forEach(
                step -> expected.read(MARIADB_ONLY.matcher(step.statement()).replaceAll("$1")));
        return expected.tables.values();
    }

    private void read(String statement) {
        Matcher created = CREATE_TABLE.matcher(statement);
        if (created.lookingAt()) {
            tables.computeIfAbsent(created.group(1), ExpectedTable::new).create(statement);
        }
        Matcher added = ADD_COLUMN.matcher(statement);
        if (added.matches()) {
            table(added.group(1)).add(added.group(2), added.group(3));
        }
        Matcher dropped = DROP_DEFAULT.matcher(statement);
        if (dropped.matches()) {
            table(dropped.group(1)).dropDefault(dropped.group(2));
        }
        Matcher indexed = UNIQUE_INDEX.matcher(statement);
        if (indexed.matches()) {
            table(indexed.group(2)).unique(indexed.group(1), indexed.group(3), indexed.group(4) != null);
        }
    }

    private ExpectedTable table(String name) {
        ExpectedTable table = tables.get(name);
        if (table == null) {
            throw new IllegalStateException("a schema file changes a table that none creates: " + name);
        }
        return table;
    }
}
