package io.autorecharge.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.stripe.simulator.SimulatorHistory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Compares the history of the provider with those of the database, after the accounts of {@link DueAccounts} were recharged. */
public final class ChargedOnce {
    private final DataSource database;
    private final SimulatorHistory history;

    public ChargedOnce(DataSource database, SimulatorHistory history) {
        this.database = database;
        this.history = history;
    }

    /** So many accounts were charged once and given 100 credits and the bonus once, and nothing is left open. */
    public void assertOnce(int accounts) {
        assertOnce(accounts, accounts);
    }

    /** The same, with so many attempts in total, those with declined cards included. */
    public void assertOnce(int accounts, int attempts) {
        assertThat(history.capturesBy("autorecharge_account"))
                .hasSize(accounts)
                .allSatisfy(
                        (account, captures) -> assertThat(captures).as(account).isEqualTo(1));
        String installation = text("select id from auto_recharge_installation");
        assertThat(history.keysBy("autorecharge_attempt"))
                .hasSize(attempts)
                .allSatisfy((attempt, keys) -> assertThat(keys).containsExactly(installation + ":" + attempt));
        assertThat(count("select count(*) from credit_accounts where credits = 121"))
                .isEqualTo(accounts);
        assertThat(count("select count(*) from credit_transactions where type = 'PURCHASE'"))
                .isEqualTo(accounts);
        assertThat(count("select count(*) from credit_transactions where type = 'BONUS'"))
                .isEqualTo(accounts);
        assertThat(count("""
                        select count(*) from credit_accounts a
                        where a.credits <> (select sum(t.amount) from credit_transactions t where t.user_id = a.id)
                        """))
                .as("accounts whose ledger does not add up to their balance")
                .isZero();
        assertThat(count("select count(*) from auto_recharge_recharges where state = 'OPEN'"))
                .isZero();
    }

    /** How many recharges are paid. */
    public long recharges() {
        return count("select count(*) from auto_recharge_recharges where state = 'PAID'");
    }

    private long count(String sql) {
        return Long.parseLong(text(sql));
    }

    private String text(String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
