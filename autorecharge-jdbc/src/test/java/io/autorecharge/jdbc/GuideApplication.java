package io.autorecharge.jdbc;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.testkit.FakeGateway;
import io.autorecharge.testkit.SettableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The guide's application: its packages on its table, and a provider that accepts every card. */
final class GuideApplication {
    private final SettableClock clock = new SettableClock();
    private final FakeGateway gateway = new FakeGateway(clock);
    private final AutoRecharge library;

    GuideApplication(JdbcStore store) {
        RechargePolicy policy = RechargePolicy.ofDefaults(PackageCatalog.of(
                new CreditPackage(50, Money.of("5.00", "USD")), new CreditPackage(100, Money.of("9.00", "USD"))));
        library = AutoRecharge.builder(policy, store, gateway)
                .clock(clock)
                .afterCommit(task -> {})
                .build();
    }

    /** The job. @return whom it charged since this application began */
    List<AccountId> run() {
        library.runOnce();
        return gateway.captures().stream().map(FakeGateway.Capture::account).toList();
    }

    /** A file of the test's resources. */
    static String resource(String name) throws IOException {
        try (var in = GuideApplication.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
