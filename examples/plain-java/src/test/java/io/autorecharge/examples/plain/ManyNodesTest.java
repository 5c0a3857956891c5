package io.autorecharge.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.stripe.simulator.StripeSimulator;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Real processes on a real PostgreSQL: hundreds of accounts are due, two nodes with pools of their own charge them, and the simulator's books
 * tell what was captured.
 */
@Tag("database")
@Tag("process")
class ManyNodesTest {
    private static final int ACCOUNTS = 200;

    /** Every fourth account has a card that is declined, and a good one as backup. */
    private static final int ATTEMPTS = ACCOUNTS + ACCOUNTS / 4;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static EmbeddedPostgres postgres;
    private static int databases;

    private final List<Process> nodes = new ArrayList<>();
    private String name;
    private StripeSimulator stripe;
    private DataSource database;
    private ChargedOnce charged;

    @BeforeAll
    static void startPostgres() throws IOException {
        // Durable as in production: what a killed process has committed must be there afterwards.
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void start() throws SQLException {
        name = "many_nodes_" + ++databases;
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        database = postgres.getDatabase("postgres", name);
        stripe = StripeSimulator.start(SimulatorOptions.defaults().withLatency(Duration.ofMillis(15)));
        new DueAccounts(database, stripe.baseUrl()).create(ACCOUNTS, i -> i % 4 == 0);
        charged = new ChargedOnce(database, stripe.history());
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Process node : nodes) {
            node.destroyForcibly().waitFor();
        }
        stripe.close();
    }

    @Test
    void two_nodes_charge_hundreds_of_due_accounts_once_each() throws IOException {
        startNode();
        startNode();

        awaitThat(() -> charged.recharges() == ACCOUNTS);

        charged.assertOnce(ACCOUNTS, ATTEMPTS);
    }

    @Test
    void a_node_killed_in_the_middle_leaves_no_account_charged_twice_or_not_granted() throws Exception {
        Process victim = startNode();
        awaitThat(() -> stripe.history().captures().size() > ACCOUNTS / 5);
        victim.destroyForcibly().waitFor();
        assertThat(stripe.history().captures()).as("killed in the middle").hasSizeLessThan(ACCOUNTS);
        startNode();

        awaitThat(() -> charged.recharges() == ACCOUNTS);

        charged.assertOnce(ACCOUNTS, ATTEMPTS);
    }

    private Process startNode() throws IOException {
        Process node = new ProcessBuilder(
                        RunnableJar.JAVA,
                        // Short-lived: optimizing its code takes longer than it saves.
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        RunnableJar.classPath(),
                        Node.class.getName(),
                        postgres.getJdbcUrl("postgres", name),
                        stripe.baseUrl())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        nodes.add(node);
        BufferedReader out = new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
        assertThat(out.readLine()).as("the node's first line").isEqualTo("started");
        return node;
    }

    private void awaitThat(BooleanSupplier condition) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(condition.getAsBoolean())
                        .as(() -> "states: " + states() + ", captures: "
                                + stripe.history().captures().size())
                        .isTrue());
    }

    private List<String> states() {
        List<String> states = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select state, detail, count(*) from auto_recharge_attempts group by state, detail")) {
            while (rows.next()) {
                states.add(rows.getString(1) + "/" + rows.getString(2) + "=" + rows.getLong(3));
            }
        } catch (SQLException e) {
            return Collections.singletonList(e.toString());
        }
        return states;
    }
}
