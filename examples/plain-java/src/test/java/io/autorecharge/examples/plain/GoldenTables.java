package io.autorecharge.examples.plain;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import javax.sql.DataSource;

/** Every row of the library's tables as plain INSERTs that H2 and PostgreSQL both read, every column named. */
final class GoldenTables {
    // Ordered by keys that the library made, so that the simulator's random ids are met in the same order in every run.
    private static final List<String> TABLES = List.of(
            "credit_accounts order by id",
            "auto_recharge_state order by account_id",
            "auto_recharge_recharges order by account_id, id",
            "auto_recharge_attempts order by account_id, id",
            "auto_recharge_checkouts order by account_id, id",
            "auto_recharge_recoveries order by account_id, checkout_id",
            "credit_transactions order by user_id, seq",
            "auto_recharge_grants order by account_id, seq",
            "auto_recharge_reversals order by account_id, kind, taken_minor",
            "auto_recharge_outbox order by account_id, happened_at, type",
            "auto_recharge_webhook_events order by handled_at, type");

    // Made by the database itself, by the index that lets one recharge be open at a time.
    private static final String GENERATED = "open_slot";

    // Columns of later versions: rows that were recorded before have no place for them.
    private static final Set<String> LATER = Set.of(
            "installation_id",
            "seal",
            "refusals",
            "stamped_customer",
            "consent_max_minor",
            "consent_max_currency",
            "own_monthly_minor",
            "own_monthly_currency",
            "idle_seq",
            "consent_source",
            "consents",
            "consent_number",
            "agreed_credits",
            "agreed_bonus",
            "agreed_minor",
            "agreed_currency",
            "agreed_at",
            "agreed_max_minor",
            "requested_credits",
            "requested_until",
            "not_saved_since",
            "entries_owed_at",
            "announced_at",
            "announced_for",
            "announced_max_minor",
            "announced_currency",
            "announced_credits",
            "announced_price_minor",
            "announced_cards",
            "credited",
            "usage_per_hour",
            "usage_measured_at",
            "threshold_raise",
            "threshold_raise_max",
            "grace_since",
            "grace_until",
            "grace_credits",
            "grace_card",
            "grace_stage",
            "grace_account");

    private final DataSource database;

    GoldenTables(DataSource database) {
        this.database = database;
    }

    String text(GoldenIds ids) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                List<String> rows = new ArrayList<>();
                try (ResultSet found = statement.executeQuery("select * from " + table)) {
                    while (found.next()) {
                        rows.add(ids.named(insert(table.substring(0, table.indexOf(' ')), found)));
                    }
                }
                // By the text, since each database sorts texts, and ids, in its own way.
                rows.stream().sorted().forEach(text::append);
            }
        }
        return text.toString();
    }

    void load(String text) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            // The migration gives these values to the attempts that it finds, and no default to later ones.
            statement.execute("alter table auto_recharge_attempts alter column installation_id set default ''");
            statement.execute("alter table auto_recharge_attempts alter column seal set default 'none'");
            for (String insert : text.split(";\n")) {
                if (!insert.isBlank()) {
                    statement.execute(insert);
                }
            }
            statement.execute("alter table auto_recharge_attempts alter column installation_id drop default");
            statement.execute("alter table auto_recharge_attempts alter column seal drop default");
        }
    }

    private static String insert(String table, ResultSet row) throws SQLException {
        StringJoiner columns = new StringJoiner(", ", "insert into " + table + " (", ")\n");
        StringJoiner values = new StringJoiner(", ", "values (", ");\n");
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            String column = row.getMetaData().getColumnName(i).toLowerCase(Locale.ROOT);
            if (column.equals(GENERATED) || LATER.contains(column)) {
                continue;
            }
            columns.add(column);
            boolean ofTheDatabasesClock = table.equals("credit_accounts") && column.equals("created_at");
            values.add(ofTheDatabasesClock ? "current_timestamp" : literal(row, i));
        }
        return columns.toString() + values;
    }

    private static String literal(ResultSet row, int column) throws SQLException {
        Object value = row.getObject(column);
        if (value == null) {
            return "null";
        }
        if (row.getMetaData().getColumnTypeName(column).toLowerCase(Locale.ROOT).startsWith("timestamp")) {
            return "timestamp with time zone '"
                    + row.getObject(column, OffsetDateTime.class)
                            .toInstant()
                            .toString()
                            .replace('T', ' ')
                            .replace("Z", "+00")
                    + "'";
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value instanceof Number || value instanceof Boolean
                ? value.toString()
                : "'" + value.toString().replace("'", "''") + "'";
    }
}
