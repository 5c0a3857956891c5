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
 * A numbered schema file of the jar. Every statement stands under a comment that names what it makes, and can run twice.
 *
 * @param version its number
 * @param name its file name
 */
record SchemaFile(int version, String name) {
    /** All of them, oldest first. */
    static final List<SchemaFile> ALL = List.of(
            new SchemaFile(1, "V1__tables.sql"),
            new SchemaFile(2, "V2__ledger_sequence.sql"),
            new SchemaFile(3, "V3__grants.sql"),
            new SchemaFile(4, "V4__reversals.sql"));

    /** The version that this library works with. */
    static final int NEWEST = ALL.get(ALL.size() - 1).version();

    private static final Pattern OF_ACCOUNT = Pattern.compile("\\b(account_id|user_id) varchar\\(255\\)");

    private static final Pattern STEP = Pattern.compile("(?m)^-- ('.+)\\R([^;]+);");

    /** The statements for accounts that are in this table: those about the library's own, or the host's columns in their place. */
    List<SchemaStep> steps(Dialect dialect, AccountsTable accounts) {
        List<SchemaStep> own = steps(dialect, name);
        if (accounts.isOwn()) {
            return own;
        }
        SqlText sql = new SqlText(dialect, accounts, RechargePolicy.DEFAULT_THRESHOLD);
        Stream<SchemaStep> columns = version == 1 ? steps(dialect, "host_columns.sql").stream() : Stream.empty();
        Stream<SchemaStep> tables =
                own.stream().filter(step -> !step.statement().contains("credit_accounts"));
        return Stream.concat(columns, tables)
                .map(step -> new SchemaStep(
                        step.name().replace("{accounts}", accounts.toString()),
                        sql.of(OF_ACCOUNT.matcher(step.statement()).replaceAll("$1 {id_type}"))))
                .toList();
    }

    private static List<SchemaStep> steps(Dialect dialect, String file) {
        return STEP.matcher(text(dialect.folder() + "/" + file))
                .results()
                .map(step -> new SchemaStep(step.group(1).strip(), step.group(2).strip()))
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
