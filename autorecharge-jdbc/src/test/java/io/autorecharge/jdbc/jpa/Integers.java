package io.autorecharge.jdbc.jpa;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.jdbc.AccountsTable;
import io.autorecharge.jdbc.BalanceType;
import io.autorecharge.jdbc.ConnectionPort;
import io.autorecharge.jdbc.Dialect;
import io.autorecharge.jdbc.IdType;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.jdbc.Migrator;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import javax.sql.DataSource;

/** The tables of a host whose users have integer ids, as they stand after the migration. */
final class Integers {
    private static final AccountsTable USERS =
            AccountsTable.of("users", "id", IdType.INTEGER, "credits", BalanceType.INTEGER);

    private Integers() {}

    static void makeTables(DataSource database) {
        execute(
                database,
                "create table users (id integer primary key, email varchar(255), credits integer not null)",
                "insert into users (id, credits) values (7, 0)");
        ConnectionPort connections = ConnectionPort.of(database);
        Dialect dialect = Dialect.detect(connections);
        Migrator.create(connections, dialect, USERS).migrate();
        JdbcStore.create(connections, dialect, USERS, Credits.of(10))
                .grant(
                        new Grant(AccountId.of("7"), Credits.of(50), Category.PROMOTIONAL, "opening", "Gift"),
                        Instant.parse("2026-11-02T10:00:00Z"));
        execute(database, """
            insert into auto_recharge_recharges
                (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency,
                 balance, opened_at)
            values (7, 'r-1', 'BALANCE', 'OPEN', 100, 100, 20, 900, 'USD', 5, current_timestamp)
            """);
    }

    private static void execute(DataSource database, String... statements) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
