package io.autorecharge.examples.nemesis;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/** All ledger entries by reference. More than one entry per reference is a violation. */
final class Entries {
    /** An entry of the ledger. */
    record Entry(String account, String type, BigDecimal amount, String reference) {}

    private final Map<String, List<Entry>> byReference = new HashMap<>();

    Entries(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select user_id, type, amount, reference from credit_transactions")) {
            while (row.next()) {
                Entry entry = new Entry(
                        row.getString("user_id"),
                        row.getString("type"),
                        row.getBigDecimal("amount"),
                        row.getString("reference"));
                byReference
                        .computeIfAbsent(entry.reference(), any -> new ArrayList<>())
                        .add(entry);
            }
        }
    }

    List<Entry> of(String reference) {
        return byReference.getOrDefault(reference, List.of());
    }

    /** The references of all entries of a type. */
    Set<String> references(String type) {
        Set<String> found = new TreeSet<>();
        byReference.forEach((reference, entries) -> {
            if (entries.stream().anyMatch(it -> it.type().equals(type))) {
                found.add(reference);
            }
        });
        return found;
    }
}
