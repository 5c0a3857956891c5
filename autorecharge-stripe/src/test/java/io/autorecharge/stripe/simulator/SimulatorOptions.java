package io.autorecharge.stripe.simulator;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The options of a simulator. Immutable; each {@code with} method returns a copy.
 *
 * @param port the port on the loopback address; 0 selects a free one
 * @param secretKeys the accepted API keys; any other gets a 401
 * @param webhooks the endpoints that receive events; use {@link Webhooks#endpoints} if the URL is not known yet
 * @param webhookRetries how long to wait before each retry of a delivery; no retry follows the last one
 * @param clock for timestamps, signatures and the lifetime of idempotency keys; use the same in the code under test
 * @param latency the delay of every API call
 * @param apiVersion the API version of events, and of responses to requests without a version
 */
public record SimulatorOptions(
        int port,
        Set<String> secretKeys,
        List<WebhookEndpoint> webhooks,
        List<Duration> webhookRetries,
        Clock clock,
        Duration latency,
        String apiVersion) {

    /** The API key of {@link #defaults()}. */
    public static final String SECRET_KEY = "sk_test_simulator";

    /** @throws IllegalArgumentException if the port or the latency is out of range */
    public SimulatorOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 0 and 65535: " + port);
        }
        if (latency.isNegative()) {
            throw new IllegalArgumentException("latency must not be negative: " + latency);
        }
        secretKeys = Set.copyOf(secretKeys);
        webhooks = List.copyOf(webhooks);
        webhookRetries = List.copyOf(webhookRetries);
    }

    /** A free port, {@link #SECRET_KEY}, no webhook endpoint, three retries, the system clock and no latency. */
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

    /** A copy with this port. */
    public SimulatorOptions withPort(int newPort) {
        return new SimulatorOptions(newPort, secretKeys, webhooks, webhookRetries, clock, latency, apiVersion);
    }

    /** A copy with these API keys instead of the default one. */
    public SimulatorOptions withSecretKeys(String... newKeys) {
        return new SimulatorOptions(port, Set.of(newKeys), webhooks, webhookRetries, clock, latency, apiVersion);
    }

    /** A copy with one endpoint that receives all events. */
    public SimulatorOptions withWebhook(String url, String secret) {
        List<WebhookEndpoint> endpoint = List.of(WebhookEndpoint.of(url, secret));
        return new SimulatorOptions(port, secretKeys, endpoint, webhookRetries, clock, latency, apiVersion);
    }

    /** A copy with these waits before the retries of a delivery. */
    public SimulatorOptions withWebhookRetries(Duration... waits) {
        return new SimulatorOptions(port, secretKeys, webhooks, List.of(waits), clock, latency, apiVersion);
    }

    /** A copy with this clock. */
    public SimulatorOptions withClock(Clock newClock) {
        return new SimulatorOptions(port, secretKeys, webhooks, webhookRetries, newClock, latency, apiVersion);
    }

    /** A copy with this delay of every API call. */
    public SimulatorOptions withLatency(Duration newLatency) {
        return new SimulatorOptions(port, secretKeys, webhooks, webhookRetries, clock, newLatency, apiVersion);
    }

    /** A copy with this API version. */
    public SimulatorOptions withApiVersion(String newVersion) {
        return new SimulatorOptions(port, secretKeys, webhooks, webhookRetries, clock, latency, newVersion);
    }
}
