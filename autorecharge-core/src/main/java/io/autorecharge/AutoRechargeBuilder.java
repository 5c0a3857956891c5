package io.autorecharge;

import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Range;
import io.autorecharge.credit.Text;
import io.autorecharge.event.AutoRechargeListener;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.MethodDetacher;
import io.autorecharge.gateway.PaymentHistoryGateway;
import io.autorecharge.internal.Engine;
import io.autorecharge.internal.EngineOptions;
import io.autorecharge.internal.account.ConsentLog;
import io.autorecharge.internal.event.SafeObserver;
import io.autorecharge.policy.NegativeBalance;
import io.autorecharge.policy.PeopleLimits;
import io.autorecharge.policy.PolicySource;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.Retention;
import io.autorecharge.policy.ThresholdMode;
import io.autorecharge.policy.Timing;
import io.autorecharge.policy.TotalLimits;
import io.autorecharge.store.AfterCommit;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.RechargeStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Currency;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Collects the optional settings of an {@link AutoRecharge}. Not thread-safe. */
public final class AutoRechargeBuilder {
    /** Accounts checked at the same time: fewer than a pool of database connections should hold, and enough for the provider's rate. */
    public static final int DEFAULT_CONCURRENCY = 8;

    /**
     * Calls to the provider per second: below the 25 per second per endpoint that Stripe documents (docs.stripe.com/rate-limits).
     */
    public static final int DEFAULT_CALLS_PER_SECOND = 20;

    /** How often a balance in another service is compared with its threshold if no change is reported. */
    public static final Duration DEFAULT_BALANCE_CHECK = Duration.ofHours(1);

    /** How often the provider is asked for refunds and disputes that no webhook reported. */
    public static final Duration DEFAULT_REVERSAL_CHECK = Duration.ofHours(1);

    /** How far the host's clock may differ from the provider's before nothing is charged. */
    public static final Duration DEFAULT_CLOCK_TOLERANCE = Duration.ofMinutes(10);

    /** How long a listener may take for one event. */
    public static final Duration DEFAULT_LISTENER_TIMEOUT = Duration.ofSeconds(30);

    private static final int MAX_TIMEOUT_DAYS = 1;
    private static final Duration MIN_CLOCK_TOLERANCE = Duration.ofMinutes(1);
    private static final Duration MAX_CLOCK_TOLERANCE = Duration.ofMinutes(30);
    private static final int MAX_CONCURRENCY = 1000;
    private static final int MAX_CALLS_PER_SECOND = 100_000;
    private static final int MAX_CHECK_DAYS = 30;

    private final EngineOptions options;

    AutoRechargeBuilder(RechargePolicy policy, RechargeStore store, Ledger ledger, Gateway gateway) {
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(ledger, "ledger");
        Objects.requireNonNull(gateway, "gateway");
        this.options = new EngineOptions(
                policy,
                it -> fitting(it, gateway, ledger.smallest(), ledger != store),
                store,
                ledger,
                gateway,
                DEFAULT_CONCURRENCY,
                DEFAULT_CALLS_PER_SECOND,
                DEFAULT_BALANCE_CHECK,
                DEFAULT_REVERSAL_CHECK,
                DEFAULT_CLOCK_TOLERANCE,
                DEFAULT_LISTENER_TIMEOUT);
    }

    private static RechargePolicy fitting(
            RechargePolicy policy, Gateway gateway, Credits smallest, boolean externalLedger) {
        if (externalLedger && policy.smartThreshold().isPresent()) {
            throw new InvalidValueException(
                    "thresholdMode",
                    ThresholdMode.SMART,
                    "cannot be used with balances in another service: that service alone knows when they cross a threshold");
        }
        Currency currency = policy.packages().all().get(0).price().currency();
        return policy.forProvider(gateway.minimumCharge(currency), gateway.maximumCharge(currency))
                .forLedger(smallest);
    }

    /**
     * Chooses the policy of each account. By default every account has the builder's policy. That one stays what applies to all: the threshold
     * of accounts that have chosen none, and whether a balance at the threshold is low.
     */
    public AutoRechargeBuilder policies(PolicySource value) {
        options.policySource = Objects.requireNonNull(value, "policies");
        return this;
    }

    /** Creates checkout sessions. Defaults to the gateway itself if it can. */
    public AutoRechargeBuilder checkout(CheckoutGateway value) {
        options.checkout = Objects.requireNonNull(value, "checkout");
        return this;
    }

    /**
     * The text that users agree to, so that each agreement to this version is recorded with the text's hash (SHA-256 of its UTF-8 bytes). The
     * text of an earlier version may be given as well, for agreements that are still being completed.
     *
     * @throws InvalidValueException for the field {@code consentText}, when the version is blank or too long, or the text is blank
     */
    public AutoRechargeBuilder consentText(String version, String text) {
        Text.require("consentText", version);
        if (text.isBlank()) {
            throw new InvalidValueException("consentText", text, "must not be blank");
        }
        options.consentTexts.put(version, ConsentLog.hash(text));
        return this;
    }

