package io.autorecharge.spring;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A host's application on a port and a database of its own, and a client of it. */
final class RunningApp implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();

    private RunningApp(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static RunningApp start(Class<?> source, String... properties) {
        String[] own = {
            "server.port=0",
            "server.error.include-message=always",
            "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
            "autorecharge.scheduler.enabled=false",
            // Tests send more requests than a person does.
            "autorecharge.requests.per-minute=1000000"
        };
        Map<String, String> last = new LinkedHashMap<>();
        Stream.concat(Stream.of(own), Stream.of(properties))
                .forEach(property -> last.put(property.split("=", 2)[0], property));
        String[] arguments =
                last.values().stream().map(property -> "--" + property).toArray(String[]::new);
        return new RunningApp(SpringApplication.run(source, arguments));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    boolean has(Class<?> type) {
        return context.getBeanProvider(type).getIfAvailable() != null;
    }

    String url(String path) {
        return "http://localhost:" + context.getEnvironment().getProperty("local.server.port") + path;
    }

    HttpResponse<String> get(String user, String path) {
        return send(as(user, path).GET());
    }

    HttpResponse<String> post(String user, String path, String json) {
        return send(as(user, path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json, StandardCharsets.UTF_8)));
    }

    HttpResponse<String> send(String method, String user, String path, String contentType, BodyPublisher body) {
        HttpRequest.Builder request = as(user, path).method(method, body);
        return send(contentType == null ? request : request.header("Content-Type", contentType));
    }

    /** @param user whose password is the name; null for a request without a login */
    HttpRequest.Builder as(String user, String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url(path))).timeout(Duration.ofSeconds(20));
        if (user != null) {
            byte[] login = (user + ":" + user).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
        }
        return request;
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Opens a checkout that enables auto-recharge, and pays it. @return the answer to the request for the checkout */
    String buys(String user, int credits) throws IOException {
        HttpResponse<String> answer =
                post(user, Endpoints.CHECKOUT, "{\"credits\":" + credits + ",\"enable_auto_recharge\":true}");
        if (answer.statusCode() != 200) {
            throw new AssertionError("no page: " + answer.body());
        }
        String page = new ObjectMapper().readTree(answer.body()).get("url").textValue();
        pays(page);
        return answer.body();
    }

    /** Pays a checkout of the simulator. */
    void pays(String page) {
        HttpResponse<String> paid = send(HttpRequest.newBuilder(URI.create(page))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "number=4242424242424242&expiry=12%2F99&cvc=123&email=alice%40example.org&terms=on")));
        if (paid.statusCode() != 303) {
            throw new AssertionError("not paid: " + paid.body());
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
