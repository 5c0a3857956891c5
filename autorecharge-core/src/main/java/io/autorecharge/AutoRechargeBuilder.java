package io.autorecharge;

import io.autorecharge.credit.Money;
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
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what is optional. Not safe for use by several threads. */
public final class AutoRechargeBuilder {
    /** Looks at once: far fewer than a pool of database connections should hold, and enough for the provider's rate. */
    public static final int DEFAULT_CONCURRENCY = 8;

    /** Calls to the provider a second: below Stripe's documented 25 an endpoint. */
    public static final int DEFAULT_CALLS_PER_SECOND = 20;

    /** How often a balance that is elsewhere is compared with its threshold when nobody tells of a change: as the seed's job does. */
    public static final Duration DEFAULT_BALANCE_CHECK = Duration.ofHours(1);

    /** How often the provider is asked for refunds and disputes that no webhook told of. */
    public static final Duration DEFAULT_REVERSAL_CHECK = Duration.ofHours(1);

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
        Money price = policy.packages().all().get(0).price();
        this.policy =
                policy.forProvider(gateway.minimumCharge(price.currency())).forLedger(ledger.smallest());
        this.store = store;
        this.ledger = ledger;
        this.gateway = gateway;
        this.checkout = gateway instanceof CheckoutGateway both ? both : null;
        this.paymentHistory = gateway instanceof PaymentHistoryGateway both ? both : null;
    }

    /** Pages for purchases; default is the gateway itself when it can make them. */
    public AutoRechargeBuilder checkout(CheckoutGateway value) {
        checkout = value;
        return this;
    }

    /** Where the provider's own books are read; default is the gateway itself when it can. */
    public AutoRechargeBuilder paymentHistory(PaymentHistoryGateway value) {
        paymentHistory = value;
        return this;
    }

    /** Hears what happened; may be called several times. */
    public AutoRechargeBuilder listener(AutoRechargeListener value) {
        listeners.add(value);
        return this;
    }

    /** Sees every decision and charge, for metrics. What it throws is logged and changes nothing. */
    public AutoRechargeBuilder observer(AutoRechargeObserver value) {
        observer = new SafeObserver(value);
        return this;
    }

    /** The protocol's waits; see {@link Timing#ofDefaults}. */
    public AutoRechargeBuilder timing(Timing value) {
        timing = value;
        return this;
    }

    /** Default the system's UTC clock. */
    public AutoRechargeBuilder clock(Clock value) {
        clock = value;
        return this;
    }

    /** Where ids of recharges, attempts and checkouts come from; they must be unique for ever. Default random UUIDs. */
    public AutoRechargeBuilder ids(Supplier<String> value) {
        ids = value;
        return this;
    }

    /** For tests: nanoseconds by which calls to the provider are spaced. */
    AutoRechargeBuilder throttleClock(LongSupplier value) {
        nanos = value;
        return this;
    }

    /** For tests: what runs looks, given how many at once. */
    AutoRechargeBuilder pool(IntFunction<ExecutorService> value) {
        pool = value;
        return this;
    }

    /** How a nudge waits for the host's commit; default at once. */
    public AutoRechargeBuilder afterCommit(AfterCommit value) {
        afterCommit = value;
        return this;
    }

    /**
     * Whether what crosses the threshold here is looked at here and at once; default true. With false it stays due, and is left to the
     * background, the next {@link AutoRecharge#runOnce}, or another node: for a process that must charge nobody, such as one that brings
     * {@link AutoRecharge#reconcileSince a restored database} up to date.
     */
    public AutoRechargeBuilder chargeImmediately(boolean value) {
        chargeImmediately = value;
        return this;
    }

    /** Looks at once, from 1 to 1000; default {@value #DEFAULT_CONCURRENCY}. Each may hold one database connection. */
    public AutoRechargeBuilder concurrency(int value) {
        if (value < 1 || value > 1000) {
            throw new IllegalArgumentException("concurrency must be from 1 to 1000: " + value);
        }
        concurrency = value;
        return this;
    }

    /** Calls to the provider a second, from 1 to 100000; default {@value #DEFAULT_CALLS_PER_SECOND}. */
    public AutoRechargeBuilder callsPerSecond(int value) {
        if (value < 1 || value > 100_000) {
            throw new IllegalArgumentException("calls per second must be from 1 to 100000: " + value);
        }
        callsPerSecond = value;
        return this;
    }

    /**
     * With a ledger elsewhere: how often the balance of every account that is switched on and has a card is compared with its threshold, beside the
     * changes that are told of. More than zero and at most 30 days; default 1 hour. Without one it has no effect.
     */
    public AutoRechargeBuilder balanceCheck(Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException("balance check must be more than zero and at most 30 days: " + value);
        }
        balanceCheck = value;
        return this;
    }

    /**
     * How often the provider's books are searched for refunds and disputes that no webhook told of, by the background and by every
     * {@link AutoRecharge#runOnce}; the first time they are searched as far back as the provider remembers, for Stripe 30 days. At most 30
     * days, zero for never; default 1 hour.
     */
    public AutoRechargeBuilder reversalCheck(Duration value) {
        if (value.isNegative() || value.compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException("reversal check must be from zero to 30 days: " + value);
        }
        reversalCheck = value;
        return this;
    }

    /** Nothing runs in the background until {@link AutoRecharge#start}. */
    public AutoRecharge build() {
        return new AutoRecharge(this);
    }
}
