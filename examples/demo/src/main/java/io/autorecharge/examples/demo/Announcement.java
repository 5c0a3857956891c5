package io.autorecharge.examples.demo;

import io.autorecharge.stripe.simulator.StripeSimulator;
import io.autorecharge.stripe.simulator.WebhookEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Once the port is known, sends it to the simulator, which delivers webhooks there, and logs the address of the pages. */
@Component
final class Announcement {
    private static final Logger log = LoggerFactory.getLogger(Announcement.class);

    private final Environment environment;
    private final ObjectProvider<StripeSimulator> simulator;

    Announcement(Environment environment, ObjectProvider<StripeSimulator> simulator) {
        this.environment = environment;
        this.simulator = simulator;
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        String port = environment.getProperty("local.server.port");
        if (port == null) {
            return;
        }
        String url = "http://localhost:" + port;
        String secret = environment.getProperty(StripeOrSimulator.WEBHOOK_SECRET, "");
        StripeSimulator started = simulator.getIfAvailable();
        if (started != null) {
            started.webhooks().endpoints(WebhookEndpoint.of(url + "/api/credits/webhook", secret));
        }
        log.info(
                "Open {} and sign in as alice/alice or bob/bob. Payments: {}.",
                url,
                started == null ? "Stripe's test mode" : "built-in Stripe simulator at " + started.baseUrl());
    }
}
