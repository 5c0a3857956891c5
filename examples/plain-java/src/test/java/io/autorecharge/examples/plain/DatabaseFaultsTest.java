package io.autorecharge.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.jdbc.ConnectionPort;
import io.autorecharge.jdbc.Dialect;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.jdbc.Verification;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.RunReport;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.StoreException;
import io.autorecharge.stripe.HostEndpoint;
import io.autorecharge.stripe.StripeGateway;
import io.autorecharge.stripe.StripeSettings;
import io.autorecharge.stripe.StripeWebhook;
import io.autorecharge.stripe.simulator.Delivery;
import io.autorecharge.stripe.simulator.Fault;
import io.autorecharge.stripe.simulator.RecordedRequest;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.stripe.simulator.StripeSimulator;
import io.autorecharge.stripe.simulator.WebhookEndpoint;
import io.autorecharge.testkit.Race;
import io.autorecharge.testkit.SettableClock;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Rows 24, 25, 26, 34, 35, 36 and 46 of docs/faults.md: processes and the database fail around a charge. On a real PostgreSQL, over real
 * HTTP, against the simulator's own books.
 */
@Tag("simulation")
class DatabaseFaultsTest {
    private static final AccountId USER = AccountId.of("user-0");
    private static final String CHARGE = "POST /v1/payment_intents";
    private static final String SECRET = "whsec_faults";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String url = MigratedDatabase.createUrl();
    private final DataSource database = dataSource(url);
    private final SettableClock clock = new SettableClock();
    private StripeSimulator stripe;
    private StripeSettings settings;
    private StripeGateway gateway;

