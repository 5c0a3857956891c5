package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.testkit.RechargeStoreContract;
import io.autorecharge.testkit.StoreLedgerContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The tables are in a configured schema, with a prefix, and the connections' current schema is an empty one. So a statement that names a table
 * without its schema fails, in whatever test of the contracts it runs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OtherSchemaContract {
    private static final AccountId ANN = AccountId.of("ann");

    /** Few: the name of a table makes no difference to threads. */
    static final int RACE_ROUNDS = 2;

    /** A new database with two empty schemas to be configured, and another one that is empty and current. */
    record Database(DataSource source, String schema, String otherSchema) {
        Database(DataSource source) {
            this(source, "t2", "t3");
        }

        AccountsTable plain() {
            return AccountsTable.own().withSchema(schema);
        }

        AccountsTable accounts() {
            return plain().withTablePrefix("billing_");
        }
    }

    private Database database;
    private HikariDataSource pool;
    private JdbcStore store;

    abstract Database newDatabase();

    abstract Dialect dialect();

    /** Every schema that has a table of the library's, in lower case. */
    abstract List<String> schemasWithTables(Connection connection) throws SQLException;

    final JdbcStore store() {
        return store;
    }

    private AccountsTable accounts() {
        return database.accounts();
    }

    @BeforeAll
    void openPool() {
        database = newDatabase();
        pool = DatabaseContract.pool(database.source(), true);
        migrator(accounts()).migrate();
        store = store(accounts());
    }

    @AfterAll
    void closePool() {
        if (pool != null) {
            pool.close();
        }
    }

    @BeforeEach
    void empty() throws SQLException {
        TableNames names = TableNames.configured(dialect(), accounts());
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : DatabaseContract.TABLES) {
                statement.addBatch(names.in("delete from " + table));
            }
            statement.executeBatch();
        }
    }

    private Migrator migrator(AccountsTable accounts) {
        return Migrator.create(ConnectionPort.of(pool), dialect(), accounts);
    }

    private JdbcStore store(AccountsTable accounts) {
        return JdbcStore.create(ConnectionPort.of(pool), dialect(), accounts, RechargePolicy.DEFAULT_THRESHOLD);
    }

    @Nested
    class IsAStore extends RechargeStoreContract {
        @Override
        protected RechargeStore store() {
            return store;
        }
    }

    @Nested
    class IsALedger extends StoreLedgerContract {
        @Override
        protected Ledger ledger() {
            return store;
        }

        @Override
        protected RechargeStore store() {
            return store;
        }

        @Override
        protected int rounds() {
            return RACE_ROUNDS;
        }
    }

    @Test
    void everything_that_the_library_does_happens_in_the_configured_schema() throws SQLException {
        UsedAccounts used =
                new UsedAccounts(ANN, AccountId.of("b"), AccountId.of("c"), AccountId.of("d"), AccountId.of("e"));

        used.use(store(accounts()));

        assertThat(Verification.create(ConnectionPort.of(pool), dialect(), accounts())
                        .verify(UsedAccounts.NOW)
                        .violations())
                .isEmpty();
        migrator(accounts()).check();
        migrator(accounts()).migrate();
        try (Connection connection = pool.getConnection()) {
            assertThat(schemasWithTables(connection)).containsExactly(database.schema());
        }
    }

    @Test
    void installations_with_other_prefixes_or_schemas_do_not_see_each_other() {
        Database fresh = newDatabase();
        HikariDataSource own = DatabaseContract.pool(fresh.source(), true);
        try (own) {
            doNotSeeEachOther(fresh, ConnectionPort.of(own));
        }
    }

    private void doNotSeeEachOther(Database fresh, ConnectionPort connections) {
        List<AccountsTable> installations = List.of(
                fresh.accounts(),
                fresh.plain(),
                fresh.plain().withTablePrefix("a_"),
                AccountsTable.own().withSchema(fresh.otherSchema()));
        List<JdbcStore> stores = new ArrayList<>();
        for (AccountsTable accounts : installations) {
            Migrator.create(connections, dialect(), accounts).migrate();
            Migrator.create(connections, dialect(), accounts).check();
            stores.add(JdbcStore.create(connections, dialect(), accounts, Credits.of(10)));
        }
        for (int i = 0; i < stores.size(); i++) {
            stores.get(i)
                    .grant(
                            new Grant(ANN, Credits.of(i + 1), Category.PROMOTIONAL, "welcome", "Welcome"),
                            UsedAccounts.NOW);
        }

        for (int i = 0; i < stores.size(); i++) {
            assertThat(stores.get(i).balance(ANN)).isEqualTo(Credits.of(i + 1));
            assertThat(stores.get(i).entries(ANN, Long.MAX_VALUE, 10)).hasSize(1);
        }
    }

    @Test
    void a_table_of_the_host_gets_its_columns_where_it_is_and_the_librarys_tables_are_apart() throws SQLException {
        Database fresh = newDatabase();
        HikariDataSource own = DatabaseContract.pool(fresh.source(), true);
        try (own;
                Connection connection = own.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table users (id bigint not null primary key, credits integer not null)");
            statement.execute("insert into users values (7, 30)");
            AccountsTable users = AccountsTable.of("users", "id", IdType.BIGINT, "credits", BalanceType.INTEGER)
                    .withForeignKey()
                    .withSchema(fresh.schema())
                    .withTablePrefix("billing_");

            Migrator migrator = Migrator.create(ConnectionPort.of(own), dialect(), users);
            migrator.migrate();
            migrator.migrate();
            migrator.check();
            JdbcStore store = JdbcStore.create(ConnectionPort.of(own), dialect(), users, Credits.of(10));

            assertThat(store.balance(AccountId.of("7"))).isEqualTo(Credits.of(30));
            store.grant(new Grant(AccountId.of("7"), Credits.of(5), Category.PROMOTIONAL, "w", "W"), UsedAccounts.NOW);
            assertThat(store.balance(AccountId.of("7"))).isEqualTo(Credits.of(35));
            assertThat(schemasWithTables(connection)).containsExactly(fresh.schema());
        }
    }
}