    /**
     * The id of this installation, which distinguishes it from all others that use the same account at the provider. All processes of one
     * application use the same id. By default the first process makes one and writes it into the database. Needed where the database was
     * restored from a backup that has no id yet. With another id than the database contains, {@link AutoRecharge#start} and every check throw
     * an {@link IllegalStateException} that names both.
     */
    public AutoRechargeBuilder installation(InstallationId value) {
        options.installation = Objects.requireNonNull(value, "installation");
        return this;
    }

    /**
     * Whether the database may be found on another server, or with new files, although it was not used for a while: a cluster behind one URL
     * for a process that runs now and then, for example. With true, address and files of the server are not compared with those of before, so a
     * copy of the files that answers at the same URL is not told from the original. Defaults to false.
     *
     * @see AutoRecharge#database
     */
    public AutoRechargeBuilder databaseServerMoves(boolean value) {
        options.serverMoves = value;
        return this;
    }

    /**
     * Whether a payment method that a user removes ({@link AutoRecharge#removePaymentMethod}) is detached at the provider too, so that nobody can charge
     * it again, also not by hand. Asked until it has succeeded; not while the database may be a copy ({@link AutoRecharge#database}). Methods that are
     * replaced or forgotten stay attached. Defaults to false.
     *
     * @throws io.autorecharge.credit.InvalidValueException with true, when the gateway is no {@link MethodDetacher}
     */
    public AutoRechargeBuilder detachRemovedMethods(boolean value) {
        if (value && !(options.gateway instanceof MethodDetacher)) {
            throw new InvalidValueException("detachRemovedMethods", true, "needs a gateway that can detach methods");
        }
        options.detacher = value ? (MethodDetacher) options.gateway : null;
        return this;
    }

    /** Reads the provider's payment history. Defaults to the gateway itself if it can. */
    public AutoRechargeBuilder paymentHistory(PaymentHistoryGateway value) {
        options.paymentHistory = Objects.requireNonNull(value, "paymentHistory");
        return this;
    }

    /** Adds a listener, which is notified of events after they are committed. */
    public AutoRechargeBuilder listener(AutoRechargeListener value) {
        options.listeners.add(Objects.requireNonNull(value, "listener"));
        return this;
    }

    /** Observes every decision and charge, for metrics. What it throws is logged and changes nothing. */
    public AutoRechargeBuilder observer(AutoRechargeObserver value) {
        options.observer = new SafeObserver(Objects.requireNonNull(value, "observer"));
        return this;
    }

    /** The protocol's waits; see {@link Timing#ofDefaults}. */
    public AutoRechargeBuilder timing(Timing value) {
        options.timing = Objects.requireNonNull(value, "timing");
        return this;
    }

