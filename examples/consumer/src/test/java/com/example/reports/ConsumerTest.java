package com.example.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autorecharge.examples.plain.ChargedOnce;
import io.autorecharge.examples.plain.DueAccounts;
import io.autorecharge.examples.plain.Processes;
import io.autorecharge.examples.plain.RunnableJar;
import io.autorecharge.stripe.simulator.Capture;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.stripe.simulator.StripeSimulator;
import io.autorecharge.stripe.simulator.WebhookSignature;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Tests a user's application from outside: a process of its own with a real PostgreSQL, and the simulator in place of Stripe. {@code
 * -Dconsumer.jar=} names the packaged application, as {@code .ci/matrix} builds it for each line of Spring Boot; without it, the classes of
 * this build run.
 */
@Tag("process")
class ConsumerTest {
    private static final String SETTINGS = "/api/credits/auto-recharge";
    private static final String REPORTS = "/api/reports";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path DOCKERFILE = Path.of("../schedulers/Dockerfile");

    @TempDir
    static Path folder;

    private static final StripeSimulator STRIPE = StripeSimulator.start(SimulatorOptions.defaults());
    private static Database database;
    private static Path jar;
    private static RunningApp app;

    @BeforeAll
    static void start() throws Exception {
        database = new Database();
        String packaged = System.getProperty("consumer.jar");
        jar = packaged == null ? folder.resolve("app.jar") : Path.of(packaged);
        if (packaged == null) {
            RunnableJar.write(jar, ReportsApplication.class);
        }
        app = RunningApp.start(jar, database.newUrl(), STRIPE, folder);
    }

    @AfterAll
    static void stop() throws Exception {
        app.close();
        STRIPE.close();
        database.close();
    }

