package io.autorecharge.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which columns of which tables the library reads and writes.
 *
 * @param tables without those that do not exist
 */
record WrittenColumns(List<Table> tables) {
    private static final String LEDGER = "credit_transactions";

    /** Rows of these are never changed. */
    private static final Set<String> INSERTED_ONLY =
            Set.of(LEDGER, "auto_recharge_usage_marks", "auto_recharge_webhook_events");

    /** Changed by operators, who may have rights of their own. */
    private static final Set<String> READ_ONLY = Set.of("auto_recharge_pause");

    private static final Set<String> DELETED = Set.of(
            "auto_recharge_attempts",
            "auto_recharge_recharges",
            "auto_recharge_card_attempts",
            "auto_recharge_methods",
            "auto_recharge_usage_marks",
            "auto_recharge_outbox",
            "auto_recharge_owed_entries",
            "auto_recharge_spending",
            "auto_recharge_webhook_events");

    private static final List<String> OF_HOST = List.of(
            "auto_recharge_enabled",
            "auto_recharge_credits",
            "auto_recharge_threshold",
            "stripe_customer_id",
            "stripe_payment_method_id");

    /**
     * A table.
     *
     * @param columns as the database stores their names
     * @param changed those of them that are written
     * @param commands that the library executes, in upper case
     * @param keys the columns of its unique keys, without those of some rows only
     * @param hosts whether it is a table of the host that the library only adds columns to
     * @param accounts whether its rows are the accounts
     */
    record Table(
            SchemaTable found,
            String written,
            List<String> columns,
            List<String> changed,
            Set<String> commands,
            List<List<String>> keys,
            boolean hosts,
            boolean accounts) {}

    static WrittenColumns of(SchemaCatalog catalog, TableNames names) throws SQLException {
        List<Table> tables = new ArrayList<>();
        for (ExpectedTable expected : ExpectedTables.of(names)) {
            Optional<SchemaTable> found = catalog.findNamed(expected.name());
            if (found.isPresent()) {
                tables.add(ofLibrary(catalog, names, expected, found.get()));
            }
        }
        Optional<SchemaTable> accounts = names.accounts().isOwn() ? Optional.empty() : catalog.find(names.accounts());
        if (accounts.isPresent()) {
            tables.add(ofHost(catalog, names, accounts.get()));
        }
        return new WrittenColumns(tables);
    }

    private static Table ofLibrary(SchemaCatalog catalog, TableNames names, ExpectedTable expected, SchemaTable found)
            throws SQLException {
        List<String> columns = new ArrayList<>();
        for (ExpectedColumn column : expected.columns()) {
            String folded = folded(catalog, column.name());
            if (found.column(folded).isPresent()) {
                columns.add(folded);
            }
        }
        List<List<String>> keys = new ArrayList<>();
        keys.add(folded(catalog, expected.primaryKey()));
        for (ExpectedTable.Unique unique : expected.uniques().values()) {
            if (!unique.partial()) {
                keys.add(folded(catalog, unique.columns()));
            }
        }
        String bare = expected.name().substring(names.accounts().tablePrefix().length());
        return new Table(
                found,
                catalog.written(expected.name()),
                columns,
                columns,
                commands(bare),
                List.copyOf(keys),
                false,
                bare.equals("credit_accounts"));
    }

    private static Set<String> commands(String table) {
        if (READ_ONLY.contains(table)) {
            return Set.of("SELECT");
        }
        List<String> commands = new ArrayList<>(List.of("SELECT", "INSERT"));
        if (!INSERTED_ONLY.contains(table)) {
            commands.add("UPDATE");
        }
        if (DELETED.contains(table)) {
            commands.add("DELETE");
        }
        return Set.copyOf(commands);
    }

    private static Table ofHost(SchemaCatalog catalog, TableNames names, SchemaTable found) throws SQLException {
        AccountsTable accounts = names.accounts();
        List<String> changed = new ArrayList<>(List.of(catalog.folded(accounts.balance())));
        for (String column : OF_HOST) {
            String folded = folded(catalog, column);
            if (found.column(folded).isPresent()) {
                changed.add(folded);
            }
        }
        List<String> columns = new ArrayList<>(changed);
        columns.add(catalog.folded(accounts.id()));
        if (accounts.email().isPresent()) {
            columns.add(catalog.folded(accounts.email().get()));
        }
        return new Table(
                found,
                catalog.written(accounts),
                columns,
                changed,
                Set.of("SELECT", "UPDATE"),
                List.of(List.of(catalog.folded(accounts.id()))),
                true,
                true);
    }

    private static String folded(SchemaCatalog catalog, String column) throws SQLException {
        return catalog.folded(new Identifier(column, false));
    }

    private static List<String> folded(SchemaCatalog catalog, List<String> columns) throws SQLException {
        List<String> folded = new ArrayList<>();
        for (String column : columns) {
            folded.add(folded(catalog, column));
        }
        return folded;
    }
}
