package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two tenants, each with a schema, and a search path that shows the tables of both. */
@Tag("database")
class AmbiguousSchemaTest {
    private static final AccountId ANN = AccountId.of("ann");
    private static final AccountsTable USERS =
            AccountsTable.of("users", "id", IdType.BIGINT, "credits", BalanceType.INTEGER);
    private static final String USERS_SQL = " (id bigint not null primary key, credits integer not null)";

    private DataSource database;

    @BeforeEach
    void makeSchemas() {
        database = PostgreSqlFixture.newDatabase();
        Schemas.execute(database, "create schema t1", "create schema t2");
    }

    private DataSource path(String path) {
        return Schemas.withSearchPath(database, path);
    }

    private static void refuses(String field, ThrowingCallable call, String... rule) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(call)
                .returns(field, InvalidValueException::field)
                .satisfies(e -> assertThat(e.rule()).contains(rule));
    }

    private static Grant gift(int credits) {
        return new Grant(ANN, Credits.of(credits), Category.PROMOTIONAL, "welcome", "Welcome");
    }

    @Test
    void tables_of_another_schema_of_the_search_path_are_refused() {
        Migrator.of(database).migrate();
        JdbcStore.of(database).grant(gift(5), UsedAccounts.NOW);
        DataSource tenant = path("t2, public");

        refuses("schema", () -> JdbcStore.of(tenant), "public", "t2");
        refuses("schema", () -> Migrator.of(tenant).migrate(), "public", "t2");
        refuses("schema", () -> Migrator.of(tenant).check(), "public", "t2");
        refuses("schema", () -> Verification.of(tenant), "public", "t2");
    }

    @Test
    void tables_in_two_schemas_of_the_search_path_are_refused_until_one_is_configured() {
        Migrator.of(path("t2")).migrate();
        Migrator.of(path("public")).migrate();
        DataSource both = path("t2, public");
        ConnectionPort connections = ConnectionPort.of(both);
        JdbcStore.of(path("public")).grant(gift(5), UsedAccounts.NOW);

        refuses("schema", () -> JdbcStore.of(both), "public, t2");

        for (String schema : new String[] {"t2", "public"}) {
            AccountsTable accounts = AccountsTable.own().withSchema(schema);
            Migrator.create(connections, Dialect.POSTGRESQL, accounts).check();
            JdbcStore store = JdbcStore.create(connections, Dialect.POSTGRESQL, accounts, Credits.of(10));
            assertThat(store.entries(ANN, Long.MAX_VALUE, 10)).hasSize(schema.equals("public") ? 1 : 0);
        }
    }

    @Test
    void a_view_of_another_schema_under_the_name_of_a_table_is_refused() {
        Migrator.of(path("t1")).migrate();
        Schemas.execute(database, "create view public.credit_transactions as select * from t1.credit_transactions");

        refuses("schema", () -> JdbcStore.of(path("t2, public")), "public");
    }

    @Test
    void the_schema_is_that_of_the_start_whatever_the_search_path_of_a_later_connection_is() {
        Migrator.of(path("t1")).migrate();
        Migrator.of(path("t2")).migrate();
        AtomicReference<DataSource> now = new AtomicReference<>(path("t1"));
        JdbcStore store = JdbcStore.create(
                new ConnectionPort() {
                    @Override
                    public Connection hostTransaction() {
                        return null;
                    }

                    @Override
                    public Connection open() throws SQLException {
                        return now.get().getConnection();
                    }
                },
                Dialect.POSTGRESQL);

        now.set(path("t2, t1"));
        store.grant(gift(5), UsedAccounts.NOW);

        assertThat(JdbcStore.of(path("t1")).balance(ANN)).isEqualTo(Credits.of(5));
        assertThat(JdbcStore.of(path("t2")).entries(ANN, Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void a_temporary_table_hides_nothing() {
        Migrator.of(path("t1")).migrate();
        DataSource disturbed = Schemas.withSearchPath(
                path("t1"), "t1; create temporary table credit_transactions (like t1.credit_transactions)");

        JdbcStore.of(disturbed).grant(gift(5), UsedAccounts.NOW);

        assertThat(JdbcStore.of(path("t1")).entries(ANN, Long.MAX_VALUE, 10)).hasSize(1);
    }

    @Test
    void without_a_current_schema_one_must_be_configured() {
        refuses("schema", () -> JdbcStore.of(path("missing")), "current schema");
    }

    @Test
    void a_configured_schema_must_exist() {
        ConnectionPort connections = ConnectionPort.of(database);
        AccountsTable accounts = AccountsTable.own().withSchema("missing");

        refuses(
                "schema",
                () -> Migrator.create(connections, Dialect.POSTGRESQL, accounts).migrate(),
                "must be a schema of the database");
    }

    @Test
    void a_table_of_the_host_in_two_schemas_is_refused_until_it_is_written_with_one() {
        Schemas.execute(database, "create table t1.users" + USERS_SQL, "create table public.users" + USERS_SQL);
        ConnectionPort both = ConnectionPort.of(path("t1, public"));

        refuses("table", () -> Migrator.create(both, Dialect.POSTGRESQL, USERS).migrate(), "public, t1");

        Migrator.create(both, Dialect.POSTGRESQL, USERS.withSchema("t1")).migrate();
        Migrator.create(both, Dialect.POSTGRESQL, USERS.withSchema("t1")).check();
        Migrator.create(
                        both,
                        Dialect.POSTGRESQL,
                        AccountsTable.of("public.users", "id", IdType.BIGINT, "credits", BalanceType.INTEGER)
                                .withSchema("t2"))
                .migrate();
    }

    @Test
    void a_table_of_the_host_elsewhere_on_the_search_path_is_found_once() {
        Schemas.execute(database, "create table public.users" + USERS_SQL, "insert into public.users values (7, 3)");
        ConnectionPort connections = ConnectionPort.of(path("t1, public"));
        Migrator.create(connections, Dialect.POSTGRESQL, USERS).migrate();

        JdbcStore store = JdbcStore.create(connections, Dialect.POSTGRESQL, USERS, Credits.of(10));

        assertThat(store.balance(AccountId.of("7"))).isEqualTo(Credits.of(3));
        Schemas.execute(database, "create table t1.users" + USERS_SQL);
        assertThat(store.balance(AccountId.of("7"))).isEqualTo(Credits.of(3));
    }

    @Test
    void h2s_search_path_is_seen_too() {
        JdbcDataSource h2 = new JdbcDataSource();
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        h2.setURL(url);
        Migrator.of(h2).migrate();
        JdbcDataSource tenant = new JdbcDataSource();
        tenant.setURL(url + ";INIT=create schema if not exists t2\\;set schema t2\\;set schema_search_path t2, public");

        refuses("schema", () -> JdbcStore.of(tenant), "search path", "T2");
    }

    @Test
    void a_prefix_is_checked() {
        AccountsTable own = AccountsTable.own();

        assertThat(own.withTablePrefix("a_").toString()).isEqualTo("a_credit_accounts");
        for (String wrong : new String[] {"", "A_", "1_", "a-b", "a\"b", "a;", "a_".repeat(20)}) {
            refuses("tablePrefix", () -> own.withTablePrefix(wrong), "must be at most");
        }
        refuses("schema", () -> own.withSchema("a.b"), "must be an identifier");
    }
}
