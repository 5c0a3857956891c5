package io.autorecharge.examples.nemesis;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Accepts the provider's webhooks and forwards them to nodes: to any of them, late, twice, or never. Retries a few times what a node does
 * not accept. Thread-safe.
 */
final class Postman implements AutoCloseable {
    private static final int TRIES = 4;
    private static final List<String> FORWARDED = List.of("payment_intent.", "checkout.session.");

    /** How an event is forwarded. */
    interface Route {
        /** @return one delay in milliseconds for each delivery of an event about this account */
        long[] delays(String account);

        /** The port of the node that receives it; 0 if there is none. */
        int port(String account);
    }

    private final HttpServer server;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final AtomicLong delivered = new AtomicLong();
    private volatile Route route;

    Postman() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "postman");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::accept);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** @param value null drops all events, those in transit too */
    void route(Route value) {
        route = value;
    }

    /** How many webhooks nodes have accepted. */
    long delivered() {
        return delivered.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void accept(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String signature = exchange.getRequestHeaders().getFirst("Stripe-Signature");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
        JsonObject event =
                JsonParser.parseString(new String(body, StandardCharsets.UTF_8)).getAsJsonObject();
        Route now = route;
        String type = event.get("type").getAsString();
        JsonElement account = event.getAsJsonObject("data")
                .getAsJsonObject("object")
                .getAsJsonObject("metadata")
                .get("autorecharge_account");
        if (now == null || account == null || FORWARDED.stream().noneMatch(type::startsWith)) {
            return;
        }
        forward(body, signature, account.getAsString(), now);
    }

    private void forward(byte[] body, String signature, String account, Route now) {
        for (long delay : now.delays(account)) {
            later(delay, () -> forward(body, signature, account, 1));
        }
    }

    private void forward(byte[] body, String signature, String account, int attempt) {
        Route now = route;
        if (now == null) {
            return;
        }
        int port = now.port(account);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/webhook"))
                .timeout(Duration.ofSeconds(10))
                .header("Stripe-Signature", signature)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        http.sendAsync(request, HttpResponse.BodyHandlers.discarding()).whenComplete((answer, failure) -> {
            if (answer != null && answer.statusCode() == 200) {
                delivered.incrementAndGet();
            } else if (attempt < TRIES) {
                later(1000, () -> forward(body, signature, account, attempt + 1));
            }
        });
    }

    private static void later(long millis, Runnable task) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(task);
    }
}
