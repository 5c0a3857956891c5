package io.autorecharge.examples.demo;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.springframework.boot.json.JsonParserFactory;

/** What curl does: one user's requests to the API, with HTTP Basic. */
final class Api {
    static final String SETTINGS = "/api/credits/auto-recharge";
    static final String CHECKOUT = "/api/credits/create-checkout-session";

    static final String RECOVERY = "/api/credits/auto-recharge/recovery";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final DemoApp app;
    private final String authorization;

    Api(DemoApp app, String user) {
        this.app = app;
        String login = user + ":" + user;
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    Map<String, Object> settings() {
        return json(get(SETTINGS));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(app.url(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", authorization);
    }

    static Map<String, Object> json(HttpResponse<String> answer) {
        return JsonParserFactory.getJsonParser().parseMap(answer.body());
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
