package io.autorecharge.jdbc;

import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;

@Tag("database")
final class SchemaObstaclesOnMariaDbTest extends SchemaObstaclesContract {
    @Override
    DataSource newDatabase() {
        return MariaDbServer.newDatabase();
    }

    /** The server of these tests knows no rights. */
    @Override
    DataSource application(DataSource database) {
        return database;
    }

    static List<Obstacle> obstacles() {
        return List.of(
                new Obstacle(
                        POSSIBLE,
                        "alter table users add constraint small check (credits between 0 and 100)",
                        "table users: the check constraint small"),
                new Obstacle(
                        POSSIBLE,
                        "create trigger refusing before insert on credit_transactions for each row"
                                + " signal sqlstate '45000' set message_text = 'not today'",
                        "table credit_transactions: the trigger refusing",
                        "before insert"),
                new Obstacle(
                        POSSIBLE,
                        "alter table users add half decimal(19, 6) generated always as (credits / 2) stored",
                        "table users: the computed column half"),
                new Obstacle(
                        POSSIBLE,
                        "create unique index one_customer on users (stripe_customer_id)",
                        "table users: the unique index one_customer"));
    }

    static Stream<String> harmless() {
        return Stream.of(
                "alter table users add region varchar(9) default 'eu', add constraint region check (region <> '')",
                "create unique index names on users (name)");
    }
}
