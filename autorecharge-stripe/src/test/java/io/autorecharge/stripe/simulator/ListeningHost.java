package io.autorecharge.stripe.simulator;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A webhook endpoint of a host. It records the requests, and fails on demand. */
final class ListeningHost implements BeforeEachCallback, AfterEachCallback {

    record Received(String signature, String body) {
        JsonObject json() {
            return JsonParser.parseString(body).getAsJsonObject();
        }

        String type() {
            return json().get("type").getAsString();
        }

        String id() {
            return json().get("id").getAsString();
        }
    }

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private HttpServer server;

    List<Received> received() {
        return received;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    void failNext(int requests) {
        failures.set(requests);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", http -> {
            String body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(new Received(http.getRequestHeaders().getFirst("Stripe-Signature"), body));
            boolean fail = failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
            http.sendResponseHeaders(fail ? 500 : 200, -1);
            http.close();
        });
        server.start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        server.stop(0);
    }
}
