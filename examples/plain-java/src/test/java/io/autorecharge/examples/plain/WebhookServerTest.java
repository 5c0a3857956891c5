package io.autorecharge.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.jdbc.AccountsTable;
import io.autorecharge.jdbc.BalanceType;
import io.autorecharge.jdbc.ConnectionPort;
import io.autorecharge.jdbc.Dialect;
import io.autorecharge.jdbc.IdType;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.jdbc.Migrator;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.stripe.StripeGateway;
import io.autorecharge.stripe.StripeSettings;
import io.autorecharge.stripe.StripeWebhook;
import io.autorecharge.stripe.simulator.Fault;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.stripe.simulator.StripeSimulator;
import io.autorecharge.stripe.simulator.WebhookEndpoint;
import io.autorecharge.stripe.simulator.WebhookSignature;
import io.autorecharge.testkit.InMemoryStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookServerTest {
    private static final AccountId ALICE = AccountId.of("alice");
    private static final Credits BOUGHT = Credits.of(120);
    private static final String SECRET = "whsec_plain";
    private static final String PAGE = "http://localhost/profile";
    private static final RechargePolicy POLICY =
            RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, Money.of("9.00", "USD"))));

    private final StripeSimulator simulator = StripeSimulator.start(SimulatorOptions.defaults());
    private final StripeSettings settings = StripeSettings.builder(SimulatorOptions.SECRET_KEY, PAGE, PAGE)
            .webhookSecrets(List.of(SECRET))
            .apiBase(simulator.baseUrl())
            .build();
    private final StripeGateway gateway = new StripeGateway(settings);
    private final AutoRecharge autoRecharge =
            AutoRecharge.builder(POLICY, new InMemoryStore(), gateway).build();
    private final HttpClient client = HttpClient.newHttpClient();
    private WebhookServer server;

    @BeforeEach
    void start() throws IOException {
        server = Quickstart.receiveWebhooks(settings, gateway, autoRecharge, 0);
    }

    @AfterEach
    void close() {
        server.close();
        autoRecharge.close();
        simulator.close();
    }

    private void buy() throws InterruptedException {
        SimulatedCustomer.pay(autoRecharge.openCheckout(ALICE, 100, "v1", "alice@example.com"));
    }

    /** The event that says the purchase was paid, as Stripe's API shows it. */
    private String event() throws Exception {
        String id = simulator.webhooks().eventIds("checkout.session.completed").get(0);
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/v1/events/" + id))
                .header("Authorization", "Bearer " + SimulatorOptions.SECRET_KEY)
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    private int post(String body, String secret) throws Exception {
        return post(server, body, secret);
    }

    private int post(WebhookServer to, String body, String secret) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(to.url()))
                .header("Stripe-Signature", WebhookSignature.header(List.of(secret), Instant.now(), body))
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    @Test
    void a_purchase_is_granted_by_the_webhook_alone() throws Exception {
        simulator.webhooks().endpoints(WebhookEndpoint.of(server.url(), SECRET));

        buy();

        assertThat(simulator.webhooks().awaitIdle(Duration.ofSeconds(20))).isTrue();
        assertThat(autoRecharge.balance(ALICE)).isEqualTo(BOUGHT);
    }

    @Test
    void a_signed_event_is_settled_once_and_a_forged_one_is_rejected() throws Exception {
        buy();
        String event = event();

        assertThat(post(event, "whsec_forged")).isEqualTo(400);
        assertThat(autoRecharge.balance(ALICE)).isEqualTo(Credits.ZERO);

        assertThat(post(event, SECRET)).isEqualTo(200);
        assertThat(post(event, SECRET)).isEqualTo(200);
        assertThat(autoRecharge.balance(ALICE)).isEqualTo(BOUGHT);
    }

    @Test
    void stripe_is_asked_to_send_again_while_the_object_cannot_be_fetched() throws Exception {
        buy();
        String event = event();
        simulator.faults().next("GET /v1/checkout/sessions/*", Fault.SERVER_ERROR_AFTER_EXECUTION);

        assertThat(post(event, SECRET)).isEqualTo(503);
        assertThat(autoRecharge.balance(ALICE)).isEqualTo(Credits.ZERO);
        assertThat(post(event, SECRET)).isEqualTo(200);
        assertThat(autoRecharge.balance(ALICE)).isEqualTo(BOUGHT);
    }

    @Test
    void an_event_about_a_user_who_is_deleted_meanwhile_is_acknowledged() throws Exception {
        JdbcConnectionPool database =
                JdbcConnectionPool.create("jdbc:h2:mem:webhook-users;DB_CLOSE_DELAY=-1", "sa", "");
        execute(database, "create table users (id bigint primary key, credits integer default 0 not null)");
        execute(database, "insert into users (id) values (7)");
        DeletingConnections connections = new DeletingConnections(database);
        AccountsTable users = AccountsTable.of("users", "id", IdType.BIGINT, "credits", BalanceType.INTEGER);
        Migrator.create(connections, Dialect.H2, users).migrate();
        JdbcStore store = JdbcStore.create(connections, Dialect.H2, users, POLICY.threshold());
        try (AutoRecharge shop = AutoRecharge.builder(POLICY, store, gateway).build();
                WebhookServer endpoint = Quickstart.receiveWebhooks(settings, gateway, shop, 0)) {
            SimulatedCustomer.pay(shop.openCheckout(AccountId.of("7"), 100, "v1", "ann@example.com"));
            connections.deleteUsersBefore(3);

            assertThat(post(endpoint, event(), SECRET)).isEqualTo(200);
            assertThat(connections.remaining.get()).isNegative();
        }
        database.dispose();
    }

    /** The settlement asks whether the event is known, finds the account, and locks it: one connection each. */
    private static final class DeletingConnections implements ConnectionPort {
        private final DataSource database;
        private final AtomicInteger remaining = new AtomicInteger(Integer.MAX_VALUE);

        private DeletingConnections(DataSource database) {
            this.database = database;
        }

        private void deleteUsersBefore(int connection) {
            remaining.set(connection);
        }

        @Override
        public @Nullable Connection hostTransaction() {
            return null;
        }

        @Override
        public Connection open() throws SQLException {
            if (remaining.decrementAndGet() == 0) {
                execute(database, "delete from users");
            }
            return database.getConnection();
        }
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void a_body_beyond_the_limit_and_another_method_are_rejected() throws Exception {
        assertThat(post("x".repeat(StripeWebhook.MAX_BODY_BYTES + 1), SECRET)).isEqualTo(400);
        HttpRequest get = HttpRequest.newBuilder(URI.create(server.url())).build();
        assertThat(client.send(get, BodyHandlers.discarding()).statusCode()).isEqualTo(405);
    }
}
