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
 * An attempt and its recharge, as stored in the tables.
 *
 * @param number of the attempt within its recharge, from 1
 * @param installation the id of the installation that claimed it
 * @param balance at the claim
 * @param openedAt when the recharge was opened, by the clock of the node that claimed it
 * @param insertedAt when the attempt was claimed, by the clock of the database's server, which is the clock of the audit too
 * @param sends how often a node was entitled to send it
 * @param reference the provider's id of the charge; null while none is known
 */
record Charge(
        String account,
        String recharge,
        int number,
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
        Instant openedAt,
        Instant insertedAt) {
    private static final String ALL = """
            select t.account_id, t.recharge_id, t.attempt_number, t.id, t.installation_id, t.state, t.sends, t.customer_id, t.amount_minor, t.provider_reference,
                   r.credits, r.bonus, r.balance, r.opened_at, t.inserted_at
            from auto_recharge_attempts t
            join auto_recharge_recharges r on r.account_id = t.account_id and r.id = t.recharge_id
            order by t.account_id, r.opened_at, t.attempt_number
            """;

    private static final String DATED =
            "alter table auto_recharge_attempts add column inserted_at timestamptz not null default clock_timestamp()";

    /** Lets the database's server date every claim, because the clocks of some nodes are a day off. */
    static void dateClaims(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(DATED);
        }
    }

    static List<Charge> all(DataSource database) throws SQLException {
        List<Charge> all = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ALL)) {
            while (row.next()) {
                all.add(new Charge(
                        row.getString("account_id"),
                        row.getString("recharge_id"),
                        row.getInt("attempt_number"),
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
                        time(row, "opened_at"),
                        time(row, "inserted_at")));
            }
        }
        return all;
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** The only idempotency key that its requests may have. */
    String key() {
        return installation + ":" + attempt;
    }

    boolean isPaid() {
        return state.equals("PAID");
    }
}
