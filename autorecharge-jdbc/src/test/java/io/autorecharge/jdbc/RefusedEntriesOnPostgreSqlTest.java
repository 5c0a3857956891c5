package io.autorecharge.jdbc;

import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.postgresql.ds.PGSimpleDataSource;

/** The application connects with a role that does not own the tables. */
@Tag("database")
final class RefusedEntriesOnPostgreSqlTest extends RefusedEntriesContract {
    private static final String ROLE = "refused_application";

    private String url;

    @Override
    DataSource newDatabase() {
        url = PostgreSqlFixture.newDatabaseUrl();
        return at(url);
    }

    @Override
    DataSource application(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "do $$ begin create role " + ROLE + "; exception when duplicate_object then null; end $$");
            statement.execute("grant select, insert, update, delete on all tables in schema public to " + ROLE);
            statement.execute("create function refuse() returns trigger language plpgsql as"
                    + " $$ begin raise exception 'not today'; end $$");
            statement.execute(
                    "create function skip() returns trigger language plpgsql as" + " $$ begin return null; end $$");
            statement.execute("create domain small as numeric check (value between 0 and 100)");
        }
        return at(url + "&options=-c%20role%3D" + ROLE);
    }

    private static DataSource at(String url) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setURL(url);
        return dataSource;
    }

    @Override
    List<Obstacle> obstacles() {
        return List.of(
                new Obstacle(
                        "a constraint on the balance",
                        List.of("alter table users add constraint small check (credits between 0 and 100)"),
                        List.of("alter table users drop constraint small")),
                new Obstacle(
                        "a deferred constraint trigger on the balance",
                        List.of("create constraint trigger refusing after update of credits on users"
                                + " deferrable initially deferred for each row execute function refuse()"),
                        List.of("drop trigger refusing on users")),
                new Obstacle(
                        "a domain",
                        List.of("alter table users alter column credits type small"),
                        List.of("alter table users alter column credits type numeric(19, 6)")),
                new Obstacle(
                        "a narrow balance",
                        List.of("alter table users alter column credits type numeric(3, 1)"),
                        List.of("alter table users alter column credits type numeric(19, 6)")),
                new Obstacle(
                        "a narrow description",
                        List.of("alter table credit_transactions alter column description type varchar(5)"
                                + " using left(description, 5)"),
                        List.of("alter table credit_transactions alter column description type varchar(500)")),
                new Obstacle(
                        "a trigger on the balance",
                        List.of("create trigger refusing before update of credits on users for each row"
                                + " execute function refuse()"),
                        List.of("drop trigger refusing on users")),
                new Obstacle(
                        "a trigger that skips the update",
                        List.of("create trigger skipping before update of credits on users for each row"
                                + " execute function skip()"),
                        List.of("drop trigger skipping on users")),
                new Obstacle(
                        "a policy on the ledger",
                        List.of(
                                "create policy reading on credit_transactions for select using (true)",
                                "alter table credit_transactions enable row level security"),
                        List.of(
                                "alter table credit_transactions disable row level security",
                                "drop policy reading on credit_transactions")),
                new Obstacle(
                        "a policy that hides the account from updates",
                        List.of(
                                "create policy reading on users for select using (true)",
                                "alter table users enable row level security"),
                        List.of("alter table users disable row level security", "drop policy reading on users")),
                new Obstacle(
                        "no right to insert into the ledger",
                        List.of("revoke insert on credit_transactions from " + ROLE),
                        List.of("grant insert on credit_transactions to " + ROLE)),
                new Obstacle(
                        "no right to read the ledger",
                        List.of("revoke select on credit_transactions from " + ROLE),
                        List.of("grant select on credit_transactions to " + ROLE)),
                new Obstacle(
                        "no right to update the balance",
                        List.of("revoke update on users from " + ROLE, "grant update (name) on users to " + ROLE),
                        List.of("grant update on users to " + ROLE)),
                new Obstacle(
                        "no right to lock the account",
                        List.of("revoke update on users from " + ROLE, "revoke update (name) on users from " + ROLE),
                        List.of("grant update on users to " + ROLE)));
    }
}
