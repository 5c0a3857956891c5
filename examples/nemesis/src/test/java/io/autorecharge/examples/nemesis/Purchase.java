package io.autorecharge.examples.nemesis;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * A checkout, as stored in the tables.
 *
 * @param reference the provider's id of the charge; null while none is known
 */
record Purchase(
        String account,
        String checkout,
        String state,
        String session,
        BigDecimal credits,
        long amount,
        boolean enables,
        String reference) {
    static List<Purchase> all(DataSource database) throws SQLException {
        List<Purchase> all = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select account_id, id, state, session_id, credits, price_minor, enables, provider_reference"
                                + " from auto_recharge_checkouts")) {
            while (row.next()) {
                all.add(new Purchase(
                        row.getString("account_id"),
                        row.getString("id"),
                        row.getString("state"),
                        row.getString("session_id"),
                        row.getBigDecimal("credits"),
                        row.getLong("price_minor"),
                        row.getBoolean("enables"),
                        row.getString("provider_reference")));
            }
        }
        return all;
    }

    boolean isPaid() {
        return state.equals("PAID");
    }
}
