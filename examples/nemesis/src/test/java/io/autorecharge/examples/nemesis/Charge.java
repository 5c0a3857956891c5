package io.autorecharge.examples.nemesis;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * A recharge and its attempt, as stored in the tables.
 *
 * @param installation the id of the installation that claimed it
 * @param balance at the claim
 * @param sends how often a node was entitled to send it
 * @param reference the provider's id of the charge; null while none is known
 */
record Charge(
        String account,
        String attempt,
        String installation,
        String state,
        int sends,
        String customer,
        long amount,
        String reference,
        BigDecimal credits,
        BigDecimal bonus,
        BigDecimal balance,
        Instant openedAt) {
    private static final String ALL = """
            select t.account_id, t.id, t.installation_id, t.state, t.sends, t.customer_id, t.amount_minor, t.provider_reference,
                   r.credits, r.bonus, r.balance, r.opened_at
            from auto_recharge_attempts t
            join auto_recharge_recharges r on r.account_id = t.account_id and r.id = t.recharge_id
            order by t.account_id, r.opened_at
            """;

    static List<Charge> all(DataSource database) throws SQLException {
        List<Charge> all = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ALL)) {
            while (row.next()) {
                all.add(new Charge(
                        row.getString("account_id"),
                        row.getString("id"),
                        row.getString("installation_id"),
                        row.getString("state"),
                        row.getInt("sends"),
                        row.getString("customer_id"),
                        row.getLong("amount_minor"),
                        row.getString("provider_reference"),
                        row.getBigDecimal("credits"),
                        row.getBigDecimal("bonus"),
                        row.getBigDecimal("balance"),
                        row.getObject("opened_at", OffsetDateTime.class).toInstant()));
            }
        }
        return all;
    }

    /** The only idempotency key that its requests may have. */
    String key() {
        return installation + ":" + attempt;
    }

    boolean isPaid() {
        return state.equals("PAID");
    }
}
