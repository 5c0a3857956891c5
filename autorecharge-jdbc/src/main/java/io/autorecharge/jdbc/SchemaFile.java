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
            new SchemaFile(5, "V5__installation.sql"));

    /** The version that this library works with. */
    static final int NEWEST = ALL.get(ALL.size() - 1).version();

    private static final Pattern OF_ACCOUNT = Pattern.compile("\\b(account_id|user_id) varchar\\(255\\)");

    private static final Pattern STEP = Pattern.compile("(?m)^-- ('.+)\\R([^;]+);");

    /**
     * All statements for this accounts table. For a table of the host, the first file begins with the columns of that table and ends with its
     * index and foreign key.
     */
    List<SchemaStep> steps(Dialect dialect, AccountsTable accounts) {
        if (accounts.isOwn() || version > 1) {
            return tables(dialect, accounts);
        }
        return Stream.of(
                        hostColumns(dialect, accounts),
                        tables(dialect, accounts),
                        hostForeignKey(dialect, accounts),
                        hostIndex(dialect, accounts))
                .flatMap(List::stream)
                .toList();
    }

    /** The statements for the library's own tables. A table of the host replaces the library's accounts table. */
    List<SchemaStep> tables(Dialect dialect, AccountsTable accounts) {
        List<SchemaStep> own = read(dialect, name);
        return accounts.isOwn()
                ? own
                : rendered(
                        dialect,
                        accounts,
                        own.stream().filter(step -> !step.statement().contains("credit_accounts")));
    }

    /** The columns to add to a table of the host. */
    static List<SchemaStep> hostColumns(Dialect dialect, AccountsTable accounts) {
        return rendered(dialect, accounts, read(dialect, "host_columns.sql").stream());
    }

    /** The index to add to a table of the host, for the sweep. */
    static List<SchemaStep> hostIndex(Dialect dialect, AccountsTable accounts) {
        return rendered(dialect, accounts, read(dialect, "host_index.sql").stream());
    }

    /** The foreign key from the ledger to the table of the host, if it is configured. */
    static List<SchemaStep> hostForeignKey(Dialect dialect, AccountsTable accounts) {
        return accounts.hasForeignKey()
                ? rendered(dialect, accounts, read(dialect, "host_foreign_key.sql").stream())
                : List.of();
    }

    /** The columns and indexes to add to a ledger that the host already had. */
    static List<SchemaStep> hostLedger(Dialect dialect, AccountsTable accounts) {
        return rendered(dialect, accounts, read(dialect, "host_ledger.sql").stream());
    }

    private static List<SchemaStep> rendered(Dialect dialect, AccountsTable accounts, Stream<SchemaStep> steps) {
        SqlTemplates sql = new SqlTemplates(dialect, accounts, RechargePolicy.DEFAULT_THRESHOLD);
        return steps.map(step -> new SchemaStep(
                        step.thing(),
                        step.kind(),
                        step.place().replace("{accounts}", accounts.toString()),
                        sql.of(OF_ACCOUNT.matcher(step.statement()).replaceAll("$1 {id_type}"))))
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
