package io.autorecharge.stripe.simulator;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signs and sends events, one at a time per endpoint, and retries unless the status is 2xx. Each attempt has its own signature. */
final class WebhookSender implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WebhookSender.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Clock clock;
    private final String apiVersion;
    private final List<Duration> retries;
    private final Queue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
    private final Map<WebhookEndpoint, ExecutorService> lanes = new ConcurrentHashMap<>();
    private final ScheduledExecutorService later =
            Executors.newSingleThreadScheduledExecutor(Threads.named("webhook-retry"));
    private final Pending pending = new Pending();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .executor(Executors.newCachedThreadPool(Threads.named("webhook-http")))
            .build();

    WebhookSender(Clock clock, String apiVersion, List<Duration> retries) {
        this.clock = clock;
        this.apiVersion = apiVersion;
        this.retries = retries;
    }

    List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    boolean awaitIdle(Duration atMost) throws InterruptedException {
        return pending.awaitNone(atMost);
    }

    void send(Event event, WebhookEndpoint endpoint) {
        pending.add();
        lane(endpoint, () -> attempt(event, endpoint, 1));
    }

    private void lane(WebhookEndpoint endpoint, Runnable task) {
        try {
            lanes.computeIfAbsent(endpoint, any -> Executors.newSingleThreadExecutor(Threads.named("webhook")))
                    .execute(task);
        } catch (RejectedExecutionException closed) {
            pending.remove();
        }
    }

    private void attempt(Event event, WebhookEndpoint endpoint, int attempt) {
        Delivery delivery = new Delivery(event.id(), event.type(), endpoint.url(), attempt, post(event, endpoint));
        deliveries.add(delivery);
        if (delivery.arrived() || attempt > retries.size()) {
            pending.remove();
            return;
        }
        try {
            ScheduledFuture<?> unused = later.schedule(
                    () -> lane(endpoint, () -> attempt(event, endpoint, attempt + 1)),
                    retries.get(attempt - 1).toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            pending.remove();
        }
    }

    private int post(Event event, WebhookEndpoint endpoint) {
        String body = Json.text(event.json(apiVersion));
        HttpRequest request = HttpRequest.newBuilder(endpoint.url())
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "Stripe/1.0 (simulator)")
                .header("Stripe-Signature", WebhookSignature.header(endpoint.secrets(), clock.instant(), body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            log.info("Webhook {} did not reach {}: {}", event.type(), endpoint.url(), e.toString());
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    @Override
    public void close() {
        later.shutdownNow();
        lanes.values().forEach(ExecutorService::shutdownNow);
        http.executor().ifPresent(executor -> ((ExecutorService) executor).shutdownNow());
    }
}
