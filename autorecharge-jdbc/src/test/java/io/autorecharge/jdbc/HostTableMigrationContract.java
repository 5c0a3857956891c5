package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.store.StoreException;
import io.autorecharge.testkit.Race;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the migration adds to a table of the host, and which tables it rejects. */
abstract class HostTableMigrationContract {
    static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
    static final AccountId ANN = AccountId.of("1");
    static final AccountsTable USERS = AccountsTable.of("users", "id", IdType.INTEGER, "credits", BalanceType.INTEGER);
    static final MigrationTimeouts SHORT =
            new MigrationTimeouts(Duration.ofMillis(200), Duration.ofSeconds(5), 3, Duration.ofMillis(10));

    private static final List<String> FIVE = List.of(
            "auto_recharge_enabled",
            "auto_recharge_credits",
            "auto_recharge_threshold",
            "stripe_customer_id",
            "stripe_payment_method_id");

    private HikariDataSource pool;

    abstract DataSource newDatabase();

    @BeforeEach
    void makeUsers() throws SQLException {
        pool = DatabaseContract.pool(newDatabase(), true);
        execute("create table users (id integer not null primary key, email varchar(100), credits integer default 0,"
                + " name text)");
        execute("insert into users (id, email, credits) values (1, 'ann@example.org', 5)");
        execute("insert into users (id, email) values (2, 'ben@example.org')");
    }

    @AfterEach
    void closePool() {
        if (pool != null) {
            pool.close();
        }
    }

    final DataSource pool() {
        return pool;
    }

    final Dialect dialect() {
        return Dialect.detect(ConnectionPort.of(pool));
    }

    final Migrator migrator(AccountsTable table) {
        return Migrator.create(ConnectionPort.of(pool), dialect(), table, SHORT);
    }

    final JdbcStore store() {
        return JdbcStore.create(ConnectionPort.of(pool), dialect(), USERS, Credits.of(10));
    }

    @Test
    void adds_the_seeds_columns_with_its_defaults_and_logs_its_words() throws SQLException {
        List<String> lines = MigrationContract.logged(() -> migrator(USERS).migrate());

        assertThat(lines).startsWith("Starting auto-recharge migration...");
        assertThat(lines).endsWith("✅ Auto-recharge migration completed successfully!");
        for (String column : FIVE) {
            assertThat(lines)
                    .containsSubsequence(
                            "Adding '" + column + "' column to users table...",
                            "✓ '" + column + "' column added successfully");
        }
        assertThat(lines.contains("✓ Transaction committed successfully"))
                .isEqualTo(dialect().hasTransactionalDdl());
        assertThat(rows("select * from users order by id"))
                .containsExactly(
                        "1|ann@example.org|5|null|false|null|10.0|null|null",
                        "2|ben@example.org|0|null|false|null|10.0|null|null");
        assertThat(columnsThatTakeNulls())
                .containsExactlyInAnyOrder("auto_recharge_credits", "stripe_customer_id", "stripe_payment_method_id");
    }

    @Test
    void a_second_run_finds_nothing_to_do_and_needs_no_right_to_make_tables() throws SQLException {
        migrator(USERS.withForeignKey()).migrate();
        WatchedDatabase watched = new WatchedDatabase(pool);

        List<String> lines = MigrationContract.logged(
                () -> Migrator.create(ConnectionPort.of(watched.dataSource()), dialect(), USERS.withForeignKey(), SHORT)
                        .migrate());

        assertThat(lines)
                .containsExactly(
                        "Starting auto-recharge migration...",
                        "✓ Nothing to add, the tables are at version " + SchemaFile.NEWEST,
                        "✅ Auto-recharge migration completed successfully!");
        assertThat(watched.takeCalls()).doesNotContain("Statement.execute", "Statement.executeUpdate");
    }

