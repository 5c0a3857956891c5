package io.autorecharge.jdbc;

import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** The application connects with a role that does not own the tables. */
@Tag("database")
@ExtendWith(PostgreSqlFixture.DropsDatabases.class)
final class SchemaObstaclesOnPostgreSqlTest extends SchemaObstaclesContract {
    private static final String ROLE = "obstructed_application";

    private String url;

    @Override
    DataSource newDatabase() {
        url = PostgreSqlFixture.newDatabaseUrl();
        return at(url);
    }

    @Override
    DataSource newUsers() {
        url = PostgreSqlFixture.newDatabaseUrl("obstructed", SchemaObstaclesContract::makeTables);
        return at(url);
    }

    @Override
    DataSource application(DataSource database) {
        Schemas.execute(
                database,
                "do $$ begin create role " + ROLE + "; exception when duplicate_object then null; end $$",
                "grant select, insert, update, delete on all tables in schema public to " + ROLE,
                "create or replace function refuse() returns trigger language plpgsql as"
                        + " $$ begin raise exception 'not today'; end $$");
        return at(url + "&options=-c%20role%3D" + ROLE);
    }

    private static DataSource at(String url) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setURL(url);
        return dataSource;
    }

    static List<Obstacle> obstacles() {
        return List.of(
                new Obstacle(
                        POSSIBLE,
                        "alter table users add constraint small check (credits between 0 and 100)",
                        "table users: the check constraint small",
                        "100"),
                new Obstacle(
                        POSSIBLE,
                        "alter table credit_transactions add constraint brief check (char_length(description) < 9)",
                        "table credit_transactions: the check constraint brief"),
                new Obstacle(
                        POSSIBLE,
                        "alter table auto_recharge_recharges add constraint weekly exclude using btree (opened_at with =)",
                        "table auto_recharge_recharges: the exclusion constraint weekly"),
                new Obstacle(
                        POSSIBLE,
                        "create table kinds (type varchar(20) primary key);"
                                + " alter table credit_transactions add constraint known foreign key (type) references kinds",
                        "table credit_transactions: the foreign key known"),
                new Obstacle(
                        POSSIBLE,
                        "create table notes (account_id bigint, event_id varchar(400),"
                                + " constraint noted foreign key (account_id, event_id) references auto_recharge_outbox)",
                        "table auto_recharge_outbox: the foreign key noted",
                        "purged"),
                new Obstacle(
                        POSSIBLE,
                        "alter table auto_recharge_webhook_events add constraint late unique (type, handled_at) deferrable",
                        "table auto_recharge_webhook_events: the"),
                new Obstacle(
                        POSSIBLE,
                        "create unique index daily on auto_recharge_recharges (account_id, date_trunc('day', opened_at at time zone 'utc'))",
                        "table auto_recharge_recharges: the unique index daily"),
                new Obstacle(
                        POSSIBLE,
                        "create unique index one_customer on users (stripe_customer_id)",
                        "table users: the unique index one_customer"),
                new Obstacle(
                        POSSIBLE,
                        "create trigger refusing before update of credits on users for each row execute function refuse()",
                        "table users: the trigger refusing",
                        "before update of credits"),
                new Obstacle(
                        POSSIBLE,
                        "create constraint trigger refusing after insert on credit_transactions deferrable initially deferred"
                                + " for each row execute function refuse()",
                        "table credit_transactions: the trigger refusing"),
                new Obstacle(
                        POSSIBLE,
                        "create trigger refusing before update on users for each statement execute function refuse()",
                        "table users: the trigger refusing",
                        "statement"),
                new Obstacle(
                        POSSIBLE,
                        "create rule nothing as on insert to credit_transactions do instead nothing",
                        "table credit_transactions: the rule nothing"),
                new Obstacle(
                        POSSIBLE,
                        "create policy own on users using (name is not null); alter table users enable row level security",
                        "table users: row-level security with the policy own"),
                new Obstacle(
                        CERTAIN,
                        "create policy reading on credit_transactions for select using (true);"
                                + " alter table credit_transactions enable row level security",
                        "table credit_transactions: row-level security",
                        "without a policy for insert"),
                new Obstacle(
                        CERTAIN,
                        "alter table auto_recharge_state enable row level security",
                        "table auto_recharge_state: row-level security without a policy for",
                        "update"),
                new Obstacle(
                        POSSIBLE,
                        "create domain small as numeric(19, 6) check (value between 0 and 100);"
                                + " alter table users alter column credits type small",
                        "table users: the domain small",
                        "100"),
                new Obstacle(
                        POSSIBLE,
                        "alter table users add half numeric generated always as (credits / 2) stored",
                        "table users: the computed column half"),
                new Obstacle(
                        CERTAIN,
                        "revoke insert on credit_transactions from " + ROLE,
                        "table credit_transactions: no right to insert"),
                new Obstacle(
                        CERTAIN,
                        "revoke select on credit_transactions from " + ROLE,
                        "table credit_transactions: no right to select"),
                new Obstacle(
                        CERTAIN,
                        "revoke update on users from " + ROLE + "; grant update (name) on users to " + ROLE,
                        "table users: no right to update"),
                new Obstacle(
                        POSSIBLE,
                        "revoke delete on auto_recharge_outbox from " + ROLE,
                        "table auto_recharge_outbox: no right to delete"),
                new Obstacle(
                        CERTAIN,
                        "create sequence numbers; alter table credit_transactions add number bigint default nextval('numbers')",
                        "table credit_transactions: no right to use the sequence numbers"),
                new Obstacle(
                        CERTAIN,
                        "alter table users replica identity nothing; create publication changes for table users",
                        "table users: no replica identity for the publication changes"),
                new Obstacle(
                        POSSIBLE,
                        "alter table auto_recharge_outbox set unlogged",
                        "table auto_recharge_outbox: no write-ahead log"),
                new Obstacle(
                        POSSIBLE,
                        "alter table auto_recharge_webhook_events rename to older;"
                                + " create table auto_recharge_webhook_events (event_id varchar(255) primary key,"
                                + " type varchar(255) not null, handled_at timestamp with time zone not null)"
                                + " partition by range (event_id); grant all on auto_recharge_webhook_events to "
                                + ROLE,
                        "table auto_recharge_webhook_events: partitions without a default partition"));
    }

    static Stream<String> harmless() {
        return Stream.of(
                "alter table users add region varchar(9) default 'eu'; alter table users add constraint region check (region <> '')",
                "create trigger refusing before update of name on users for each row execute function refuse()",
                "create trigger refusing before insert on users for each row execute function refuse()",
                "create trigger refusing before update on users for each row execute function refuse();"
                        + " alter table users disable trigger refusing",
                "create unique index names on users (name)",
                "create index newest on credit_transactions (created_at)",
                "create unique index wider on credit_transactions (user_id, seq, type)",
                "create policy own on users using (name is not null)",
                "create table orders (user_id bigint references users)",
                "alter table credit_transactions add number bigint generated by default as identity",
                "revoke update on users from " + ROLE
                        + "; grant update (credits, auto_recharge_enabled, auto_recharge_credits,"
                        + " auto_recharge_threshold, stripe_customer_id, stripe_payment_method_id) on users to " + ROLE,
                "create publication changes for table users, credit_transactions");
    }
}
