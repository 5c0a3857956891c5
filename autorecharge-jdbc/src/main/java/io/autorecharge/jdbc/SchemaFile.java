package io.autorecharge.jdbc;

import io.autorecharge.policy.RechargePolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A numbered schema file of the jar. A comment above every statement names what the statement creates. Every statement can run twice.
 *
 * @param version its number
 * @param name its file name
 */
record SchemaFile(int version, String name) {
    /** All schema files, oldest first. */
    static final List<SchemaFile> ALL = List.of(
            new SchemaFile(1, "V1__tables.sql"),
            new SchemaFile(2, "V2__ledger_sequence.sql"),
            new SchemaFile(3, "V3__grants.sql"),
            new SchemaFile(4, "V4__reversals.sql"),
            new SchemaFile(5, "V5__installation.sql"),
            new SchemaFile(6, "V6__payment_methods.sql"),
            new SchemaFile(7, "V7__account_rules.sql"),
            new SchemaFile(8, "V8__announcements.sql"),
            new SchemaFile(9, "V9__setup_checkouts.sql"),
            new SchemaFile(10, "V10__consents.sql"),
            new SchemaFile(11, "V11__usage_marks.sql"),
            new SchemaFile(12, "V12__grace.sql"));

    /** The version that this library works with. */
    static final int NEWEST = ALL.get(ALL.size() - 1).version();

    private static final String HOST_COLUMNS = "host_columns.sql";
    private static final String HOST_LEDGER = "host_ledger.sql";
    private static final String HOST_FOREIGN_KEY = "host_foreign_key.sql";
    private static final String HOST_INDEX = "host_index.sql";

    private static final Pattern OF_ACCOUNT = Pattern.compile("\\b(account_id|user_id) varchar\\(255\\)");

    private static final Pattern STEP = Pattern.compile("(?m)^-- ('.+)\\R([^;]+);");

    /**
     * All statements for this accounts table. For a table of the host, the first file begins with the columns of that table and ends with its
     * index and foreign key.
     */
    List<SchemaStep> steps(TableNames names) {
        if (names.accounts().isOwn() || version > 1) {
            return tables(names);
        }
        return Stream.of(hostColumns(names), tables(names), hostForeignKey(names), hostIndex(names))
                .flatMap(List::stream)
                .toList();
    }

    /** The statements for the library's own tables. A table of the host replaces the library's accounts table. */
    List<SchemaStep> tables(TableNames names) {
        Stream<SchemaStep> own = read(names.dialect(), name).stream();
        return names.accounts().isOwn()
                ? own.map(step -> step.named(names)).toList()
                : rendered(names, own.filter(step -> !step.statement().contains("credit_accounts")));
    }

    /** The columns to add to a table of the host. */
    static List<SchemaStep> hostColumns(TableNames names) {
        return rendered(names, read(names.dialect(), HOST_COLUMNS).stream());
    }

    /** The index to add to a table of the host, for the sweep. */
    static List<SchemaStep> hostIndex(TableNames names) {
        return rendered(names, read(names.dialect(), HOST_INDEX).stream());
    }

    /** The foreign key from the ledger to the table of the host, if it is configured. */
    static List<SchemaStep> hostForeignKey(TableNames names) {
        return names.accounts().hasForeignKey()
                ? rendered(names, read(names.dialect(), HOST_FOREIGN_KEY).stream())
                : List.of();
    }

    /** The columns and indexes to add to a ledger that the host already had. */
    static List<SchemaStep> hostLedger(TableNames names) {
        return rendered(names, read(names.dialect(), HOST_LEDGER).stream());
    }

    /** Every statement of every file, as it is written there. */
    static Stream<SchemaStep> everything(Dialect dialect) {
        return Stream.concat(
                        ALL.stream().map(SchemaFile::name),
                        Stream.of(HOST_COLUMNS, HOST_LEDGER, HOST_FOREIGN_KEY, HOST_INDEX))
                .flatMap(file -> read(dialect, file).stream());
    }

    private static List<SchemaStep> rendered(TableNames names, Stream<SchemaStep> steps) {
        AccountsTable accounts = names.accounts();
        SqlTemplates sql = new SqlTemplates(names.dialect(), accounts, RechargePolicy.DEFAULT_THRESHOLD);
        return steps.map(step -> new SchemaStep(
                                step.thing(),
                                step.kind(),
                                step.place().replace("{accounts}", accounts.toString()),
                                sql.of(OF_ACCOUNT.matcher(step.statement()).replaceAll("$1 {id_type}")))
                        .named(names))
                .toList();
    }

    private static List<SchemaStep> read(Dialect dialect, String file) {
        return STEP.matcher(text(dialect.folder() + "/" + file))
                .results()
                .map(step -> SchemaStep.of(step.group(1).strip(), step.group(2).strip()))
                .toList();
    }

    private static String text(String path) {
        try (InputStream in = SchemaFile.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("schema file is missing in the jar: " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
