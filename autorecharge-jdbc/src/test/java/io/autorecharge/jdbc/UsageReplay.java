package io.autorecharge.jdbc;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.SmartThreshold;
import io.autorecharge.policy.ThresholdMode;
import io.autorecharge.testkit.FakeGateway;
import io.autorecharge.testkit.Reports;
import io.autorecharge.testkit.SettableClock;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * Replays recorded use: each hour the payments arrive that are due, then every account uses the credits of this hour, and then the due accounts are
 * processed once. A payment arrives some hours after the charge was sent, as the provider's report.
 */
final class UsageReplay implements AutoCloseable {
    private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final Settings SETTINGS = new Settings(true, 100, Credits.of(10));
    private static final Credits OPENING = Credits.of(100);
    private static final int MOST_ENTRIES = 1000;

    private final SettableClock clock = new SettableClock();
    private final FakeGateway gateway = new FakeGateway(clock);
    private final List<Replayed> accounts = new ArrayList<>();
    private final List<Payment> underWay = new ArrayList<>();
    private final Duration arrival;
    private final AutoRecharge library;

    /** @param arrival how long a payment takes; zero for one that is paid at once */
    UsageReplay(DataSource database, Duration arrival, ThresholdMode mode, SmartThreshold smart) {
        this.arrival = arrival;
        RechargePolicy policy = RechargePolicy.builder(
                        PackageCatalog.of(new CreditPackage(100, Money.of("9.00", "USD"))))
                .thresholdMode(mode)
                .smartThreshold(smart)
                .build();
        library = AutoRecharge.builder(policy, JdbcStore.of(database), gateway)
                .clock(clock)
                .afterCommit(task -> {})
                .callsPerSecond(100_000)
                .build();
        clock.set(MONDAY);
        if (!arrival.isZero()) {
            gateway.decideBy(this::send);
        }
    }

    /** An account, and the times of the debits that were refused. */
    record Replayed(AccountId id, RecordedUsage usage, List<Instant> refused) {}

    private record Payment(ChargeRequest request, Instant arrivesAt) {}

    /**
     * What happened to an account.
     *
     * @param refused debits that the balance did not cover
     * @param atZero hours that ended without credits
     * @param recharges payments that were captured
     * @param held the credits on the account at the end of an hour, on average
     */
    record Result(int refused, long atZero, long recharges, BigDecimal held) {}

    /** An account with a card, a threshold of 10 and a package of 100 credits. */
    Replayed add(RecordedUsage usage) {
        AccountId id = AccountId.of(usage.name());
        library.grant(new Grant(id, OPENING, Category.PROMOTIONAL, "welcome", "Welcome"));
        library.savePaymentMethod(id, new PaymentMethod("cus_" + id, "pm_" + id, "visa", "4242", "fp_" + id));
        library.configure(id, SETTINGS, "v1");
        Replayed account = new Replayed(id, usage, new ArrayList<>());
        accounts.add(account);
        return account;
    }

    void run() {
        for (int hour = 0; hour < RecordedUsage.HOURS; hour++) {
            clock.set(atHour(hour));
            arrive();
            for (Replayed account : accounts) {
                use(account, account.usage().perHour().get(hour), hour);
            }
            if (!library.runOnce().isHealthy()) {
                throw new IllegalStateException("accounts could not be processed in hour " + hour);
            }
        }
    }

    Instant now() {
        return clock.instant();
    }

    private static Instant atHour(int hour) {
        return MONDAY.plus(Duration.ofHours(hour));
    }

    /** One job. When the balance does not cover it, what is left is used nevertheless, as a product with many small jobs would. */
    private void use(Replayed account, Credits credits, int hour) {
        if (!credits.isPositive()) {
            return;
        }
        DebitResult result = library.debit(Debit.of(account.id(), credits, "hour-" + hour, null));
        if (result instanceof DebitResult.Refused refused) {
            account.refused().add(clock.instant());
            if (refused.balance().isPositive()) {
                library.debit(Debit.of(account.id(), refused.balance(), "rest-" + hour, null));
            }
        }
    }

    private void send(ChargeRequest request) {
        gateway.processNext();
        underWay.add(new Payment(request, clock.instant().plus(arrival)));
    }

    private void arrive() {
        List<Payment> arrived = underWay.stream()
                .filter(it -> !it.arrivesAt().isAfter(clock.instant()))
                .toList();
        underWay.removeAll(arrived);
        for (Payment payment : arrived) {
            library.settle(Reports.charge(
                    payment.request(), gateway.finish(payment.request().attempt(), true)));
        }
    }

    /** Read from the ledger and from the provider's own record. */
    Result result(Replayed account) {
        List<Credits> balances = balances(account.id());
        BigDecimal sum = balances.stream().map(Credits::toBigDecimal).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Result(
                account.refused().size(),
                balances.stream().filter(Credits::isZero).count(),
                gateway.captures().stream()
                        .filter(it -> it.account().equals(account.id()))
                        .count(),
                sum.divide(BigDecimal.valueOf(balances.size()), 0, RoundingMode.HALF_UP));
    }

    /** At the end of each hour. */
    private List<Credits> balances(AccountId id) {
        NavigableMap<Instant, Credits> after = new TreeMap<>();
        List<LedgerEntry> entries = library.entries(id, MOST_ENTRIES);
        if (entries.size() == MOST_ENTRIES) {
            throw new IllegalStateException("the first entries of " + id + " were not read");
        }
        // Newest first: of one time, the first counts.
        entries.forEach(entry -> after.putIfAbsent(entry.createdAt(), entry.balanceAfter()));
        List<Credits> balances = new ArrayList<>();
        for (int hour = 0; hour < RecordedUsage.HOURS; hour++) {
            balances.add(after.floorEntry(atHour(hour)).getValue());
        }
        return balances;
    }

    @Override
    public void close() {
        library.close();
    }
}
