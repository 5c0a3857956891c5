package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.testkit.Race;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The tables, and how they come to be there. */
abstract class MigrationContract {
    private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
    private static final AccountId ANN = AccountId.of("ann");

    private HikariDataSource pool;

    abstract DataSource newDatabase();

    @BeforeEach
    void openPool() {
        pool = DatabaseContract.pool(newDatabase(), true);
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void creates_every_table_and_prints_it() {
        List<String> lines = logged(() -> Migrator.of(pool).migrate());

        assertThat(lines.get(0)).isEqualTo("Starting auto-recharge migration...");
        assertThat(lines.get(lines.size() - 1)).isEqualTo("✅ Auto-recharge migration completed successfully!");
        for (String table : DatabaseContract.TABLES) {
            assertThat(lines)
                    .containsSubsequence(
                            "Adding '" + table + "' table...", "✓ '" + table + "' table added successfully");
        }
        boolean keepsIt = Dialect.detect(ConnectionPort.of(pool)).hasTransactionalDdl();
        assertThat(lines.contains("✓ Transaction committed successfully")).isEqualTo(keepsIt);
    }

    @Test
    void can_run_any_number_of_times_and_loses_nothing() {
        Migrator migrator = Migrator.of(pool);
        migrator.migrate();
        JdbcStore store = JdbcStore.of(pool);
        store.grant(new Grant(ANN, Credits.of(5), Category.PAID, "g", "Gift"), NOW);

        List<String> lines = logged(() -> {
            migrator.migrate();
            migrator.migrate();
        });

        assertThat(lines).noneMatch(line -> line.startsWith("Adding"));
        assertThat(store.balance(ANN)).isEqualTo(Credits.of(5));
        assertThat(store.entries(ANN, Long.MAX_VALUE, 10)).hasSize(1);
    }

    @ParameterizedTest(name = "auto-commit {0}")
    @ValueSource(booleans = {true, false})
    void a_pool_of_one_connection_is_enough(boolean autoCommit) {
        try (HikariDataSource one = poolOfOne(pool, autoCommit)) {
            Migrator migrator = Migrator.of(one);

            migrator.migrate();
            migrator.migrate();

            migrator.check();
        }
    }

    /** A pool that soon refuses a request for a second connection. */
    static HikariDataSource poolOfOne(DataSource database, boolean autoCommit) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database);
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(1000);
        config.setAutoCommit(autoCommit);
        return new HikariDataSource(config);
    }

    @Test
    void finishes_what_an_interrupted_run_began() throws SQLException {
        Migrator.of(pool).migrate();
        JdbcStore store = JdbcStore.of(pool);
        store.grant(new Grant(ANN, Credits.of(5), Category.PAID, "g", "Gift"), NOW);
        execute("delete from auto_recharge_schema where version > 0");
        execute("drop table auto_recharge_outbox");

        Migrator.of(pool).migrate();

        assertThat(store.undelivered(NOW, 10)).isEmpty();
        assertThat(store.balance(ANN)).isEqualTo(Credits.of(5));
    }

    @Test
    void many_nodes_may_start_at_once_and_one_of_them_does_the_work() throws SQLException {
        List<String> lines = new ArrayList<>();
        int rounds = Soak.rounds(4, 10);
        for (int round = 0; round < rounds; round++) {
            // From the second round on the tables are there and the race is for the row alone.
            if (round > 0) {
                execute("delete from auto_recharge_schema where version > 0");
            }
            lines.addAll(logged(() -> {
                try (Race race = new Race()) {
                    race.run(8, number -> {
                        Migrator.of(pool).migrate();
                        return number;
                    });
                }
            }));
            assertThat(texts("select file_name from auto_recharge_schema order by version"))
                    .hasSize(1 + SchemaFile.ALL.size());
        }

        assertThat(lines).filteredOn(line -> line.startsWith("✅")).hasSize(8 * rounds);
        assertThat(lines)
                .filteredOn("Adding 'credit_accounts' table..."::equals)
                .hasSize(1);
        assertThat(lines).filteredOn("Adding 'ledger_seq' values..."::equals).hasSize(rounds);
    }

    @Test
    void the_guides_queries_run_unchanged_but_for_the_accounts_table() throws SQLException {
        Migrator.of(pool).migrate();
        execute("insert into credit_accounts (id, email) values ('ann', 'ann@example.org')");

        assertThat(texts("""
                        SELECT id, email, auto_recharge_enabled, auto_recharge_credits,
                               auto_recharge_threshold, credits
                        FROM credit_accounts
                        WHERE auto_recharge_enabled = TRUE
                        """)).isEmpty();
        assertThat(texts("""
                        SELECT id, email, credits, auto_recharge_threshold, auto_recharge_credits
                        FROM credit_accounts
                        WHERE auto_recharge_enabled = TRUE
                          AND credits < auto_recharge_threshold
                          AND stripe_customer_id IS NOT NULL
                          AND stripe_payment_method_id IS NOT NULL
                        """)).isEmpty();
        assertThat(texts("""
                        SELECT u.email, ct.amount, ct.balance_after, ct.description, ct.created_at
                        FROM credit_transactions ct
                        JOIN credit_accounts u ON ct.user_id = u.id
                        WHERE ct.description LIKE '%Auto-recharge%'
                        ORDER BY ct.created_at DESC
                        LIMIT 10
                        """)).isEmpty();
        assertThat(JdbcStore.of(pool).find(ANN).orElseThrow().settings().threshold())
                .isEqualTo(Credits.of(10));
    }

    @Test
    void every_statement_of_a_schema_file_is_one_of_its_steps() throws Exception {
        Dialect dialect = Dialect.detect(ConnectionPort.of(pool));
        for (SchemaFile file : SchemaFile.ALL) {
            String text = new String(
                    Migrator.class
                            .getResourceAsStream(dialect.folder() + "/" + file.name())
                            .readAllBytes(),
                    "UTF-8");
            assertThat(file.steps(TableNames.configured(dialect, AccountsTable.own())))
                    .hasSize((int) text.chars().filter(c -> c == ';').count());
        }
    }

    @Test
    void the_database_itself_refuses_a_second_open_recharge() throws SQLException {
        Migrator.of(pool).migrate();
        String insert = """
                insert into auto_recharge_recharges
                    (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance, opened_at)
                values ('%s', '%s', 'SWEEP', '%s', 100, 100, 20, 999, 'USD', 5, '2026-11-02 10:00:00')
                """;
        execute(insert.formatted("ann", "r1", "OPEN"));
        execute(insert.formatted("ann", "r2", "PAID"));
        execute(insert.formatted("ann", "r3", "PAID"));
        execute(insert.formatted("ben", "r1", "OPEN"));

        assertThatThrownBy(() -> execute(insert.formatted("ann", "r4", "OPEN")))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).startsWith("23"));
        assertThatThrownBy(() -> execute(
                        "update auto_recharge_recharges set state = 'OPEN' where account_id = 'ann' and id = 'r2'"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).startsWith("23"));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> texts(String query) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    static List<String> logged(Runnable work) {
        Logger logger = (Logger) LoggerFactory.getLogger(Migrator.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        Level before = logger.getLevel();
        logger.setLevel(Level.INFO);
        try {
            work.run();
        } finally {
            logger.setLevel(before);
            logger.detachAppender(lines);
        }
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