    @BeforeEach
    void an_account_is_due() throws SQLException {
        clock.set(Instant.now());
        stripe = StripeSimulator.start(SimulatorOptions.defaults()
                .withClock(clock)
                .withWebhookRetries(
                        Collections.nCopies(200, Duration.ofMillis(100)).toArray(new Duration[0])));
        new DueAccounts(database, stripe.baseUrl()).create(1);
        settings = StripeSettings.builder(
                        SimulatorOptions.SECRET_KEY, "https://host.example/done", "https://host.example/back")
                .apiBase(stripe.baseUrl())
                .readTimeout(Duration.ofSeconds(30))
                .webhookSecrets(List.of(SECRET))
                .build();
        gateway = new StripeGateway(settings);
        clock.advance(Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        stripe.close();
    }

    @Test
    void row_24_a_crash_before_the_call_is_recovered_with_the_same_key_as_the_first_call() throws SQLException {
        crash(Dying.before(gateway));
        assertThat(charges()).isEmpty();
        String key = text("select concat(installation_id, ':', id) from auto_recharge_attempts where state = 'OPEN'");
        clock.advance(Duration.ofMinutes(10));

        run();

        assertThat(charges())
                .hasSize(1)
                .extracting(RecordedRequest::idempotencyKey)
                .containsExactly(key);
        assertPaidOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT10M", "PT19H", "PT25H", "P9D"})
    void row_25_a_crash_after_the_send_is_recovered_by_the_list_and_charges_once(String later) throws SQLException {
        crash(Dying.after(gateway));
        assertThat(stripe.history().captures()).hasSize(1);
        assertThat(text("select state from auto_recharge_attempts")).isEqualTo("OPEN");
        clock.advance(Duration.parse(later));

        run();

        assertThat(charges()).hasSize(1);
        assertPaidOnce();
    }

    private enum Refusing {
        THE_LEDGER_ROW("create trigger refuse before insert on credit_transactions for each row"),
        THE_COMMIT("create constraint trigger refuse after insert on credit_transactions deferrable initially deferred"
                + " for each row");

        private final String trigger;

        Refusing(String trigger) {
            this.trigger = trigger;
        }
    }

    @ParameterizedTest
    @EnumSource(Refusing.class)
    void row_26_the_result_is_not_kept_without_its_grant_and_a_later_run_keeps_both(Refusing what) throws SQLException {
        refuse(what);

        assertThat(run().failed()).isEqualTo(1);

        assertThat(stripe.history().captures()).hasSize(1);
        assertThat(text("select state from auto_recharge_attempts")).isEqualTo("OPEN");
        assertThat(text("select count(*) from credit_transactions")).isEqualTo("1");
        relent();
        clock.advance(Duration.ofMinutes(10));
        run();
        assertThat(charges()).hasSize(1);
        assertPaidOnce();
    }

    @Test
    void row_34_a_webhook_is_answered_after_the_commit_and_comes_again_when_that_failed() throws Exception {
        stripe.faults().next(CHARGE, Fault.RESET_AFTER_EXECUTION);
        try (AutoRecharge library = node(gateway);
                HostEndpoint endpoint = new HostEndpoint(new StripeWebhook(settings, gateway, clock), library)) {
            stripe.webhooks().endpoints(WebhookEndpoint.of(endpoint.url(), SECRET));
            refuse(Refusing.THE_COMMIT);
            library.runOnce();
            awaitThat(() -> statuses("payment_intent.succeeded").contains(503));
            assertThat(text("select credits from credit_accounts")).startsWith("1.");

            relent();
            awaitThat(() -> statuses("payment_intent.succeeded").contains(200));

            assertThat(text("select credits from credit_accounts"))
                    .as("committed before 200")
                    .startsWith("121.");
            assertThat(stripe.webhooks().awaitIdle(PATIENCE)).isTrue();
        }
        assertThat(charges()).hasSize(1);
        assertPaidOnce();
    }

    @Test
    void row_35_two_nodes_at_once_have_one_open_attempt_and_one_key_and_the_database_refuses_a_second()
            throws SQLException {
        stripe.faults().next(CHARGE, Fault.RESET_BEFORE_EXECUTION);
        lookAtOnce();
        assertThat(charges()).hasSize(1);
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> sql("insert into auto_recharge_recharges select (jsonb_populate_record(r,"
                        + " '{\"id\":\"second\"}')).* from auto_recharge_recharges r"))
                .satisfies(it -> assertThat(it.getSQLState()).isEqualTo("23505"))
                .withMessageContaining("auto_recharge_one_open");
        clock.advance(Duration.ofMinutes(10));

        lookAtOnce();

        assertThat(charges()).hasSizeBetween(2, 17);
        assertPaidOnce();
    }

    private void lookAtOnce() {
        try (AutoRecharge one = node(gateway);
                AutoRecharge other = node(gateway);
                Race race = new Race()) {
            race.run(16, i -> (i % 2 == 0 ? one : other).check(USER));
        }
    }

    @Test
    void row_36_a_top_up_by_hand_that_commits_while_the_claim_waits_for_the_account_prevents_the_charge()
            throws Exception {
        try (Connection hosts = database.getConnection();
                AutoRecharge host = node(JdbcStore.create(joining(hosts), Dialect.POSTGRESQL), gateway);
                AutoRecharge worker = node(gateway);
                Race race = new Race()) {
            hosts.setAutoCommit(false);
            host.grant(new Grant(USER, Credits.of(50), Category.PAID, "top-up", "By hand"));
            Future<CheckResult> claim = race.start(() -> worker.check(USER));
            awaitThat(() -> text("select count(*) from pg_stat_activity where datname = current_database()"
                            + " and wait_event_type = 'Lock'")
                    .equals("1"));

            hosts.commit();

            assertThat(Race.result(claim))
                    .isEqualTo(new CheckResult.Held(USER, Decision.Hold.because(HoldReason.ABOVE_THRESHOLD)));
        }
        clock.advance(Duration.ofDays(1));
        run();
        assertThat(charges()).isEmpty();
        assertThat(text("select count(*) from auto_recharge_recharges")).isEqualTo("0");
    }

    @Test
    void row_46_a_database_that_is_down_after_the_charge_leaves_the_row_open_and_nothing_is_refunded()
            throws Exception {
        String name = text("select current_database()");
        Gateway cutOff = Dying.with(gateway, () -> {
            maintenance("alter database " + name + " with allow_connections false");
            maintenance("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
        });
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> run(cutOff));
        assertThat(stripe.history().captures()).hasSize(1);
        assertThatExceptionOfType(SQLException.class).isThrownBy(database::getConnection);

        maintenance("alter database " + name + " with allow_connections true");
        assertThat(text("select state from auto_recharge_attempts")).isEqualTo("OPEN");
        clock.advance(Duration.ofMinutes(10));
        run();

        assertThat(charges()).hasSize(1);
        assertThat(stripe.history().requests("POST", "/v1/refunds")).isEmpty();
        assertPaidOnce();
    }

    /** One capture, one grant with its bonus, nothing left open, the books in order; and so it stays. */
    private void assertPaidOnce() throws SQLException {
        new ChargedOnce(database, stripe.history()).assertOnce(1);
        clock.advance(Duration.ofDays(1));
        run();
        new ChargedOnce(database, stripe.history()).assertOnce(1);
        try (AutoRecharge library = node(gateway)) {
            assertThat(library.recharges(USER, 10))
                    .extracting(it -> it.recharge().state())
                    .containsExactly(RechargeState.PAID);
        }
        assertThat(text("select stripe_payment_method_id is not null and auto_recharge_enabled from credit_accounts"))
                .isEqualTo("t");
        assertThat(Verification.of(database).verify(clock.instant()).violations())
                .isEmpty();
    }

    private List<RecordedRequest> charges() {
        return stripe.history().requests("POST", "/v1/payment_intents");
    }

    private List<Integer> statuses(String type) {
        return stripe.webhooks().deliveries().stream()
                .filter(it -> it.type().equals(type))
                .map(Delivery::status)
                .toList();
    }

    private void crash(Gateway dying) {
        try (AutoRecharge node = node(dying)) {
            assertThatExceptionOfType(Dying.Died.class).isThrownBy(() -> node.check(USER));
        }
    }

    private RunReport run() {
        return run(gateway);
    }

    private RunReport run(Gateway other) {
        try (AutoRecharge node = node(other)) {
            return node.runOnce();
        }
    }

    private AutoRecharge node(Gateway other) {
        return node(JdbcStore.of(database), other);
    }

    private AutoRecharge node(JdbcStore store, Gateway other) {
        return AutoRecharge.builder(Node.POLICY, store, other)
                .clock(clock)
                .callsPerSecond(10_000)
                .afterCommit(task -> {})
                .build();
    }

    private ConnectionPort joining(Connection hosts) {
        return new ConnectionPort() {
            @Override
            public Connection hostTransaction() {
                return hosts;
            }

            @Override
            public Connection open() throws SQLException {
                return database.getConnection();
            }
        };
    }

    private void refuse(Refusing what) throws SQLException {
        sql("create function refuse() returns trigger language plpgsql as"
                + " 'begin raise exception ''no space left'' using errcode = ''53100''; end'");
        sql(what.trigger + " execute function refuse()");
    }

    private void relent() throws SQLException {
        sql("drop trigger refuse on credit_transactions");
    }

    private void sql(String text) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private String text(String query) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    private void maintenance(String text) {
        try (Connection connection = DriverManager.getConnection(url.replaceFirst("/test_[0-9]+", "/postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        } catch (SQLException e) {
            throw new IllegalStateException(text, e);
        }
    }

    private static DataSource dataSource(String url) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setURL(url);
        return dataSource;
    }

    private static void awaitThat(BooleanSupplier condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition::getAsBoolean);
    }
}
