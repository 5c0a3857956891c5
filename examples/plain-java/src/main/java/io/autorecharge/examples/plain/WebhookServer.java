package io.autorecharge.examples.plain;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.autorecharge.AutoRecharge;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.store.StoreException;
import io.autorecharge.store.UnknownAccountException;
import io.autorecharge.stripe.StripeWebhook;
import io.autorecharge.stripe.WebhookResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Receives Stripe's webhook calls with the JDK's HTTP server, behind a proxy that terminates TLS. It answers only after the report has been
 * committed, so Stripe sends every other event again.
 */
final class WebhookServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WebhookServer.class.getName());
    private static final int THREADS = 4;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int SEND_AGAIN = 503;

    private final StripeWebhook webhook;
    private final AutoRecharge autoRecharge;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    private WebhookServer(StripeWebhook webhook, AutoRecharge autoRecharge, HttpServer server) {
        this.webhook = webhook;
        this.autoRecharge = autoRecharge;
        this.server = server;
    }

    /** Listens on this port of the loopback address; 0 takes a free one. */
    static WebhookServer start(StripeWebhook webhook, AutoRecharge autoRecharge, int port) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        WebhookServer server = new WebhookServer(webhook, autoRecharge, http);
        http.createContext("/stripe/webhook", server::answer);
        http.setExecutor(server.threads);
        http.start();
        return server;
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/stripe/webhook";
    }

    /** Everything that a host has to do, whatever its HTTP server is. */
    private int handle(byte[] body, @Nullable String signatureHeader) {
        WebhookResult result = webhook.handle(body, signatureHeader);
        if (result instanceof WebhookResult.Reported reported) {
            autoRecharge.settle(reported.report());
        }
        return result instanceof WebhookResult.Rejected ? 400 : 200;
    }

    private int status(byte[] body, @Nullable String signatureHeader) {
        try {
            return handle(body, signatureHeader);
        } catch (UnknownAccountException e) {
            // Sending the event again would not bring the account back.
            LOG.log(System.Logger.Level.ERROR, "A webhook event is about an unknown account", e);
            return 200;
        } catch (GatewayException | StoreException e) {
            LOG.log(System.Logger.Level.WARNING, "A webhook event could not be settled; Stripe will send it again", e);
            return SEND_AGAIN;
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try {
            if (!exchange.getRequestMethod().equals("POST")) {
                exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, -1);
                return;
            }
            // One byte beyond the limit is enough for a body to be rejected as too large.
            byte[] body = exchange.getRequestBody().readNBytes(StripeWebhook.MAX_BODY_BYTES + 1);
            String signatureHeader = exchange.getRequestHeaders().getFirst("Stripe-Signature");
            exchange.sendResponseHeaders(status(body, signatureHeader), -1);
        } finally {
            exchange.close();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
