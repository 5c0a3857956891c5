package io.autorecharge.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.InMemoryStore;
import io.autorecharge.stripe.WebhookResult.ChargeReported;
import io.autorecharge.stripe.WebhookResult.CheckoutReported;
import io.autorecharge.stripe.WebhookResult.ReversalsReported;
import io.autorecharge.stripe.simulator.WebhookEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A host that sells 100 credits for 9 dollars, with a webhook, on a simulated Stripe. Nothing runs in the background. */
final class StripeHost implements AutoCloseable {
    static final Money PRICE = Money.of("9.00", "USD");

    final SimulatedStripe stripe = new SimulatedStripe();
    final InMemoryStore store = new InMemoryStore();
    final List<AutoRechargeEvent> events = new CopyOnWriteArrayList<>();
    final AutoRecharge library = AutoRecharge.builder(
                    RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, PRICE))), store, stripe.gateway)
            .listener(events::add)
            .afterCommit(task -> {})
            .build();
    private final StripeWebhook webhook = new StripeWebhook(stripe.settings, stripe.gateway, Clock.systemUTC());
    private final HttpServer endpoint = listen();

    StripeHost() {
        String url = "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/";
        stripe.simulator.webhooks().endpoints(WebhookEndpoint.of(url, SimulatedStripe.WEBHOOK_SECRET));
    }

    /** Waits until every event has arrived and was settled. */
    void delivered() throws InterruptedException {
        assertThat(stripe.simulator.webhooks().awaitIdle(Duration.ofSeconds(20)))
                .isTrue();
    }

    private HttpServer listen() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                byte[] body = exchange.getRequestBody().readNBytes(StripeWebhook.MAX_BODY_BYTES + 1);
                settle(webhook.handle(body, exchange.getRequestHeaders().getFirst("Stripe-Signature")));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void settle(WebhookResult result) {
        if (result instanceof ChargeReported charge) {
            library.settle(charge.account(), charge.attempt(), charge.outcome());
        } else if (result instanceof CheckoutReported checkout) {
            library.settle(checkout.account(), checkout.checkout(), checkout.outcome());
        } else if (result instanceof ReversalsReported reversals) {
            library.settle(reversals.account(), reversals.report());
        }
    }

    @Override
    public void close() {
        library.close();
        endpoint.stop(0);
        stripe.close();
    }
}
