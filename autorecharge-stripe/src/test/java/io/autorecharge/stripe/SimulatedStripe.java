package io.autorecharge.stripe;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.stripe.simulator.StripeSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A simulator with a gateway connected to it, and the few API calls that tests make directly. */
final class SimulatedStripe implements AutoCloseable {
    static final String WEBHOOK_SECRET = "whsec_simulated";

    final StripeSimulator simulator;
    final StripeSettings settings;
    final StripeGateway gateway;
    private final HttpClient http = HttpClient.newHttpClient();

    SimulatedStripe() {
        this(Clock.systemUTC());
    }

    SimulatedStripe(Clock clock) {
        simulator = StripeSimulator.start(SimulatorOptions.defaults()
                .withClock(clock)
                .withWebhookRetries(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMillis(500)));
        settings = settings().build();
        gateway = new StripeGateway(settings);
    }

    StripeSettings.Builder settings() {
        return settings(simulator.baseUrl());
    }

    static StripeSettings.Builder settings(String apiBase) {
        return StripeSettings.builder(
                        SimulatorOptions.SECRET_KEY,
                        "http://localhost:8080/credits?session={CHECKOUT_SESSION_ID}",
                        "http://localhost:8080/credits")
                .apiBase(apiBase)
                .readTimeout(Duration.ofSeconds(10))
                .webhookSecrets(List.of(WEBHOOK_SECRET));
    }

    String customer() {
        return post("/v1/customers", Map.of()).get("id").getAsString();
    }

    String attach(String customer, String card) {
        return post("/v1/payment_methods/" + card + "/attach", Map.of("customer", customer))
                .get("id")
                .getAsString();
    }

    JsonObject post(String path, Map<String, String> form) {
        return JsonParser.parseString(send(HttpRequest.newBuilder(api(path))
                        .header("Authorization", "Bearer " + SimulatorOptions.SECRET_KEY)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(encoded(form)))))
                .getAsJsonObject();
    }

    JsonObject get(String path) {
        return JsonParser.parseString(send(HttpRequest.newBuilder(api(path))
                        .header("Authorization", "Bearer " + SimulatorOptions.SECRET_KEY)))
                .getAsJsonObject();
    }

    void delete(String path) {
        send(HttpRequest.newBuilder(api(path))
                .header("Authorization", "Bearer " + SimulatorOptions.SECRET_KEY)
                .DELETE());
    }

    /**
     * Submits a form as the customer's browser does.
     *
     * @return the URL of the redirect; empty if there is none
     */
    String submit(URI url, Map<String, String> form) {
        return answer(HttpRequest.newBuilder(url)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(encoded(form))))
                .headers()
                .firstValue("Location")
                .orElse("");
    }

    /** Pays a checkout session with this card, and passes the authentication if there is one. */
    void pay(URI url, String card) {
        String next = submit(url, Map.of("number", card, "expiry", "12/40", "cvc", "123", "email", "a@example.org"));
        if (next.startsWith("/")) {
            submit(URI.create(simulator.baseUrl() + next), Map.of("result", "complete"));
        }
    }

    private URI api(String path) {
        return URI.create(simulator.baseUrl() + path);
    }

    private String send(HttpRequest.Builder request) {
        return answer(request).body();
    }

    private HttpResponse<String> answer(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(e -> URLEncoder.encode(e.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Override
    public void close() {
        simulator.close();
    }
}