    @Test
    void settings_require_a_login() {
        assertThat(app.get(null, SETTINGS).statusCode()).isEqualTo(401);
        assertThat(app.post(null, SETTINGS, "{\"enabled\":true,\"credits\":100}")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void settings_are_stored_and_returned() {
        assertThat(app.get("bob", SETTINGS).body())
                .startsWith("{\"enabled\":false,\"credits\":null,\"threshold\":10.0");

        HttpResponse<String> stored =
                app.post("bob", SETTINGS, "{\"enabled\":true,\"credits\":250,\"threshold\":12.5}");

        assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
        assertThat(app.get("bob", SETTINGS).body()).startsWith("{\"enabled\":true,\"credits\":250,\"threshold\":12.5");
    }

    @Test
    void a_wrong_setting_is_refused_by_a_problem_that_names_the_field() {
        HttpResponse<String> answer = app.post("bob", SETTINGS, "{\"enabled\":true,\"credits\":\"many\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("credits");
    }

    @Test
    void a_paid_checkout_grants_credits_and_a_crossing_debit_triggers_one_recharge() {
        enable("alice");
        assertThat(balance("alice")).isEqualTo("120.0");

        HttpResponse<String> written = app.post("alice", REPORTS, "{\"title\":\"May\",\"pages\":46}");

        assertThat(written.statusCode()).as(written.body()).isEqualTo(200);
        assertThat(RunningApp.json(written)).hasToString("{balance=5.0}");
        awaitThat(() -> balance("alice").equals("125.0"), "the recharge");
        assertThat(captures("alice")).hasSize(2);
        assertThat(app.get("alice", REPORTS).body()).isEqualTo("{\"reports\":1}");
    }

    @Test
    void a_refused_debit_rolls_back_the_hosts_own_row() {
        HttpResponse<String> refused = app.post("carol", REPORTS, "{\"title\":\"May\",\"pages\":1}");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(402);
        assertThat(app.get("carol", REPORTS).body()).isEqualTo("{\"reports\":0}");
    }

    @Test
    void a_forged_webhook_is_refused_and_a_signed_one_is_accepted() {
        String event = "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"customer.created\","
                + "\"api_version\":\"2026-07-29.dahlia\",\"livemode\":false,\"created\":1,"
                + "\"data\":{\"object\":{\"id\":\"cus_1\",\"object\":\"customer\"}}}";

        String forged = WebhookSignature.header(List.of("whsec_of_somebody_else"), Instant.now(), event);
        String signed = WebhookSignature.header(List.of(RunningApp.WEBHOOK_SECRET), Instant.now(), event);

        assertThat(app.webhook(forged, event).statusCode()).isEqualTo(400);
        assertThat(app.webhook(signed, event.replace("cus_1", "cus_2")).statusCode())
                .isEqualTo(400);
        assertThat(app.webhook(signed, event).statusCode()).isBetween(200, 299);
    }

    @Test
    void health_says_that_auto_recharge_is_up() {
        HttpResponse<String> health = app.get(null, "/actuator/health");

        assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
        assertThat(health.body()).contains("\"autorecharge\":{\"status\":\"UP\"");
    }

    @Test
    void metrics_count_the_charges_by_their_outcome() {
        enable("dave");
        app.post("dave", REPORTS, "{\"title\":\"May\",\"pages\":46}");
        awaitThat(() -> balance("dave").equals("125.0"), "the recharge");

        HttpResponse<String> charges = app.get("dave", "/actuator/metrics/autorecharge.charges?tag=outcome:paid");

        assertThat(charges.statusCode()).as(charges.body()).isEqualTo(200);
        assertThat(charges.body()).containsPattern("\"statistic\":\"COUNT\",\"value\":[1-9]");
        assertThat(app.get(null, "/actuator/metrics").statusCode()).isEqualTo(401);
    }

    @Test
    void run_once_charges_due_accounts_and_exits_with_zero() throws Exception {
        runOnce(jar, folder);
    }

    /** As the Dockerfile of the schedulers extracts and runs the jar. */
    @Test
    void the_layers_of_an_image_run_once_as_well() throws Exception {
        assumeTrue(
                System.getProperty("consumer.jar") != null, "SKIPPED: -Dconsumer.jar= names no packaged application");
        Path image = Files.createDirectory(folder.resolve("image"));
        Files.copy(jar, image.resolve("app.jar"));
        try (Processes processes = new Processes(RunningApp::assertNoSecrets)) {
            Processes.Run extracted = processes.run(
                    Stream.of(instruction("RUN java ").split(" "))
                            .map(word -> word.equals("java") ? RunnableJar.JAVA : word)
                            .toList(),
                    Map.of(),
                    image);
            assertThat(extracted.exitCode()).as(extracted.output()).isZero();
        }
        Path whole = Files.createDirectory(image.resolve("whole"));
        for (String layer : List.of("dependencies", "spring-boot-loader", "snapshot-dependencies", "application")) {
            copy(image.resolve("extracted").resolve(layer), whole);
        }

        runOnce(whole.resolve("app.jar"), whole);
    }

    private static void runOnce(Path application, Path where) throws Exception {
        String url = database.newUrl();
        PGSimpleDataSource accounts = new PGSimpleDataSource();
        accounts.setURL(url);
        try (StripeSimulator stripe = StripeSimulator.start(SimulatorOptions.defaults());
                Processes processes = new Processes(RunningApp::assertNoSecrets)) {
            new DueAccounts(accounts, stripe.baseUrl()).create(1);

            processes
                    .run(
                            List.of(RunnableJar.JAVA, "-jar", application.toString(), "--autorecharge.run-once"),
                            RunningApp.environment(url, stripe),
                            where)
                    .assertRechargedOne();

            new ChargedOnce(accounts, stripe.history()).assertOnce(1);
        }
    }

    private static String instruction(String start) throws IOException {
        try (Stream<String> lines = Files.lines(DOCKERFILE)) {
            return lines.filter(line -> line.startsWith(start))
                    .findFirst()
                    .orElseThrow()
                    .substring("RUN ".length());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Buys a package with auto-recharge; the webhook delivers the credits. */
    private static void enable(String user) {
        HttpResponse<String> checkout = app.post(
                user, "/api/credits/create-checkout-session", "{\"credits\":100,\"enable_auto_recharge\":true}");
        assertThat(checkout.statusCode()).as(checkout.body()).isEqualTo(200);
        app.pay(String.valueOf(RunningApp.json(checkout).get("url")));
        awaitThat(() -> app.get(user, SETTINGS).body().contains("\"state\":\"active\""), "the webhook");
    }

    private static String balance(String user) {
        return String.valueOf(RunningApp.json(app.get(user, SETTINGS)).get("balance"));
    }

    private static List<Capture> captures(String user) {
        return STRIPE.history().captures().stream()
                .filter(capture -> user.equals(capture.metadata().get("autorecharge_account")))
                .toList();
    }

    private static void awaitThat(BooleanSupplier condition, String what) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(condition.getAsBoolean())
                        .as(() -> what + "\n" + app.log())
                        .isTrue());
    }
}
