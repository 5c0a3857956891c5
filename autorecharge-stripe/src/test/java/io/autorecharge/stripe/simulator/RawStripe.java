package io.autorecharge.stripe.simulator;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.StringJoiner;

/** Calls the simulator with plain HTTP. */
final class RawStripe {

    record Response(int status, HttpResponse<String> http) {

        String body() {
            return http.body();
        }

        JsonObject json() {
            return JsonParser.parseString(http.body()).getAsJsonObject();
        }

        JsonObject error() {
            return json().getAsJsonObject("error");
        }

        String text(String field) {
            return json().get(field).getAsString();
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }
    }

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String baseUrl;
    private final String key;

    RawStripe(String baseUrl, String key) {
        this.baseUrl = baseUrl;
        this.key = key;
    }

    RawStripe(StripeSimulator simulator) {
        this(simulator.baseUrl(), SimulatorOptions.SECRET_KEY);
    }

    Response post(String path, String... namesAndValues) throws IOException, InterruptedException {
        return send(request(path).POST(form(namesAndValues)));
    }

    Response postWithKey(String idempotencyKey, String path, String... namesAndValues)
            throws IOException, InterruptedException {
        return send(request(path).header("Idempotency-Key", idempotencyKey).POST(form(namesAndValues)));
    }

    Response get(String path, String... namesAndValues) throws IOException, InterruptedException {
        return send(request(path + (namesAndValues.length == 0 ? "" : "?" + encode(namesAndValues)))
                .GET());
    }

    Response delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    Response send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> http = client.send(request.build(), BodyHandlers.ofString());
        return new Response(http.statusCode(), http);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : baseUrl + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/x-www-form-urlencoded");
    }

    static HttpRequest.BodyPublisher form(String... namesAndValues) {
        return HttpRequest.BodyPublishers.ofString(encode(namesAndValues));
    }

    String customer() throws IOException, InterruptedException {
        return post("/v1/customers", "email", "ada@example.org").text("id");
    }

    /** A payment method of this kind, attached to the customer. */
    String card(String customer, String kind) throws IOException, InterruptedException {
        return post("/v1/payment_methods/" + kind + "/attach", "customer", customer)
                .text("id");
    }

    /** The request of this library: an off-session charge of 15 dollars for one attempt. */
    Response charge(String customer, String method, String attempt) throws IOException, InterruptedException {
        return postWithKey(attempt, "/v1/payment_intents", chargeParams(customer, method, attempt));
    }

    static String[] chargeParams(String customer, String method, String attempt) {
        return new String[] {
            "amount", "1500",
            "currency", "usd",
            "customer", customer,
            "payment_method", method,
            "confirm", "true",
            "off_session", "true",
            "automatic_payment_methods[enabled]", "true",
            "automatic_payment_methods[allow_redirects]", "never",
            "metadata[attempt]", attempt
        };
    }

    private static String encode(String... namesAndValues) {
        StringJoiner form = new StringJoiner("&");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.add(URLEncoder.encode(namesAndValues[i], StandardCharsets.UTF_8) + "="
                    + URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
        }
        return form.toString();
    }
}
