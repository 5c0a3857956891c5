package io.autorecharge.examples.nemesis;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;

/** The HTTP endpoint of a node: the provider's webhooks, and commands of the parent process. */
final class NodeEndpoint {
    private final NodeWebhook webhook;
    private final Spender spender;
    private final AheadClock clock;
    private final HangingListener listener;

    NodeEndpoint(NodeWebhook webhook, Spender spender, AheadClock clock, HangingListener listener) {
        this.webhook = webhook;
        this.spender = spender;
        this.clock = clock;
        this.listener = listener;
    }

    int start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/", this::answer);
        server.start();
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String text = new String(body, StandardCharsets.UTF_8);
        int status = 200;
        switch (exchange.getRequestURI().getPath()) {
            case "/webhook" ->
                status = webhook.take(body, exchange.getRequestHeaders().getFirst("Stripe-Signature"));
            case "/ahead" -> clock.ahead(Duration.parse(text));
            case "/hang" -> listener.hang(Duration.parse(text));
            case "/debit" -> status = spender.debit(text.split(" ")) ? 200 : 503;
            case "/quiet" -> status = spender.stopAndResolve() ? 200 : 503;
            default -> status = 404;
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
