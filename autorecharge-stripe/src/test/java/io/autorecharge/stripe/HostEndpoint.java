package io.autorecharge.stripe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.autorecharge.AutoRecharge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A webhook endpoint without a framework. It settles accepted events before it responds. */
public final class HostEndpoint implements AutoCloseable {
    private final StripeWebhook webhook;
    private final AutoRecharge library;
    private final List<WebhookResult> results = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    public HostEndpoint(StripeWebhook webhook, AutoRecharge library) {
        this.webhook = webhook;
        this.library = library;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** The result of each call, in order. */
    List<WebhookResult> results() {
        return List.copyOf(results);
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(StripeWebhook.MAX_BODY_BYTES + 1);
        int status;
        try {
            WebhookResult result =
                    webhook.handle(body, exchange.getRequestHeaders().getFirst("Stripe-Signature"));
            if (result instanceof WebhookResult.Reported reported) {
                library.settle(reported.report());
            }
            results.add(result);
            status = result instanceof WebhookResult.Rejected ? 400 : 200;
        } catch (RuntimeException e) {
            status = 503;
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
