package io.autorecharge.stripe.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For the simulator's own tests: a new simulator at a fixed time for each test method, and a plain HTTP client. */
final class RawStripeExtension implements BeforeEachCallback, AfterEachCallback {

    static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    StripeSimulator simulator;
    RawStripe stripe;

    @Override
    public void beforeEach(ExtensionContext context) {
        simulator = StripeSimulator.start(SimulatorOptions.defaults()
                .withClock(Clock.fixed(NOW, ZoneOffset.UTC))
                .withWebhookRetries(Duration.ofMillis(5), Duration.ofMillis(5)));
        stripe = new RawStripe(simulator);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        simulator.close();
    }
}
