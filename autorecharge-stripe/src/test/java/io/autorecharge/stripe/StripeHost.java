package io.autorecharge.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.stripe.simulator.WebhookEndpoint;
import io.autorecharge.testkit.InMemoryStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A host that sells 100 credits for 9 dollars, with a webhook endpoint and a simulated Stripe. Nothing runs in the background. */
final class StripeHost implements AutoCloseable {
    static final Money PRICE = Money.of("9.00", "USD");

    final SimulatedStripe stripe = new SimulatedStripe();
    final InMemoryStore store = new InMemoryStore();
    final List<AutoRechargeEvent> events = new CopyOnWriteArrayList<>();
    final AutoRecharge library = AutoRecharge.builder(
                    RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, PRICE))), store, stripe.gateway)
            .callsPerSecond(100_000)
            .listenerExecutor(Runnable::run)
            .listener(events::add)
            .afterCommit(task -> {})
            .build();
    private final HostEndpoint endpoint =
            new HostEndpoint(new StripeWebhook(stripe.settings, stripe.gateway, Clock.systemUTC()), library);

    StripeHost() {
        stripe.simulator.webhooks().endpoints(WebhookEndpoint.of(endpoint.url(), SimulatedStripe.WEBHOOK_SECRET));
        // From here on, settling starts no work in the background: tests call check themselves.
        library.close();
    }

    /** Waits until every event was delivered and settled. */
    void awaitDeliveries() throws InterruptedException {
        assertThat(stripe.simulator.webhooks().awaitIdle(Duration.ofSeconds(20)))
                .isTrue();
    }

    @Override
    public void close() {
        library.close();
        endpoint.close();
        stripe.close();
    }
}
