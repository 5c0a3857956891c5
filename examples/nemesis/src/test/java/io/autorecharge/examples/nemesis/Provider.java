package io.autorecharge.examples.nemesis;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.autorecharge.stripe.simulator.Fault;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.StreamSupport;

/** The simulated Stripe in a process of its own. Scripts its faults and reads its records over HTTP. Thread-safe. */
final class Provider {
    private static final String CHARGE = "POST /v1/payment_intents";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String baseUrl;

    Provider(Children children, String name, String webhookUrl) throws IOException {
        baseUrl = children.java(
                        name,
                        ProviderMain.class,
                        ProviderMain.AT,
                        List.of(
                                "--latency-ms=10",
                                "--webhook-url=" + webhookUrl,
                                "--webhook-secret=" + Terms.WEBHOOK_SECRET))
                .said();
    }

    String baseUrl() {
        return baseUrl;
    }

    int port() {
        return URI.create(baseUrl).getPort();
    }

    String customer() {
        return object(post("/v1/customers")).get("id").getAsString();
    }

    String card(String customer, String card) {
        return object(post("/v1/payment_methods/" + card + "/attach", "customer", customer))
                .get("id")
                .getAsString();
    }

    /** The given number of next charges fail like this. */
    void fail(Fault fault, int times) {
        post("/simulator/faults", "request", CHARGE, "fault", fault.name(), "times", Integer.toString(times));
    }

    /** Ends all faults; hanging charges continue. */
    void endFaults() {
        post("/simulator/faults/clear");
    }

    void release() {
        post("/simulator/faults/release");
    }

    void declineNext(String customer) {
        post("/simulator/issuer", "customer", customer, "decline", "insufficient_funds");
    }

    void advance(Duration by) {
        post("/simulator/clock", "advance", by.toString());
    }

    /** Every capture: at, payment_intent, amount, customer, idempotency_key, metadata. */
    List<JsonObject> captures() {
        return list("/simulator/captures");
    }

    /** Every charge request: params, idempotency_key, status. */
    List<JsonObject> charges() {
        return list("/simulator/requests").stream()
                .filter(it ->
                        (it.get("method").getAsString() + " " + it.get("path").getAsString()).equals(CHARGE))
                .toList();
    }

    private List<JsonObject> list(String path) {
        JsonArray array = JsonParser.parseString(send(request(path).GET())).getAsJsonArray();
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static JsonObject object(String json) {
        return JsonParser.parseString(json).getAsJsonObject();
    }

    private String post(String path, String... form) {
        StringJoiner body = new StringJoiner("&");
        for (int i = 0; i < form.length; i += 2) {
            body.add(form[i] + "=" + URLEncoder.encode(form[i + 1], StandardCharsets.UTF_8));
        }
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + SimulatorOptions.SECRET_KEY);
    }

    private String send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        answer.request().uri() + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new IllegalStateException("the simulator does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the simulator", e);
        }
    }
}
