package io.autorecharge.spring;

import static io.autorecharge.spring.EndpointsTest.assertProblem;
import static io.autorecharge.spring.UsersTableHost.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import io.autorecharge.store.UnknownAccountException;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.stripe.simulator.StripeSimulator;
import io.autorecharge.stripe.simulator.WebhookEndpoint;
import io.autorecharge.stripe.simulator.WebhookMode;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The flow from the first purchase to recharges on an existing table: users with integer ids and whole credits, on PostgreSQL.
 */
@Tag("database")
class UsersTableTest {
    private static final String SECRET = "whsec_users";

    /** Shared by the tests that change nothing. */
    private static Site shared;

    private Site own;
    private StripeSimulator stripe;
    private RunningApp app;
    private JdbcTemplate jdbc;

    /** An application, its database and its Stripe. */
    private record Site(StripeSimulator stripe, RunningApp app) implements AutoCloseable {
        static Site start() throws SQLException {
            String url = PostgreSqlFixture.newDatabaseUrl();
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                statement.execute("create table users (id integer primary key, email text, credits integer default 0)");
                statement.execute("insert into users values (1, 'alice@shop.example', 0), (3, null, 4)");
            }
            StripeSimulator stripe =
                    StripeSimulator.start(SimulatorOptions.defaults().withWebhookRetries());
            RunningApp app = RunningApp.start(
                    UsersTableHost.class,
                    "spring.datasource.url=" + url,
                    "autorecharge.stripe.secret-key=" + SimulatorOptions.SECRET_KEY,
                    "autorecharge.stripe.webhook-secret=" + SECRET,
                    "autorecharge.stripe.api-base=" + stripe.baseUrl(),
                    "autorecharge.limits.cooldown=0s",
                    "autorecharge.accounts.table=users",
                    "autorecharge.accounts.id-column=id",
                    "autorecharge.accounts.id-type=integer",
                    "autorecharge.accounts.balance-column=credits",
                    "autorecharge.accounts.balance-type=integer",
                    "autorecharge.accounts.email-column=email");
            stripe.webhooks().endpoints(WebhookEndpoint.of(app.url(Endpoints.WEBHOOK), SECRET));
            return new Site(stripe, app);
        }

