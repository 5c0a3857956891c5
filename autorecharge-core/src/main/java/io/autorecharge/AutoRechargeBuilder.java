package io.autorecharge;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Range;
import io.autorecharge.event.AutoRechargeListener;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.PaymentHistoryGateway;
import io.autorecharge.internal.event.SafeObserver;
import io.autorecharge.internal.schedule.AccountWorkers;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.Timing;
import io.autorecharge.store.AfterCommit;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.RechargeStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects the optional settings of an {@link AutoRecharge}. Not thread-safe. */
public final class AutoRechargeBuilder {
    /** Concurrent checks by default: far fewer than a pool of database connections should hold, and enough for the provider's rate. */
    public static final int DEFAULT_CONCURRENCY = 8;

    /** Calls to the provider per second by default: below the 25 per endpoint that Stripe documents. */
    public static final int DEFAULT_CALLS_PER_SECOND = 20;

    /** How often a balance of an external ledger is compared with its threshold by default: as often as the seed's job does. */
    public static final Duration DEFAULT_BALANCE_CHECK = Duration.ofHours(1);

    /** How often the provider is asked for refunds and disputes that no webhook reported, by default. */
    public static final Duration DEFAULT_REVERSAL_CHECK = Duration.ofHours(1);

    private static final int MAX_CONCURRENCY = 1000;
    private static final int MAX_CALLS_PER_SECOND = 100_000;
    private static final int MAX_CHECK_DAYS = 30;

    final RechargePolicy policy;
    final RechargeStore store;
    final Ledger ledger;
    final Gateway gateway;

    @Nullable
    CheckoutGateway checkout;

    @Nullable
    PaymentHistoryGateway paymentHistory;

    final List<AutoRechargeListener> listeners = new ArrayList<>();
    AutoRechargeObserver observer = AutoRechargeObserver.NONE;
    Timing timing = Timing.ofDefaults();
    Clock clock = Clock.systemUTC();
    Supplier<String> ids = () -> UUID.randomUUID().toString();
    LongSupplier nanos = System::nanoTime;
    IntFunction<ExecutorService> pool = AccountWorkers::pool;
    AfterCommit afterCommit = AfterCommit.IMMEDIATELY;
    boolean chargeImmediately = true;
    int concurrency = DEFAULT_CONCURRENCY;
    int callsPerSecond = DEFAULT_CALLS_PER_SECOND;
    Duration balanceCheck = DEFAULT_BALANCE_CHECK;
    Duration reversalCheck = DEFAULT_REVERSAL_CHECK;

    AutoRechargeBuilder(RechargePolicy policy, RechargeStore store, Ledger ledger, Gateway gateway) {
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(ledger, "ledger");
        Objects.requireNonNull(gateway, "gateway");
        Money price = policy.packages().all().get(0).price();
        this.policy =
                policy.forProvider(gateway.minimumCharge(price.currency())).forLedger(ledger.smallest());
        this.store = Objects.requireNonNull(store, "store");
        this.ledger = ledger;
        this.gateway = gateway;
        this.checkout = gateway instanceof CheckoutGateway both ? both : null;
        this.paymentHistory = gateway instanceof PaymentHistoryGateway both ? both : null;
    }

    /** The port for checkouts. Default: the gateway, when it implements this port too. */
    public AutoRechargeBuilder checkout(CheckoutGateway value) {
        checkout = Objects.requireNonNull(value, "checkout");
        return this;
    }

    /** The port for the provider's payment history. Default: the gateway, when it implements this port too. */
    public AutoRechargeBuilder paymentHistory(PaymentHistoryGateway value) {
        paymentHistory = Objects.requireNonNull(value, "paymentHistory");
        return this;
    }

    /** Adds a listener for events. */
    public AutoRechargeBuilder listener(AutoRechargeListener value) {
        listeners.add(Objects.requireNonNull(value, "listener"));
        return this;
    }

    /** Observes every decision and charge, for metrics. Its exceptions are logged and change nothing. */
    public AutoRechargeBuilder observer(AutoRechargeObserver value) {
        observer = new SafeObserver(Objects.requireNonNull(value, "observer"));
        return this;
    }

    /** The library's waits; default {@link Timing#ofDefaults}. */
    public AutoRechargeBuilder timing(Timing value) {
        timing = Objects.requireNonNull(value, "timing");
        return this;
    }

    /** The clock; default the system's, in UTC. */
    public AutoRechargeBuilder clock(Clock value) {
        clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /** Creates the ids of recharges, attempts and checkouts, which must be unique forever. Default: random UUIDs. */
    public AutoRechargeBuilder ids(Supplier<String> value) {
        ids = Objects.requireNonNull(value, "ids");
        return this;
    }

    /** For tests: nanoseconds by which calls to the provider are spaced. */
    AutoRechargeBuilder throttleClock(LongSupplier value) {
        nanos = value;
        return this;
    }

    /** For tests: creates the pool that runs checks, given the concurrency. */
    AutoRechargeBuilder pool(IntFunction<ExecutorService> value) {
        pool = value;
        return this;
    }

    /** How to wait for the host's commit before an account is checked; default {@link AfterCommit#IMMEDIATELY}. */
    public AutoRechargeBuilder afterCommit(AfterCommit value) {
        afterCommit = Objects.requireNonNull(value, "afterCommit");
        return this;
    }

    /**
     * Whether an account that crosses its threshold in this process is checked here and immediately; default true. With false it stays due for
     * the background scheduler, the next {@link AutoRecharge#runOnce} or another node. This is for a process that must not charge, such as one
     * that {@link AutoRecharge#reconcileSince reconciles a restored database}.
     */
    public AutoRechargeBuilder chargeImmediately(boolean value) {
        chargeImmediately = value;
        return this;
    }

    /**
     * Concurrent checks, from 1 to 1000; default {@value #DEFAULT_CONCURRENCY}. Each may use one database connection.
     *
     * @throws InvalidValueException when it is out of range
     */
    public AutoRechargeBuilder concurrency(int value) {
        concurrency = Range.between("concurrency", value, 1, MAX_CONCURRENCY);
        return this;
    }

    /**
     * Calls to the provider per second, from 1 to 100000; default {@value #DEFAULT_CALLS_PER_SECOND}.
     *
     * @throws InvalidValueException when it is out of range
     */
    public AutoRechargeBuilder callsPerSecond(int value) {
        callsPerSecond = Range.between("callsPerSecond", value, 1, MAX_CALLS_PER_SECOND);
        return this;
    }

    /**
     * With an external ledger: how often the balance of every account that is switched on and has a card is compared with its threshold, in
     * addition to the reported changes. Positive and at most 30 days; default 1 hour. Without an external ledger it has no effect.
     *
     * @throws InvalidValueException when it is out of range
     */
    public AutoRechargeBuilder balanceCheck(Duration value) {
        balanceCheck = Range.positive("balanceCheck", value, MAX_CHECK_DAYS);
        return this;
    }

    /**
     * How often the background scheduler and every {@link AutoRecharge#runOnce} search the provider's payment history for refunds and disputes
     * that no webhook reported. The first search goes back as far as the provider remembers, for Stripe 30 days. At most 30 days, zero for
     * never; default 1 hour.
     *
     * @throws InvalidValueException when it is out of range
     */
    public AutoRechargeBuilder reversalCheck(Duration value) {
        reversalCheck = Range.notNegative("reversalCheck", value, MAX_CHECK_DAYS);
        return this;
    }

    /** Nothing runs in the background until {@link AutoRecharge#start}. */
    public AutoRecharge build() {
        return new AutoRecharge(this);
    }
}
