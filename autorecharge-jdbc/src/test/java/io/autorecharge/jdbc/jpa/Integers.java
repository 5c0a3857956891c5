package io.autorecharge.jdbc.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** The tables of a host whose users have integer ids, as they stand after the migration. */
final class Integers {
    private static final List<String> STATEMENTS =
            List.of("""
            create table users (
                id integer primary key,
                email varchar(255),
                credits integer not null,
                auto_recharge_enabled boolean default false not null,
                auto_recharge_credits integer null,
                auto_recharge_threshold double precision default 10.0 not null,
                stripe_customer_id varchar(255) null,
                stripe_payment_method_id varchar(255) null)
            """, """
            create table credit_transactions (
                user_id integer not null,
                seq bigint not null,
                type varchar(20) not null,
                category varchar(20) null,
                amount numeric(19, 6) not null,
                balance_after numeric(19, 6) not null,
                description varchar(500) not null,
                reference varchar(300) not null,
                linked_to varchar(300) null,
                created_at timestamp(6) with time zone not null,
                primary key (user_id, seq))
            """, """
            create table auto_recharge_recharges (
                account_id integer not null,
                id varchar(255) not null,
                triggered_by varchar(20) not null,
                state varchar(20) not null,
                package_credits integer not null,
                credits numeric(19, 6) not null,
                bonus numeric(19, 6) not null,
                price_minor bigint not null,
                price_currency varchar(3) not null,
                balance numeric(19, 6) not null,
                opened_at timestamp(6) with time zone not null,
                closed_at timestamp(6) with time zone null,
                primary key (account_id, id))
            """, "insert into users (id, credits) values (7, 50)", """
            insert into credit_transactions
            values (7, 1, 'GRANT', 'PROMOTIONAL', 50, 50, 'Gift', 'opening', null, current_timestamp)
            """, """
            insert into auto_recharge_recharges
            values (7, 'r-1', 'BALANCE', 'OPEN', 100, 100, 20, 900, 'USD', 5, current_timestamp, null)
            """);

    private Integers() {}

    static void makeTables(DataSource database) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : STATEMENTS) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
