package io.autorecharge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.store.RechargeStore;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More requests than connections wait for the provider at once. Names no type of JPA. */
@Tag("jpa")
@Timeout(120)
class OpenInViewTest {
    private static final int REQUESTS = 8;

    private static ExecutorService clients;
    private static RunningApp app;

    @BeforeAll
    static void start() {
        clients = Executors.newFixedThreadPool(REQUESTS);
        app = start(2000);
    }

    /** @param patience how long a thread waits for a connection, in milliseconds */
    private static RunningApp start(int patience) {
        return RunningApp.start(
                OpenInViewHost.class,
                "spring.datasource.hikari.maximum-pool-size=2",
                "spring.datasource.hikari.connection-timeout=" + patience,
                "spring.jpa.hibernate.ddl-auto=none",
                "spring.sql.init.schema-locations=classpath:orders.sql",
                "spring.sql.init.mode=always",
                "autorecharge.concurrency=" + REQUESTS);
    }

    @AfterAll
    static void stop() {
        clients.shutdownNow();
        app.close();
    }

    @Test
    void no_checkout_holds_a_connection_while_it_waits_for_the_provider() {
        app.bean(HeldShop.class).holdUntil(REQUESTS);

        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            String user = "u" + i;
            answers.add(CompletableFuture.supplyAsync(
                    () -> app.post(user, Endpoints.CHECKOUT, "{\"credits\":100,\"enable_auto_recharge\":true}"),
                    clients));
        }

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode())
                        .as(answer.join().body())
                        .isEqualTo(200));
    }

    @Test
    void no_charge_holds_a_connection_while_it_waits_for_the_provider() {
        RechargeStore store = app.bean(RechargeStore.class);
        for (int i = 0; i < REQUESTS; i++) {
            store.markDue(Customers.low(store, AccountId.of("due-" + i)), Instant.EPOCH);
        }
        app.bean(HeldShop.class).holdUntil(REQUESTS);

        assertThat(app.bean(AutoRecharge.class).runOnce().paid()).isEqualTo(REQUESTS);
    }

    @Test
    void a_pool_without_a_free_connection_is_a_503_with_a_reason_on_every_endpoint() throws SQLException {
        // Every request waits for a connection in vain.
        try (RunningApp impatient = start(500)) {
            DataSource pool = impatient.bean(DataSource.class);
            try (Connection first = pool.getConnection();
                    Connection second = pool.getConnection()) {
                assertThat(List.of(first, second)).doesNotContainNull();
                List<HttpResponse<String>> answers = List.of(
                        impatient.get("u0", Endpoints.SETTINGS),
                        impatient.post("u0", Endpoints.SETTINGS, "{\"enabled\":false}"),
                        impatient.post("u0", Endpoints.CHECKOUT, "{\"credits\":100}"),
                        impatient.post("u0", Endpoints.RECOVERY, "{}"),
                        impatient.get("u0", Endpoints.METHODS),
                        impatient.send(
                                "PUT",
                                "u0",
                                Endpoints.METHODS_ORDER,
                                "application/json",
                                BodyPublishers.ofString("{\"ids\":[]}")),
                        impatient.send("DELETE", "u0", Endpoints.method("pm_1"), null, BodyPublishers.noBody()),
                        impatient.post("u0", Endpoints.primary("pm_1"), "{}"));

                assertThat(answers).allSatisfy(answer -> {
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                    assertThat(answer.body()).contains("\"reason\":\"database_no_connection\"");
                    assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
                });
            }

            assertThat(impatient.get("u0", Endpoints.SETTINGS).statusCode()).isEqualTo(200);
        }
    }
}
