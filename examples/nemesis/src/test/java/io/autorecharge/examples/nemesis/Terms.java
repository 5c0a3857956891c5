package io.autorecharge.examples.nemesis;

import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.policy.BackOff;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.Limits;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.Timing;
import io.autorecharge.stripe.StripeGateway;
import io.autorecharge.stripe.StripeSettings;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import java.time.Duration;

/** The settings of all nodes: as in a host, but shorter, so that leases, limits and back-offs end many times per minute. */
final class Terms {
    static final String WEBHOOK_SECRET = "whsec_nemesis";
    static final String CONSENT = "v1";
    static final int PACKAGE = 50;
    static final Credits BONUS = Credits.of(20);
    static final Duration LEASE = Duration.ofSeconds(4);

    /** Five of these fit into a lease. */
    static final Duration PATIENCE = Duration.ofMillis(800);

    /** No account ever chooses a higher threshold. */
    static final int HIGHEST_THRESHOLD = 25;

    static final RechargePolicy POLICY = RechargePolicy.builder(PackageCatalog.of(
                    new CreditPackage(PACKAGE, Money.of("5.00", "USD")),
                    new CreditPackage(100, Money.of("9.00", "USD"))))
            .limits(Limits.ofDefaults().withCooldown(Duration.ofMillis(400)).withPurchases(8, Duration.ofSeconds(20)))
            .backOff(BackOff.exponential(Duration.ofSeconds(1), 2, 3))
            .velocityAlarm(null)
            .build();

    static final Timing TIMING = Timing.ofDefaults()
            .withLease(LEASE)
            .withPoll(Duration.ofMillis(200))
            .withSweep(Duration.ofSeconds(5));

    private Terms() {}

    /** @param patience how long a request may take */
    static StripeSettings stripe(String baseUrl, Duration patience) {
        return StripeSettings.builder(
                        SimulatorOptions.SECRET_KEY, "https://host.example/done", "https://host.example/back")
                .webhookSecrets(java.util.List.of(WEBHOOK_SECRET))
                .apiBase(baseUrl)
                .connectTimeout(patience)
                .readTimeout(patience)
                .build();
    }

    static StripeGateway gateway(String baseUrl) {
        return new StripeGateway(stripe(baseUrl, PATIENCE));
    }
}
