package io.autorecharge;

import io.autorecharge.internal.Engine;
import io.autorecharge.internal.EngineOptions;

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
    /** Accounts checked at the same time: fewer than a pool of database connections should hold, and enough for the provider's rate. */
    public static final int DEFAULT_CONCURRENCY = 8;

    /** Calls to the provider per second: below the 25 per endpoint that Stripe documents (docs.stripe.com/rate-limits). */
    public static final int DEFAULT_CALLS_PER_SECOND = 20;

    /** How often a balance in another service is compared with its threshold when nobody reports a change. */
    public static final Duration DEFAULT_BALANCE_CHECK = Duration.ofHours(1);

    /** How often the provider is asked for refunds and disputes that no webhook reported. */
    public static final Duration DEFAULT_REVERSAL_CHECK = Duration.ofHours(1);

    private final EngineOptions options;

    AutoRechargeBuilder(RechargePolicy policy, RechargeStore store, Ledger ledger, Gateway gateway) {
        Money price = policy.packages().all().get(0).price();
        RechargePolicy fitting =
                policy.forProvider(gateway.minimumCharge(price.currency())).forLedger(ledger.smallest());
        this.options = new EngineOptions(
                fitting,
                store,
                ledger,
                gateway,
                DEFAULT_CONCURRENCY,
                DEFAULT_CALLS_PER_SECOND,
                DEFAULT_BALANCE_CHECK,
                DEFAULT_REVERSAL_CHECK);
    }

    /** Creates checkout sessions; default is the gateway itself when it can. */
    public AutoRechargeBuilder checkout(CheckoutGateway value) {
        options.checkout = value;
        return this;
    }

    /** Reads the provider's payment history; default is the gateway itself when it can. */
    public AutoRechargeBuilder paymentHistory(PaymentHistoryGateway value) {
        options.paymentHistory = value;
        return this;
    }

    /** Adds a listener, which is notified of events after they are committed. */
    public AutoRechargeBuilder listener(AutoRechargeListener value) {
        options.listeners.add(value);
        return this;
    }

    /** Observes every decision and charge, for metrics. What it throws is logged and changes nothing. */
    public AutoRechargeBuilder observer(AutoRechargeObserver value) {
        options.observer = new SafeObserver(value);
        return this;
    }

    /** The protocol's waits; see {@link Timing#ofDefaults}. */
    public AutoRechargeBuilder timing(Timing value) {
        options.timing = value;
        return this;
    }

    /** Default the system's UTC clock. */
    public AutoRechargeBuilder clock(Clock value) {
        options.clock = value;
        return this;
    }

    /** Where ids of recharges, attempts and checkouts come from; they must be unique for ever. Default random UUIDs. */
    public AutoRechargeBuilder ids(Supplier<String> value) {
        options.ids = value;
        return this;
    }

    /** For tests: nanoseconds by which calls to the provider are spaced. */
    AutoRechargeBuilder rateLimiterClock(LongSupplier value) {
        options.nanos = value;
        return this;
    }

    /** For tests: what runs the checks, given how many at the same time. */
    AutoRechargeBuilder pool(IntFunction<ExecutorService> value) {
        options.pool = value;
        return this;
    }

    /** How a nudge waits for the host's commit; default at once. */
    public AutoRechargeBuilder afterCommit(AfterCommit value) {
        options.afterCommit = value;
        return this;
    }

    /**
     * Whether an account that crosses its threshold in this process is checked here, immediately; default true. With false it stays due, and
     * is left to the scheduler, the next {@link AutoRecharge#runOnce}, or another node: for a process that must charge nobody, such as one
     * that {@link AutoRecharge#reconcileSince brings a restored database up to date}.
     */
    public AutoRechargeBuilder chargeImmediately(boolean value) {
        options.chargeImmediately = value;
        return this;
    }

    /** Accounts checked at the same time, from 1 to 1000; default {@value #DEFAULT_CONCURRENCY}. Each may hold one database connection. */
    public AutoRechargeBuilder concurrency(int value) {
        if (value < 1 || value > 1000) {
            throw new IllegalArgumentException("concurrency must be from 1 to 1000: " + value);
        }
        options.concurrency = value;
        return this;
    }

    /** Calls to the provider per second, from 1 to 100000; default {@value #DEFAULT_CALLS_PER_SECOND}. */
    public AutoRechargeBuilder callsPerSecond(int value) {
        if (value < 1 || value > 100_000) {
            throw new IllegalArgumentException("calls per second must be from 1 to 100000: " + value);
        }
        options.callsPerSecond = value;
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
        options.balanceCheck = value;
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
        options.reversalCheck = value;
        return this;
    }

    /** Nothing runs in the background until {@link AutoRecharge#start}. */
    public AutoRecharge build() {
        return new AutoRecharge(new Engine(options), options.clock, options.afterCommit);
    }
}
