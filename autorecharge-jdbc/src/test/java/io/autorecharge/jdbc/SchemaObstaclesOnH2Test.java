package io.autorecharge.jdbc;

import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

final class SchemaObstaclesOnH2Test extends SchemaObstaclesContract {
    @Override
    DataSource newDatabase() {
        return H2StoreTest.emptyDatabase();
    }

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
                        "create trigger refusing before update on users for each row call '"
                                + RefusedEntriesOnH2Test.Refusing.class.getName() + "'",
                        "table users: the trigger refusing",
                        "before update"),
                new Obstacle(
                        POSSIBLE,
                        "create domain small as numeric(19, 6) check (value < 100); alter table users alter column credits set data type small",
                        "table users: the domain small"),
                new Obstacle(
                        POSSIBLE,
                        "create table kinds (type varchar(20) primary key);"
                                + " alter table credit_transactions add constraint known foreign key (type) references kinds",
                        "table credit_transactions: the foreign key known"),
                new Obstacle(
                        POSSIBLE,
                        "alter table users add half numeric generated always as (credits / 2)",
                        "table users: the computed column half"),
                new Obstacle(
                        POSSIBLE,
                        "create unique index one_customer on users (stripe_customer_id)",
                        "table users: the unique index one_customer"));
    }

    static Stream<String> harmless() {
        return Stream.of(
                "alter table users add region varchar(9) default 'eu'; alter table users add constraint region check (region <> '')",
                "create unique index names on users (name)",
                "create table orders (user_id bigint references users)");
    }
}
