package io.autorecharge.jdbc;

import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;

@Tag("database")
final class RefusedEntriesOnMariaDbTest extends RefusedEntriesContract {
    @Override
    DataSource newDatabase() {
        return MariaDbServer.newDatabase();
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
                        List.of("alter table users modify credits numeric(3, 1)"),
                        List.of("alter table users modify credits numeric(19, 6)")),
                new Obstacle(
                        "a trigger on the ledger",
                        List.of("create trigger refusing before insert on credit_transactions for each row"
                                + " signal sqlstate '45000' set message_text = 'not today'"),
                        List.of("drop trigger refusing")));
    }
}
