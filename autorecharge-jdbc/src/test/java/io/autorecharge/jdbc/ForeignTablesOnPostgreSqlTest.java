package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("database")
@ExtendWith(PostgreSqlFixture.DropsDatabases.class)
final class ForeignTablesOnPostgreSqlTest extends ForeignTablesContract {
    @Override
    DataSource newDatabase() {
        return PostgreSqlFixture.newDatabase();
    }

    private static DataSource migrated() {
        return PostgreSqlFixture.newDatabase(
                "own tables", database -> Migrator.of(database).migrate());
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "alter table credit_transactions alter description type varchar(100)"
                        + "|column credit_transactions.description is varchar(100), must be varchar(500)",
                "alter table credit_transactions alter amount type numeric(10, 2)"
                        + "|column credit_transactions.amount is numeric(10, 2), must be numeric(19, 6)",
                "alter table auto_recharge_attempts alter amount_minor type integer"
                        + "|column auto_recharge_attempts.amount_minor is integer, must be bigint",
                "alter table auto_recharge_state alter due_at type timestamp|column auto_recharge_state.due_at is",
                "alter table credit_accounts alter credits drop not null|column credit_accounts.credits allows nulls",
                "alter table credit_accounts alter credits drop default|column credit_accounts.credits has no default",
                "alter table auto_recharge_state alter due_at set not null"
                        + "|column auto_recharge_state.due_at is not null, must allow nulls",
                "alter table credit_transactions drop constraint credit_transactions_pkey"
                        + "|credit_transactions has no primary key (user_id, seq)",
                "alter table credit_transactions drop constraint credit_transactions_reference"
                        + "|credit_transactions has no unique index credit_transactions_reference",
                "drop index auto_recharge_one_open|unique index auto_recharge_one_open",
                "drop index auto_recharge_one_open; create unique index auto_recharge_one_open on"
                        + " auto_recharge_recharges (account_id)|unique index auto_recharge_one_open",
            })
    void every_part_of_a_table_is_compared(String change, String difference) {
        DataSource database = migrated();
        Migrator.of(database).check();
        Schemas.execute(database, change);

        assertThatThrownBy(() -> Migrator.of(database).check())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(difference);
        assertThatThrownBy(() -> Migrator.of(database).migrate())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(difference);
    }

    @Test
    void wider_types_and_partitions_are_no_difference() {
        DataSource database = migrated();
        Schemas.execute(
                database,
                "alter table credit_transactions alter description type text",
                "alter table credit_transactions alter amount type numeric",
                "alter table auto_recharge_state alter declines type bigint",
                "alter table credit_transactions rename to old_transactions",
                "create table credit_transactions (like old_transactions including defaults) partition by hash (user_id)",
                "create table p0 partition of credit_transactions for values with (modulus 1, remainder 0)",
                "alter table credit_transactions add primary key (user_id, seq)",
                "alter table credit_transactions add unique (user_id, reference)");

        Migrator.of(database).check();
        Migrator.of(database).migrate();
        assertThat(JdbcStore.of(database).takeDue(UsedAccounts.NOW, UsedAccounts.NOW.plusSeconds(9), 1))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "materialized view|create materialized view auto_recharge_outbox as select 1 as one",
                "sequence|create sequence auto_recharge_outbox",
                "composite type|create type auto_recharge_outbox as (one integer)",
            })
    void anything_else_with_the_name_of_a_table_is_refused(String kind, String statement) {
        DataSource database = newDatabase();
        Schemas.execute(database, statement);

        assertThatThrownBy(() -> Migrator.of(database).migrate())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("auto_recharge_outbox is a " + kind + ", must be a table");
    }
}