    /** Defaults to the system's UTC clock. */
    public AutoRechargeBuilder clock(Clock value) {
        options.clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /** Creates the ids of recharges, attempts and checkouts, which must be unique forever. Defaults to random UUIDs. */
    public AutoRechargeBuilder ids(Supplier<String> value) {
        options.ids = Objects.requireNonNull(value, "ids");
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

    /** How to wait for the host's commit before an account is checked. Defaults to {@link AfterCommit#IMMEDIATELY}. */
    public AutoRechargeBuilder afterCommit(AfterCommit value) {
        options.afterCommit = Objects.requireNonNull(value, "afterCommit");
        return this;
    }

    /**
     * Whether an account that crosses its threshold in this process is checked here, immediately. Defaults to true. With false it stays
     * due and is left to the scheduler, the next {@link AutoRecharge#runOnce}, or another node: for a process that must not charge, such
     * as one that {@link AutoRecharge#reconcileSince brings a restored database up to date}.
     */
    public AutoRechargeBuilder chargeImmediately(boolean value) {
        options.chargeImmediately = value;
        return this;
    }

    /**
     * Accounts checked at the same time, from 1 to 1000. Defaults to {@value #DEFAULT_CONCURRENCY}. Each may hold one database
     * connection.
     *
     * @throws io.autorecharge.credit.InvalidValueException when it is out of range
     */
    public AutoRechargeBuilder concurrency(int value) {
        options.concurrency = Range.between("concurrency", value, 1, MAX_CONCURRENCY);
        return this;
    }

    /**
     * Calls to the provider per second, from 1 to 100000. Defaults to {@value #DEFAULT_CALLS_PER_SECOND}.
     *
     * @throws io.autorecharge.credit.InvalidValueException when it is out of range
     */
    public AutoRechargeBuilder callsPerSecond(int value) {
        options.callsPerSecond = Range.between("callsPerSecond", value, 1, MAX_CALLS_PER_SECOND);
        return this;
    }

    /**
     * The most that all accounts together are charged automatically per hour and per day. Defaults to {@link TotalLimits#none}. What one
     * database holds counts together: divide a limit if accounts are spread over several databases.
     */
    public AutoRechargeBuilder totalLimits(TotalLimits value) {
        options.totalLimits = Objects.requireNonNull(value, "totalLimits");
        return this;
    }

    /**
     * How much the requests of one account's user may cost: checkouts, and calls to the provider. Defaults to
     * {@link PeopleLimits#ofDefaults}.
     */
    public AutoRechargeBuilder peopleLimits(PeopleLimits value) {
        options.people = Objects.requireNonNull(value, "peopleLimits");
        return this;
    }

    /**
     * With an external ledger: how often the balance of every account that is switched on and has a card is compared with its threshold,
     * in addition to the reported changes. Positive and at most 30 days. Defaults to 1 hour. Without an external ledger it has no effect.
     *
     * @throws io.autorecharge.credit.InvalidValueException when it is out of range
     */
    public AutoRechargeBuilder balanceCheck(Duration value) {
        options.balanceCheck = Range.positive("balanceCheck", value, MAX_CHECK_DAYS);
        return this;
    }

    /**
     * How often the background scheduler and every {@link AutoRecharge#runOnce} search the provider's payment history for refunds and
     * disputes that no webhook reported. The first search goes back as far as the provider remembers, for Stripe 30 days. At most 30
     * days, zero for never. Defaults to 1 hour.
     *
     * @throws io.autorecharge.credit.InvalidValueException when it is out of range
     */
    public AutoRechargeBuilder reversalCheck(Duration value) {
        options.reversalCheck = Range.notNegative("reversalCheck", value, MAX_CHECK_DAYS);
        return this;
    }

    /**
     * What happens to the part of a refund or dispute that would make a balance negative. Defaults to {@link NegativeBalance#POST}. With
     * an external ledger it has no effect.
     */
    public AutoRechargeBuilder negativeBalance(NegativeBalance value) {
        options.negativeBalance = Objects.requireNonNull(value, "negativeBalance");
        return this;
    }

    /**
     * How far the host's clock may differ from the provider's. Beyond it this process sends no charge, and holds its accounts with
     * {@link io.autorecharge.policy.HoldReason#CLOCK_DIFFERS}. From 1 to 30 minutes: keys are repeated within
     * {@link Timing#resendWithin} by one node's clock after a first send by another node's. Defaults to 10 minutes. Without effect if the
     * gateway is no {@link io.autorecharge.gateway.ProviderClock}.
     *
     * @throws io.autorecharge.credit.InvalidValueException when it is out of range
     */
    public AutoRechargeBuilder clockTolerance(Duration value) {
        if (value.compareTo(MIN_CLOCK_TOLERANCE) < 0 || value.compareTo(MAX_CLOCK_TOLERANCE) > 0) {
            throw new InvalidValueException("clockTolerance", value, "must be from 1 to 30 minutes");
        }
        options.clockTolerance = value;
        return this;
    }

    /**
     * How long a listener may take for one event. After that its thread is interrupted, the event counts as undelivered for this listener, and
     * it is delivered again later; other listeners and all accounts go on. Positive and at most 1 day. Defaults to 30 seconds.
     *
     * @throws io.autorecharge.credit.InvalidValueException when it is out of range
     */
    public AutoRechargeBuilder listenerTimeout(Duration value) {
        options.listenerTimeout = Range.positive("listenerTimeout", value, MAX_TIMEOUT_DAYS);
        return this;
    }

    /**
     * Runs the listeners. Defaults to threads of the library, at most eight for each listener, so that one that hangs stops no other. With
     * {@code Runnable::run}, listeners run on the thread that has committed the event, without a time limit: for tests.
     */
    public AutoRechargeBuilder listenerExecutor(Executor value) {
        options.listenerExecutor = Objects.requireNonNull(value, "listenerExecutor");
        return this;
    }

    /** For tests: what runs the calls to the gateway. */
    AutoRechargeBuilder gatewayExecutor(Executor value) {
        options.gatewayExecutor = value;
        return this;
    }

    /** For tests: nanoseconds of a clock that is never set. */
    AutoRechargeBuilder monotonicClock(LongSupplier value) {
        options.monotonic = value;
        return this;
    }

    /** How long rows are kept that nothing needs any more; see {@link Retention#ofDefaults}. */
    public AutoRechargeBuilder retention(Retention value) {
        options.retention = Objects.requireNonNull(value, "retention");
        return this;
    }

    /** Nothing runs in the background until {@link AutoRecharge#start}. */
    public AutoRecharge build() {
        return new AutoRecharge(new Engine(options), options.clock, options.afterCommit);
    }
}
