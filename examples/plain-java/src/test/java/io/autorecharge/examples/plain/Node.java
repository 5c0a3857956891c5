package io.autorecharge.examples.plain;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.Money;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.Timing;
import io.autorecharge.stripe.StripeGateway;
import io.autorecharge.stripe.StripeSettings;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import java.io.IOException;
import java.time.Duration;

/** A process of its own that recharges who is due, with a pool of its own, until it is ended or its standard input is. */
final class Node {
    static final RechargePolicy POLICY = RechargePolicy.ofDefaults(PackageCatalog.of(
            new CreditPackage(50, Money.of("5.00", "USD")), new CreditPackage(100, Money.of("9.00", "USD"))));

    private Node() {}

    /** @param args the database's URL and the simulator's */
    public static void main(String[] args) throws IOException {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(args[0]);
        pool.setUsername("postgres");
        pool.setMaximumPoolSize(8);
        try (HikariDataSource dataSource = new HikariDataSource(pool);
                AutoRecharge library = AutoRecharge.builder(POLICY, JdbcStore.of(dataSource), gateway(args[1]))
                        // Shorter than a user would have it, so that a dead node's accounts come back within the test.
                        .timing(Timing.ofDefaults()
                                .withLease(Duration.ofSeconds(3))
                                .withPoll(Duration.ofMillis(100)))
                        .callsPerSecond(10_000)
                        .build()) {
            library.start();
            System.out.println("started");
            while (System.in.read() >= 0) {
                // Whoever started this process ends it by closing the pipe, or by killing it.
            }
        }
    }

    static StripeGateway gateway(String simulator) {
        return new StripeGateway(StripeSettings.builder(
                        SimulatorOptions.SECRET_KEY, "https://host.example/done", "https://host.example/back")
                .apiBase(simulator)
                .readTimeout(Duration.ofSeconds(2))
                .build());
    }
}
