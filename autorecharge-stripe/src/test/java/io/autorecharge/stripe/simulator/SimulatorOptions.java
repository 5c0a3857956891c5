package io.autorecharge.stripe.simulator;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The options of a simulator. Immutable; each {@code with} method returns a copy.
 *
 * @param port to listen on, on the loopback address; 0 takes a free one
 * @param secretKeys the accepted API keys; any other gets a 401
 * @param webhooks where events are sent; also {@link Webhooks#endpoints} later, when the URL is known
 * @param webhookRetries the waits before each retry of a delivery
 * @param clock for timestamps, signatures and the life of idempotency keys; give the code under test the same
 * @param latency the delay of every API call
 * @param apiVersion of events, and of answers to requests that name none
 */
public record SimulatorOptions(
        int port,
        Set<String> secretKeys,
        List<WebhookEndpoint> webhooks,
        List<Duration> webhookRetries,
        Clock clock,
        Duration latency,
        String apiVersion) {

    /** The key of {@link #defaults()}. */
    public static final String SECRET_KEY = "sk_test_simulator";

    public SimulatorOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: between 0 and 65535, not " + port);
        }
        if (latency.isNegative()) {
            throw new IllegalArgumentException("latency: not negative, but is " + latency);
        }
        secretKeys = Set.copyOf(secretKeys);
        webhooks = List.copyOf(webhooks);
        webhookRetries = List.copyOf(webhookRetries);
    }

    public static SimulatorOptions defaults() {
        return new SimulatorOptions(
                0,
                Set.of(SECRET_KEY),
                List.of(),
                List.of(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(5)),
                Clock.systemUTC(),
                Duration.ZERO,
                "2026-07-29.dahlia");
    }

    public SimulatorOptions withPort(int newPort) {
        return new SimulatorOptions(newPort, secretKeys, webhooks, webhookRetries, clock, latency, apiVersion);
    }

    public SimulatorOptions withSecretKeys(String... newKeys) {
        return new SimulatorOptions(port, Set.of(newKeys), webhooks, webhookRetries, clock, latency, apiVersion);
    }

    public SimulatorOptions withWebhook(String url, String secret) {
        List<WebhookEndpoint> endpoint = List.of(WebhookEndpoint.of(url, secret));
        return new SimulatorOptions(port, secretKeys, endpoint, webhookRetries, clock, latency, apiVersion);
    }

    public SimulatorOptions withWebhookRetries(Duration... waits) {
        return new SimulatorOptions(port, secretKeys, webhooks, List.of(waits), clock, latency, apiVersion);
    }

    public SimulatorOptions withClock(Clock newClock) {
        return new SimulatorOptions(port, secretKeys, webhooks, webhookRetries, newClock, latency, apiVersion);
    }

    public SimulatorOptions withLatency(Duration newLatency) {
        return new SimulatorOptions(port, secretKeys, webhooks, webhookRetries, clock, newLatency, apiVersion);
    }

    public SimulatorOptions withApiVersion(String newVersion) {
        return new SimulatorOptions(port, secretKeys, webhooks, webhookRetries, clock, latency, newVersion);
    }
}