    @Test
    void columns_that_the_host_has_added_itself_are_left_as_they_are() throws SQLException {
        execute("alter table users add column auto_recharge_enabled boolean");
        execute("alter table users add column auto_recharge_threshold " + spoken("real"));
        execute("alter table users add column stripe_customer_id " + anyText());
        execute("update users set auto_recharge_enabled = true, stripe_customer_id = 'cus_1' where id = 1");

        List<String> lines = MigrationContract.logged(() -> migrator(USERS).migrate());

        assertThat(lines)
                .contains(
                        "✓ 'auto_recharge_enabled' column already exists in users table, left as it is",
                        "✓ 'auto_recharge_threshold' column already exists in users table, left as it is",
                        "✓ 'stripe_customer_id' column already exists in users table, left as it is",
                        "✓ 'auto_recharge_credits' column added successfully")
                .doesNotContain("Adding 'auto_recharge_enabled' column to users table...");
        assertThat(store().find(ANN).orElseThrow().settings().enabled()).isTrue();
        assertThat(store().find(ANN).orElseThrow().customerId()).isEqualTo("cus_1");
        assertThat(store().find(AccountId.of("2")).orElseThrow().settings())
                .isEqualTo(new Settings(false, null, Credits.of(10)));
    }

    @Test
    void a_run_that_is_interrupted_anywhere_is_completed_by_the_next() throws SQLException {
        makeLedgerOfBefore();
        List<String> whole = null;
        // Every statement in a soak run, every seventh of them otherwise.
        int stride = Soak.rounds(7, 1);
        int broken = 0;
        for (boolean armed = true; armed; broken += stride) {
            WatchedDatabase watched = new WatchedDatabase(pool);
            watched.failBefore("Statement.execute", broken, new SQLException("gone", "08006"));
            Migrator failing =
                    Migrator.create(ConnectionPort.of(watched.dataSource()), dialect(), USERS.withForeignKey(), SHORT);
            if (broken < 100 && fails(failing)) {
                migrator(USERS.withForeignKey()).migrate();
                whole = whole == null ? everyColumn() : whole;
                assertThat(everyColumn())
                        .as("broken off at statement " + broken)
                        .isEqualTo(whole);
                assertThat(store().grant(new Grant(ANN, Credits.of(1), Category.PAID, "g" + broken, "Gift"), NOW))
                        .isNotNull();
                startAgain();
            }
            armed = !watched.isArmed();
        }

        assertThat(broken).isGreaterThan(20);
    }

    private static boolean fails(Migrator migrator) {
        try {
            migrator.migrate();
            return false;
        } catch (StoreException e) {
            return true;
        }
    }

    private void startAgain() throws SQLException {
        closePool();
        makeUsers();
        makeLedgerOfBefore();
    }

