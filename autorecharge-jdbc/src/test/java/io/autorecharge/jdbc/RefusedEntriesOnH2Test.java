package io.autorecharge.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.h2.api.Trigger;

final class RefusedEntriesOnH2Test extends RefusedEntriesContract {
    /** A trigger of the host. */
    public static final class Refusing implements Trigger {
        @Override
        public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
            throw new SQLException("not today", "45000");
        }
    }

    @Override
    DataSource newDatabase() {
        return H2StoreTest.emptyDatabase();
    }

    @Override
    DataSource application(DataSource database) {
        return database;
    }

    @Override
    List<Obstacle> obstacles() {
        return List.of(
                new Obstacle(
                        "a constraint on the balance",
                        List.of("alter table users add constraint small check (credits between 0 and 100)"),
                        List.of("alter table users drop constraint small")),
                new Obstacle(
                        "a narrow balance",
                        List.of("alter table users alter column credits numeric(3, 1)"),
                        List.of("alter table users alter column credits numeric(19, 6)")),
                new Obstacle(
                        "a trigger on the balance",
                        List.of("create trigger refusing before update on users for each row call '"
                                + Refusing.class.getName() + "'"),
                        List.of("drop trigger refusing")),
                new Obstacle(
                        "a constraint on the ledger",
                        List.of(
                                "alter table credit_transactions add constraint brief check (char_length(description) < 9)"
                                        + " nocheck"),
                        List.of("alter table credit_transactions drop constraint brief")));
    }
}