        @Override
        public void close() {
            app.close();
            stripe.close();
        }
    }

    @BeforeAll
    static void start() throws SQLException {
        shared = Site.start();
    }

    @BeforeEach
    void useShared() {
        use(shared);
    }

    private void useOwn() throws SQLException {
        own = Site.start();
        use(own);
    }

    private void use(Site site) {
        stripe = site.stripe();
        app = site.app();
        jdbc = app.bean(JdbcTemplate.class);
    }

    @AfterEach
    void stopOwn() {
        if (own != null) {
            own.close();
        }
    }

    @AfterAll
    static void stop() {
        shared.close();
    }

    @Test
    void buys_spends_and_is_recharged_however_the_credits_are_used() throws Exception {
        useOwn();
        assertThat(app.get("alice", Endpoints.SETTINGS).body())
                .startsWith("{\"enabled\":false,\"credits\":null,\"threshold\":10.0");
        assertThat(app.post("alice", Endpoints.SETTINGS, "{\"enabled\":true,\"credits\":100,\"threshold\":10.0}")
                        .body())
                .startsWith("{\"enabled\":true,\"credits\":100,\"threshold\":10.0");
        app.buys("alice", 100);
        assertThat(stripe.webhooks().awaitIdle(Duration.ofSeconds(20))).isTrue();
        await("the credits").atMost(Duration.ofSeconds(20)).until(() -> credits() == 120);
        Map<String, Object> alice = jdbc.queryForMap("select * from users where id = 1");
        assertThat(alice)
                .contains(
                        entry("auto_recharge_enabled", true),
                        entry("auto_recharge_credits", 100),
                        entry("auto_recharge_threshold", 10.0))
                .hasEntrySatisfying(
                        "stripe_customer_id", id -> assertThat((String) id).startsWith("cus_"))
                .hasEntrySatisfying(
                        "stripe_payment_method_id",
                        id -> assertThat((String) id).startsWith("pm_"));
        assertThat(stripe.history().requests("POST", "/v1/customers/" + alice.get("stripe_customer_id")))
                .singleElement()
                .satisfies(update -> assertThat(update.toString()).contains("alice@shop.example"));

        // By the facade.
        AutoRecharge autoRecharge = app.bean(AutoRecharge.class);
        autoRecharge.debit(Debit.of(ALICE, Credits.of(115), "job-1", null));
        await("the first recharge").atMost(Duration.ofSeconds(20)).until(() -> credits() == 125);

        // By SQL of the host, with a notification.
        jdbc.update("update users set credits = 9 where id = 1");
        autoRecharge.balanceChanged(ALICE);
        await("the second recharge").atMost(Duration.ofSeconds(20)).until(() -> credits() == 129);

        // By SQL of the host alone.
        jdbc.update("update users set credits = 0 where id = 1");
        autoRecharge.runOnce();
        await("the third recharge").atMost(Duration.ofSeconds(20)).until(() -> credits() == 120);

        assertThat(stripe.history().captures()).hasSize(4);
        assertThat(jdbc.queryForList("""
                SELECT ct.balance_after
                FROM credit_transactions ct
                JOIN users u ON ct.user_id = u.id
                WHERE ct.description LIKE '%Auto-recharge%'
                ORDER BY ct.created_at DESC
                LIMIT 10;
                """)).hasSize(6);
        assertThat(jdbc.queryForObject("select count(*) from users", Integer.class))
                .isEqualTo(2);
    }

    @Test
    void a_login_without_a_row_is_a_404_and_calls_no_provider() throws Exception {
        for (String user : List.of("bob", " padded ")) {
            for (HttpResponse<String> answer : List.of(
                    app.get(user, Endpoints.SETTINGS),
                    app.post(user, Endpoints.SETTINGS, "{\"enabled\":true,\"credits\":100,\"threshold\":10.0}"),
                    app.post(user, Endpoints.CHECKOUT, "{\"credits\":100}"))) {
                assertProblem(answer, 404, null);
                assertThat(answer.body()).doesNotContain("users");
            }
        }
        assertThat(stripe.history().requests()).isEmpty();
        assertThat(jdbc.queryForObject("select count(*) from auto_recharge_state", Integer.class))
                .isZero();
    }

    @Test
    void a_webhook_about_a_deleted_account_is_acknowledged_and_stores_nothing() throws Exception {
        useOwn();
        stripe.webhooks().mode(WebhookMode.HOLD);
        app.buys("alice", 100);
        jdbc.update("delete from users where id = 1");
        stripe.webhooks().release();

        assertThat(stripe.webhooks().awaitIdle(Duration.ofSeconds(20))).isTrue();

        assertThat(stripe.webhooks().deliveries())
                .isNotEmpty()
                .allSatisfy(delivery -> assertThat(delivery.status()).isEqualTo(200));
        assertThat(jdbc.queryForObject("select count(*) from credit_transactions", Integer.class))
                .isZero();
        assertThat(jdbc.queryForObject("select count(*) from auto_recharge_webhook_events", Integer.class))
                .isZero();
    }

    @Test
    void an_id_that_no_row_can_have_is_an_unknown_account() {
        AutoRecharge autoRecharge = app.bean(AutoRecharge.class);
        for (String id : List.of("nobody", "01", "1.0", "99999999999")) {
            AccountId account = AccountId.of(id);
            assertThat(autoRecharge.settle(new ProviderReport.Checkout(
                            account,
                            new CheckoutId("c-1"),
                            "cs_1",
                            "cus_1",
                            closed(),
                            autoRecharge.installation(),
                            null)))
                    .isFalse();
            assertThatThrownBy(() -> autoRecharge.debit(Debit.of(account, Credits.of(1), "job-1", null)))
                    .isInstanceOf(UnknownAccountException.class)
                    .hasMessage("account '" + id + "' is not in a table whose ids are integer");
        }
    }

    @Test
    void a_threshold_that_the_balance_column_cannot_hold_is_refused() throws Exception {
        assertProblem(
                app.post("alice", Endpoints.SETTINGS, "{\"enabled\":true,\"credits\":100,\"threshold\":10.5}"),
                400,
                "threshold");
        assertThat(jdbc.queryForObject("select auto_recharge_enabled from users where id = 1", Boolean.class))
                .isFalse();
    }

    @Test
    void an_address_is_read_where_there_is_one() {
        JdbcStore store = app.bean(JdbcStore.class);
        assertThat(store.email(ALICE)).contains("alice@shop.example");
        assertThat(store.email(AccountId.of("2"))).isEmpty();
        assertThat(store.email(AccountId.of("3"))).isEmpty();
        jdbc.update("update users set email = '  ' where id = 3");
        assertThat(store.email(AccountId.of("3"))).isEmpty();
    }

    private static CheckoutOutcome closed() {
        return new CheckoutOutcome.Closed("the customer left");
    }

    private int credits() {
        Integer credits = jdbc.queryForObject("select credits from users where id = 1", Integer.class);
        return credits == null ? 0 : credits;
    }
}