    @Test
    void many_nodes_may_start_at_once() throws SQLException {
        makeLedgerOfBefore();
        List<String> lines = MigrationContract.logged(() -> {
            try (Race race = new Race()) {
                race.run(8, number -> {
                    Migrator.create(ConnectionPort.of(pool), dialect(), USERS.withForeignKey())
                            .migrate();
                    return number;
                });
            }
        });

        assertThat(lines).filteredOn(line -> line.startsWith("✅")).hasSize(8);
        assertThat(lines).filteredOn(line -> line.startsWith("Adding")).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "auto-commit {0}")
    @ValueSource(booleans = {true, false})
    void a_pool_of_one_connection_is_enough(boolean autoCommit) throws SQLException {
        makeLedgerOfBefore();
        AccountsTable table = USERS.withForeignKey();
        try (HikariDataSource one = MigrationContract.poolOfOne(pool, autoCommit)) {
            Migrator migrator = Migrator.create(ConnectionPort.of(one), dialect(), table, SHORT);

            migrator.migrate();
            migrator.migrate();

            migrator.check();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "drop table users | table must be a table of the database: users",
                "alter table users drop column credits | balanceColumn must be a column of users: credits",
                "alter table users drop column email | emailColumn must be a column of users: email",
                "alter table users add column stripe_customer_id varchar(20)"
                        + " | users.stripe_customer_id must be varchar(255) or longer: varchar(20)",
                "alter table users add column auto_recharge_credits integer default 50 not null"
                        + " | users.auto_recharge_credits must allow nulls: not null",
                "alter table users add column auto_recharge_enabled integer"
                        + " | users.auto_recharge_enabled must be boolean: integer",
                "alter table users add column auto_recharge_threshold integer"
                        + " | users.auto_recharge_threshold must be double precision, real or numeric: integer",
                "create table credit_transactions (id integer)"
                        + " | credit_transactions must have the columns user_id, amount, balance_after, description, created_at,"
                        + " which the library writes: id",
                "create table auto_recharge_state (account_id varchar(255))"
                        + " | idType must be the type of auto_recharge_state.account_id, which is varchar(255): integer",
            })
    void refuses_what_is_not_as_configured_and_changes_nothing(String change, String message) throws SQLException {
        execute(change);
        List<String> before = everyColumn();

        assertThatThrownBy(() -> migrator(USERS.withEmail("email")).migrate())
                .isInstanceOf(InvalidValueException.class)
                .message()
                .isEqualToIgnoringCase(message);
        assertThat(everyColumn()).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "integer        | numeric(10, 2)   | balanceType must be the type of users.credits, which is integer: numeric(10, 2)",
                "integer        | bigint           | balanceType must be the type of users.credits, which is integer: bigint",
                "smallint       | integer          | balanceType must be the type of users.credits, which is smallint: integer",
                "real           | double precision | balanceType must be the type of users.credits, which is real: double precision",
                "numeric(10, 2) | numeric(10, 3)   | balanceType must be the type of users.credits, which is numeric(10, 2): numeric(10, 3)",
            })
    void refuses_a_balance_of_another_type(String found, String configured, String message) throws SQLException {
        execute("alter table users drop column credits");
        execute("alter table users add column credits " + spoken(found));

        assertThatThrownBy(() -> migrator(
                                AccountsTable.of("users", "id", IdType.INTEGER, "credits", BalanceType.of(configured)))
                        .migrate())
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(message);
    }

    @Test
    void names_everything_that_differs_at_once() throws SQLException {
        execute("alter table users add column auto_recharge_enabled integer");
        execute("alter table users add column stripe_customer_id varchar(20) default '' not null");
        execute("create table credit_transactions (id integer not null primary key, amount integer,"
                + " reference integer, note varchar(9) not null)");
        AccountsTable wrong = AccountsTable.of("users", "id", IdType.TEXT, "credit", BalanceType.INTEGER)
                .withEmail("mail");
        String[] differences = {
            "idType must be the type of users.id, which is integer",
            "balanceColumn (credit) must be a column of users",
            "emailColumn (mail) must be a column of users",
            "users.auto_recharge_enabled (integer) must be boolean",
            "users.stripe_customer_id (varchar(20)) must be varchar(255) or longer",
            "users.stripe_customer_id (not null) must allow nulls",
            "must have the columns user_id, balance_after, description, created_at, which the library writes",
            "credit_transactions.reference (integer) must be varchar(300) or longer",
            "credit_transactions.reference (integer) must be renamed",
            "must have a default in its other columns that are not null",
        };
        List<String> before = everyColumn();

        assertThatThrownBy(() -> migrator(wrong).migrate())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContainingAll(differences);
        assertThatThrownBy(() -> migrator(wrong).check())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContainingAll(differences);
        assertThat(everyColumn()).isEqualTo(before);
    }

    @Test
    void refuses_ids_of_another_type_or_that_two_rows_may_share() throws SQLException {
        assertThatThrownBy(() -> migrator(AccountsTable.of("users", "id", IdType.TEXT, "credits", BalanceType.INTEGER))
                        .migrate())
                .hasMessage("idType must be the type of users.id, which is integer: text");
        execute("alter table users add column number integer");
        AccountsTable byNumber = AccountsTable.of("users", "number", IdType.INTEGER, "credits", BalanceType.INTEGER);
        assertThatThrownBy(() -> migrator(byNumber).migrate())
                .hasMessage("idColumn must be the primary key of users or have a unique index of its own: number");

        execute("create unique index by_number on users (number)");
        assertThatThrownBy(() -> migrator(byNumber).migrate())
                .hasMessage("idColumn must be a column of users that is not null: number");

        execute("alter table users drop column number");
        execute("alter table users add column number integer not null default 7");
        execute("update users set number = id");
        execute("create unique index by_number_again on users (number)");
        migrator(byNumber).migrate();
    }

    @Test
    void a_ledger_of_before_keeps_its_rows_to_itself() throws SQLException {
        makeLedgerOfBefore();
        List<String> before = rows("select id, user_id, amount, balance_after, description from credit_transactions");

        migrator(USERS.withForeignKey()).migrate();
        JdbcStore store = store();
        LedgerEntry first = store.grant(new Grant(ANN, Credits.of(20), Category.PAID, "g", "Gift"), NOW);
        store.debit(Debit.of(ANN, Credits.of(3), "job", "Job"), false, NOW);

        assertThat(first.sequence()).isEqualTo(1);
        assertThat(first.balanceAfter()).isEqualTo(Credits.of(25));
        assertThat(store.entries(ANN, Long.MAX_VALUE, 10))
                .extracting(LedgerEntry::reference)
                .containsExactly("job", "g");
        assertThat(store.grant(new Grant(ANN, Credits.of(20), Category.PAID, "g", "Gift"), NOW))
                .isEqualTo(first);
        assertThat(
                        rows(
                                "select id, user_id, amount, balance_after, description from credit_transactions where seq is null"))
                .isEqualTo(before);
        assertThat(rows("select user_id, amount, balance_after, description from credit_transactions"
                        + " where seq is not null order by seq"))
                .containsExactly("1|20|25|Gift", "1|-3|22|Job");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "drop column amount | credit_transactions must have a column amount, which the library writes: ",
                "drop column user_id | credit_transactions must have a column user_id, which the library writes: ",
                "add column kind integer not null | credit_transactions must have a default in its other columns"
                        + " that are not null, or let them be null: kind",
                "add column reference varchar(300) | credit_transactions.reference must be renamed: it is your"
                        + " own column, and its values would count as the library's: varchar(300)",
                "add column category varchar(20) default 'x' not null"
                        + " | credit_transactions.category must allow nulls: not null",
                "add column type integer | credit_transactions.type must be varchar(20) or longer: integer",
            })
    void refuses_a_ledger_that_it_cannot_write(String change, String message) throws SQLException {
        makeLedgerOfBefore();
        execute("delete from credit_transactions");
        execute("alter table credit_transactions " + change);

        assertThatThrownBy(() -> migrator(USERS).migrate())
                .isInstanceOf(InvalidValueException.class)
                .message()
                .startsWithIgnoringCase(message);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "amount      | smallint       | of a type that holds every integer",
                "amount      | numeric(8, 2)  | of a type that holds every integer",
                "amount      | real           | of a type that holds every integer",
                "description | varchar(100)   | varchar(500) or longer",
                "user_id     | bigint         | integer",
            })
    void refuses_a_ledger_that_holds_less_than_the_balance(String column, String type, String needed)
            throws SQLException {
        makeLedgerOfBefore();
        execute("alter table credit_transactions drop column " + column);
        execute("alter table credit_transactions add column " + column + " " + spoken(type));

        assertThatThrownBy(() -> migrator(USERS).migrate())
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("credit_transactions." + column + " must be " + needed + ": " + type);
    }

    @Test
    void refuses_a_ledger_whose_times_depend_on_the_session() throws SQLException {
        makeLedgerOfBefore();
        execute("alter table credit_transactions drop column created_at");
        execute("alter table credit_transactions add column created_at timestamp");

        assertThatThrownBy(() -> migrator(USERS).migrate())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("credit_transactions.created_at must be ");
    }

    @Test
    void the_foreign_key_refuses_entries_without_a_user_and_exists_only_if_configured() throws SQLException {
        String insert = "insert into credit_transactions"
                + " (user_id, seq, type, amount, balance_after, description, reference, created_at)"
                + " values (99, %d, 'GRANT', 1, 1, 'x', 'r', current_timestamp)";
        migrator(USERS).migrate();
        execute(insert.formatted(1));
        execute("delete from credit_transactions");

        migrator(USERS.withForeignKey()).migrate();

        assertThatThrownBy(() -> execute(insert.formatted(2)))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).startsWith("23"));
    }

    @Test
    void every_statement_of_the_hosts_files_is_one_of_their_steps() throws Exception {
        AccountsTable tied = USERS.withForeignKey();
        int statements = 0;
        for (String file : List.of("host_columns", "host_ledger", "host_foreign_key", "host_index")) {
            statements += GuideApplication.resource(dialect().folder() + "/" + file + ".sql")
                    .replaceAll("[^;]", "")
                    .length();
        }

        assertThat(SchemaFile.hostColumns(TableNames.configured(dialect(), tied))
                                .size()
                        + SchemaFile.hostLedger(TableNames.configured(dialect(), tied))
                                .size()
                        + SchemaFile.hostForeignKey(TableNames.configured(dialect(), tied))
                                .size()
                        + SchemaFile.hostIndex(TableNames.configured(dialect(), tied))
                                .size())
                .isEqualTo(statements);
    }

    /** A ledger as in the guide to existing tables. */
    final void makeLedgerOfBefore() throws SQLException {
        String key =
                dialect() == Dialect.MARIADB ? "integer auto_increment" : "integer generated by default as identity";
        String time = dialect() == Dialect.MARIADB ? "datetime(6)" : "timestamp(6) with time zone";
        execute("create table credit_transactions (id " + key + " primary key, user_id integer not null,"
                + " amount integer not null, balance_after integer, description text, created_at " + time
                + " default current_timestamp)");
        execute(
                "insert into credit_transactions (user_id, amount, balance_after, description) values (1, 5, 5, 'Sign-up')");
    }

    final void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    final List<String> rows(String query) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.append(i == 1 ? "" : "|").append(shown(rows.getObject(i)));
                }
                found.add(row.toString());
            }
            return found;
        }
    }

    private static Object shown(Object value) {
        return value instanceof BigDecimal amount ? amount.stripTrailingZeros().toPlainString() : value;
    }

    /** Every column of every table, as the driver reports them. */
    private List<String> everyColumn() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            List<String> found = new ArrayList<>();
            try (ResultSet columns =
                    connection.getMetaData().getColumns(connection.getCatalog(), connection.getSchema(), "%", "%")) {
                while (columns.next()) {
                    found.add(columns.getString("TABLE_NAME") + "." + columns.getString("COLUMN_NAME") + " "
                            + columns.getString("TYPE_NAME") + " " + columns.getInt("NULLABLE"));
                }
            }
            return found.stream().sorted().toList();
        }
    }

    private List<String> columnsThatTakeNulls() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            SchemaCatalog catalog = new SchemaCatalog(connection, TableNames.configured(dialect(), USERS));
            return catalog.find("users").orElseThrow().columns().stream()
                    .filter(SchemaColumn::nullable)
                    .map(column -> column.name().toLowerCase(Locale.ROOT))
                    .filter(FIVE::contains)
                    .toList();
        }
    }

    /** In MariaDB this word stands for the larger of the two. */
    private String spoken(String type) {
        return dialect() == Dialect.MARIADB && type.equals("real") ? "float" : type;
    }

    private String anyText() {
        return dialect() == Dialect.MARIADB ? "text" : "varchar";
    }
}
