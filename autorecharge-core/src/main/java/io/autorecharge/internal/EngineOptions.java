package io.autorecharge.internal;

import io.autorecharge.event.AutoRechargeListener;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.MethodDetacher;
import io.autorecharge.gateway.PaymentHistoryGateway;
import io.autorecharge.gateway.ProviderClock;
import io.autorecharge.internal.account.Policies;
import io.autorecharge.internal.thread.LibraryThreads;
import io.autorecharge.policy.NegativeBalance;
import io.autorecharge.policy.PeopleLimits;
import io.autorecharge.policy.PolicySource;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.Retention;
import io.autorecharge.policy.Timing;
import io.autorecharge.policy.TotalLimits;
import io.autorecharge.store.AfterCommit;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.RechargeStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the builder has collected for the engine. Plain fields: the builder checks and documents each of them. */
public final class EngineOptions {
    /** The policy as the host made it. */
    public final RechargePolicy given;

    /** The same policy, made to fit the provider and the ledger. */
    public final RechargePolicy policy;

    /** Makes another policy fit. */
    public final UnaryOperator<RechargePolicy> fitting;

    public @Nullable PolicySource policySource;
    public final RechargeStore store;
    public final Ledger ledger;
    public final Gateway gateway;
    public final List<AutoRechargeListener> listeners = new ArrayList<>();

    /** The hash of each text that users agree to, by its version. */
    public final Map<String, String> consentTexts = new HashMap<>();

    public @Nullable CheckoutGateway checkout;
    public @Nullable PaymentHistoryGateway paymentHistory;
    public @Nullable InstallationId installation;
    public boolean serverMoves;

    /** Detaches payment methods that users remove; null when they stay attached. */
    public @Nullable MethodDetacher detacher;

    public AutoRechargeObserver observer = AutoRechargeObserver.NONE;
    public Timing timing = Timing.ofDefaults();
    public Clock clock = Clock.systemUTC();
    public Supplier<String> ids = () -> UUID.randomUUID().toString();
    public LongSupplier nanos = System::nanoTime;

    /** A clock that is never set, for waits within this process. */
    public LongSupplier monotonic = System::nanoTime;

    /** What runs calls to the gateway; null for bounded threads of the library. */
    public @Nullable Executor gatewayExecutor;

    /** What runs listeners; null for bounded threads of the library. */
    public @Nullable Executor listenerExecutor;

    public Duration listenerTimeout;
    public @Nullable ProviderClock providerClock;
    public Duration clockTolerance;
    public IntFunction<ExecutorService> pool = LibraryThreads::pool;
    public AfterCommit afterCommit = AfterCommit.IMMEDIATELY;
    public boolean chargeImmediately = true;
    public NegativeBalance negativeBalance = NegativeBalance.POST;
    public Retention retention = Retention.ofDefaults();
    public TotalLimits totalLimits = TotalLimits.none();
    public PeopleLimits people = PeopleLimits.ofDefaults();
    public int concurrency;
    public int callsPerSecond;
    public Duration balanceCheck;
    public Duration reversalCheck;

    public EngineOptions(
            RechargePolicy given,
            UnaryOperator<RechargePolicy> fitting,
            RechargeStore store,
            Ledger ledger,
            Gateway gateway,
            int concurrency,
            int callsPerSecond,
            Duration balanceCheck,
            Duration reversalCheck,
            Duration clockTolerance,
            Duration listenerTimeout) {
        this.given = given;
        this.fitting = fitting;
        this.policy = fitting.apply(given);
        this.store = store;
        this.ledger = ledger;
        this.gateway = gateway;
        this.checkout = gateway instanceof CheckoutGateway both ? both : null;
        this.paymentHistory = gateway instanceof PaymentHistoryGateway both ? both : null;
        this.providerClock = gateway instanceof ProviderClock both ? both : null;
        this.concurrency = concurrency;
        this.callsPerSecond = callsPerSecond;
        this.balanceCheck = balanceCheck;
        this.reversalCheck = reversalCheck;
        this.clockTolerance = clockTolerance;
        this.listenerTimeout = listenerTimeout;
    }

    Policies policies() {
        return new Policies(
                given,
                policy.forClocks(clockTolerance),
                policySource,
                it -> fitting.apply(it).forClocks(clockTolerance),
                monotonic);
    }
}
