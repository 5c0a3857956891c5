package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.stripe.simulator.StripeSimulator;
import io.autorecharge.stripe.simulator.WebhookEndpoint;
import jakarta.persistence.EntityManager;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Adds the library to an application that already runs on PostgreSQL; it continues with its data. */
@Tag("process")
class AdoptionTest {
    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final String SECRET = "whsec_shop";
    private static final AccountId ANN = AccountId.of("1");

    @TempDir
    private Path home;

    private final String database = PostgreSqlFixture.newDatabaseUrl();
    private StripeSimulator stripe;
    private ConfigurableApplicationContext after;

    @BeforeEach
    void startStripe() {
        stripe = StripeSimulator.start(SimulatorOptions.defaults());
    }

    @AfterEach
    void stop() {
        if (after != null) {
            after.close();
        }
        stripe.close();
    }

    @Test
    void the_application_keeps_its_users_and_then_recharges_them() throws Exception {
        BeforeApplication.in(home, MODULE).during(arguments(), address -> {
            Client ann = new Client(address);
            assertThat(ann.post("/reports?title=May", "").statusCode()).isEqualTo(200);
            assertThat(ann.get("/me").body()).contains("\"credits\":7");
            assertThat(ann.get("/api/credits/auto-recharge").statusCode()).isEqualTo(404);
        });

        Client ann = startAfter();
        assertThat(ann.get("/me").body()).contains("\"credits\":7", "\"name\":\"Ann\"");
        assertThat(ann.get("/api/credits/auto-recharge").body())
                .startsWith("{\"enabled\":false,\"credits\":null,\"threshold\":10.0");

        String checkout = ann.post(
                        "/api/credits/create-checkout-session", "{\"credits\":100,\"enable_auto_recharge\":true}")
                .body();
        var page = Pattern.compile("\"url\":\"([^\"]+)\"").matcher(checkout);
        assertThat(page.find()).as(checkout).isTrue();
        assertThat(ann.pays(page.group(1)).statusCode()).isEqualTo(303);
        await().atMost(Duration.ofSeconds(20)).until(() -> ann.get("/me").body().contains("\"credits\":127"));

        jdbc().update("update users set credits = 14 where id = 1");
        assertThat(ann.post("/reports?title=June", "").statusCode()).isEqualTo(200);

        await().atMost(Duration.ofSeconds(20)).until(() -> ann.get("/me").body().contains("\"credits\":129"));
        assertThat(stripe.history().captures()).hasSize(2);
        assertThat(user().getAutoRecharge().isEnabled()).isTrue();
        assertThat(jdbc().queryForList("select title from reports order by id", String.class))
                .containsExactly("May", "June");
        assertThat(jdbc().queryForList("select version from flyway_schema_history order by 1", String.class))
                .containsExactly("1", "2");
    }

    @Test
    void a_report_without_enough_credits_is_not_stored() throws Exception {
        Client ann = startAfter();
        jdbc().update("update users set credits = 4 where id = 1");

        assertThat(ann.post("/reports?title=May", "").statusCode()).isEqualTo(402);

        assertThat(jdbc().queryForList("select title from reports")).isEmpty();
        assertThat(ann.get("/me").body()).contains("\"credits\":4");
    }

    @Test
    void changing_a_name_keeps_credits_that_were_granted_meanwhile() throws Exception {
        startAfter();
        transactions().executeWithoutResult(transaction -> {
            User ann = entityManager().find(User.class, 1);
            inAnotherThread(() -> grant(100));
            ann.setName("Anne");
        });

        assertThat(user().getName()).isEqualTo("Anne");
        assertThat(user().getCredits()).isEqualTo(112);
    }

    @Test
    void an_entity_that_writes_its_balance_loses_them() throws Exception {
        startAfter();
        transactions().executeWithoutResult(transaction -> {
            CarelessUser ann = entityManager().find(CarelessUser.class, 1);
            inAnotherThread(() -> grant(100));
            ann.setName("Anne");
        });

        assertThat(user().getCredits()).isEqualTo(12);
    }

    private void grant(int credits) {
        after.getBean(AutoRecharge.class)
                .grant(new Grant(ANN, Credits.of(credits), Category.PROMOTIONAL, "gift-1", "Gift"));
    }

    /** The library joins the transaction of its thread; this grant needs a transaction of its own. */
    private static void inAnotherThread(Runnable work) {
        java.util.concurrent.CompletableFuture.runAsync(work).join();
    }

    private Client startAfter() {
        after = SpringApplication.run(ShopApplication.class, arguments().toArray(String[]::new));
        String address = "http://localhost:" + after.getEnvironment().getProperty("local.server.port");
        stripe.webhooks().endpoints(WebhookEndpoint.of(address + "/api/credits/webhook", SECRET));
        return new Client(address);
    }

    private List<String> arguments() {
        return List.of(
                "--server.port=0",
                "--spring.datasource.url=" + database,
                "--autorecharge.stripe.secret-key=" + SimulatorOptions.SECRET_KEY,
                "--autorecharge.stripe.webhook-secret=" + SECRET,
                "--autorecharge.stripe.api-base=" + stripe.baseUrl());
    }

    private User user() {
        return after.getBean(UserRepository.class).findById(1).orElseThrow();
    }

    private JdbcTemplate jdbc() {
        return after.getBean(JdbcTemplate.class);
    }

    private TransactionTemplate transactions() {
        return after.getBean(TransactionTemplate.class);
    }

    private EntityManager entityManager() {
        return after.getBean(EntityManager.class);
    }
}
