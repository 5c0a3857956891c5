package com.example.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.autorecharge.examples.plain.Processes;
import io.autorecharge.examples.plain.RunnableJar;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.stripe.simulator.StripeSimulator;
import io.autorecharge.stripe.simulator.WebhookEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.json.JsonParserFactory;

/** The application in a process of its own, and a client of it. */
final class RunningApp implements AutoCloseable {
    static final String WEBHOOK = "/api/credits/webhook";
    static final String WEBHOOK_SECRET = "whsec_of_the_consumer";

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Processes processes = new Processes(RunningApp::assertNoSecrets);
    private final Process process;
    private final Path log;
    private final URI base;

    private RunningApp(Path jar, String databaseUrl, StripeSimulator stripe, Path folder) throws IOException {
        log = folder.resolve("app.log");
        Map<String, String> environment = environment(databaseUrl, stripe);
        environment.put("SERVER_PORT", "0");
        process = processes.start(List.of(RunnableJar.JAVA, "-jar", jar.toString()), environment, folder, log);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(!process.isAlive() || port().find())
                        .as(this::log)
                        .isTrue());
        Matcher port = port();
        assertThat(port.find()).as(log()).isTrue();
        base = URI.create("http://localhost:" + port.group(1));
        stripe.webhooks().endpoints(WebhookEndpoint.of(base.resolve(WEBHOOK).toString(), WEBHOOK_SECRET));
    }

    static RunningApp start(Path jar, String databaseUrl, StripeSimulator stripe, Path folder)
            throws IOException, InterruptedException {
        return new RunningApp(jar, databaseUrl, stripe, folder);
    }

    static Map<String, String> environment(String databaseUrl, StripeSimulator stripe) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("SPRING_DATASOURCE_URL", databaseUrl);
        environment.put("STRIPE_SECRET_KEY", SimulatorOptions.SECRET_KEY);
        environment.put("STRIPE_WEBHOOK_SECRET", WEBHOOK_SECRET);
        environment.put("AUTORECHARGE_STRIPE_APIBASE", stripe.baseUrl());
        return environment;
    }

    HttpResponse<String> get(String user, String path) {
        return send(as(user, path).GET());
    }

    HttpResponse<String> post(String user, String path, String json) {
        return send(as(user, path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json, StandardCharsets.UTF_8)));
    }

    HttpResponse<String> webhook(String signature, String json) {
        return send(as(null, WEBHOOK)
                .header("Content-Type", "application/json")
                .header("Stripe-Signature", signature)
                .POST(BodyPublishers.ofString(json, StandardCharsets.UTF_8)));
    }

    /** @param user whose password is the name; null for no login */
    private HttpRequest.Builder as(String user, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
        if (user != null) {
            byte[] login = (user + ":" + user).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
        }
        return request;
    }

    /** Pays with the test card 4242… on the simulator's page. */
    void pay(String page) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(page))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "number=4242424242424242&expiry=12%2F39&cvc=123&email=a%40example.com&pay_with=card")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(ANSWER).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer: " + e + "\n" + log(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static Map<String, Object> json(HttpResponse<String> answer) {
        return JsonParserFactory.getJsonParser().parseMap(answer.body());
    }

    /** Neither the keys of the test, nor client secrets, card numbers, addresses, logins and signatures. */
    static void assertNoSecrets(String output) {
        assertThat(output)
                .doesNotContain(WEBHOOK_SECRET, "4242424242424242")
                .doesNotContainPattern("\\b[sr]k_(test|live)_[A-Za-z0-9]{2,}")
                .doesNotContainPattern("\\bwhsec_[A-Za-z0-9+/]{2,}")
                .doesNotContainPattern("_secret_[A-Za-z0-9]{4,}")
                .doesNotContainPattern("\\b(pm|card|src|tok)_[A-Za-z0-9]{14,}")
                .doesNotContainPattern("\\bv[01]=[0-9a-fA-F]{32,}")
                .doesNotContainPattern("(?i)\\bauthorization\\b\\W*(basic|bearer)\\s")
                .doesNotContainPattern("[A-Za-z0-9._%+-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*\\.)+[A-Za-z]{2,}\\b");
    }

    private Matcher port() {
        return PORT.matcher(log());
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        processes.close();
    }
}
