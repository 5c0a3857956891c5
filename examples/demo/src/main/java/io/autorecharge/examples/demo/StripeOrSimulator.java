package io.autorecharge.examples.demo;

import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.stripe.simulator.StripeSimulator;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * With a test key the demo calls Stripe. Without a key it starts a Stripe simulator in its own process, so that it runs without an account.
 * It refuses a live key, because the passwords of its users are public.
 */
final class StripeOrSimulator implements ApplicationContextInitializer<GenericApplicationContext> {
    static final String SECRET_KEY = "autorecharge.stripe.secret-key";
    static final String WEBHOOK_SECRET = "autorecharge.stripe.webhook-secret";
    static final String API_BASE = "autorecharge.stripe.api-base";

    @Override
    public void initialize(GenericApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        String key = environment.getProperty(SECRET_KEY, "").strip();
        if (key.isEmpty()) {
            simulate(context, environment);
        } else if (key.startsWith("sk_live_") || key.startsWith("rk_live_")) {
            throw new IllegalStateException(
                    "STRIPE_SECRET_KEY is a live key. This demo has users with well-known passwords and takes keys of Stripe's"
                            + " test mode only (sk_test_ or rk_test_); leave it empty to use the built-in simulator.");
        }
    }

    private static void simulate(GenericApplicationContext context, ConfigurableEnvironment environment) {
        String webhookSecret = "whsec_" + UUID.randomUUID();
        StripeSimulator simulator = StripeSimulator.start(SimulatorOptions.defaults());
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "stripe-simulator",
                        Map.of(
                                SECRET_KEY,
                                SimulatorOptions.SECRET_KEY,
                                WEBHOOK_SECRET,
                                webhookSecret,
                                API_BASE,
                                simulator.baseUrl())));
        context.registerBean(StripeSimulator.class, () -> simulator);
    }
}
