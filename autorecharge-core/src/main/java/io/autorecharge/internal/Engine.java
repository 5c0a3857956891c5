package io.autorecharge.internal;

import io.autorecharge.account.Account;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.AutoRechargeListener;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.CustomerOwner;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.RequestBudget;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.ConsentLog;
import io.autorecharge.internal.account.EvidenceReader;
import io.autorecharge.internal.account.MethodSettlement;
import io.autorecharge.internal.account.PauseService;
import io.autorecharge.internal.account.PaymentMethodService;
import io.autorecharge.internal.account.Policies;
import io.autorecharge.internal.account.RefusedDebits;
import io.autorecharge.internal.account.RemovedMethods;
import io.autorecharge.internal.account.SettingsService;
import io.autorecharge.internal.account.StandingReader;
import io.autorecharge.internal.account.StatusReader;
import io.autorecharge.internal.account.TotalSpending;
import io.autorecharge.internal.charge.AccountCheck;
import io.autorecharge.internal.charge.AttemptClaims;
import io.autorecharge.internal.charge.AttemptSettlement;
import io.autorecharge.internal.charge.BindingGuard;
import io.autorecharge.internal.charge.BoundedGateway;
import io.autorecharge.internal.charge.CheckoutLookUps;
import io.autorecharge.internal.charge.ClockGuard;
import io.autorecharge.internal.charge.CustomerStamps;
import io.autorecharge.internal.charge.Fallback;
import io.autorecharge.internal.charge.GatewayCalls;
import io.autorecharge.internal.charge.ReportedCharges;
import io.autorecharge.internal.charge.RequestedCharges;
import io.autorecharge.internal.checkout.BoundedCheckoutGateway;
import io.autorecharge.internal.checkout.CheckoutCustomers;
import io.autorecharge.internal.checkout.CheckoutRoom;
import io.autorecharge.internal.checkout.CheckoutService;
import io.autorecharge.internal.checkout.CheckoutSettlement;
import io.autorecharge.internal.checkout.OpenCheckouts;
import io.autorecharge.internal.checkout.RecoveryCheckouts;
import io.autorecharge.internal.checkout.SetupCheckouts;
import io.autorecharge.internal.clock.ClockCheck;
import io.autorecharge.internal.event.EventDelivery;
import io.autorecharge.internal.event.Listeners;
import io.autorecharge.internal.externalledger.ExternalLedger;
import io.autorecharge.internal.externalledger.ExternalLedgerStore;
import io.autorecharge.internal.installation.BindingCheck;
import io.autorecharge.internal.installation.CurrentInstallation;
import io.autorecharge.internal.installation.ReportOwnership;
import io.autorecharge.internal.pacing.PeopleTurns;
import io.autorecharge.internal.pacing.RateLimiter;
import io.autorecharge.internal.restore.ChargeRestorer;
import io.autorecharge.internal.restore.CheckoutRestorer;
import io.autorecharge.internal.restore.Reconciler;
import io.autorecharge.internal.reversal.ReversalPoller;
import io.autorecharge.internal.reversal.ReversalSettlement;
import io.autorecharge.internal.schedule.AccountWorkers;
import io.autorecharge.internal.schedule.BackgroundScheduler;
import io.autorecharge.internal.schedule.DueAccountPoller;
import io.autorecharge.internal.schedule.Purge;
import io.autorecharge.internal.schedule.RunOnceJob;
import io.autorecharge.internal.thread.BoundedCalls;
import io.autorecharge.internal.thread.FailureLog;
import io.autorecharge.internal.thread.LibraryThreads;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.NegativeBalance;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.report.CheckResult;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.StoreException;
import io.autorecharge.store.Trigger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wires the services of the library once, for the facade. The only class that knows all of them; decisions belong in the services. Safe for
 * use by many threads.
 */
public final class Engine implements AutoCloseable {
    /** For the calls of the host's own threads, and for calls that do not return. */
    private static final int GATEWAY_THREADS = 64;

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(30);
    private static final Logger log = LoggerFactory.getLogger(Engine.class);

    private final RechargePolicy policy;
    private final RechargeStore accounts;
    private final RechargeStore store;
    private final Ledger ledger;
    private final StandingReader standingReader;
    private final AccountTransactions transactions;
    private final CurrentInstallation installation;
    private final CustomerStamps customers;
    private final SettingsService settings;
    private final PaymentMethodService methods;
    private final EvidenceReader evidence;
    private final StatusReader status;
    private final @Nullable RemovedMethods removedMethods;
    private final PauseService pauses;
    private final AccountCheck check;
    private final RequestedCharges requested;
    private final ClockCheck clocks;
    private final ClockGuard clockGuard;
    private final BindingCheck binding;
    private final BindingGuard bindingGuard;
    private final @Nullable CheckoutService checkouts;
    private final @Nullable SetupCheckouts setups;
    private final @Nullable OpenCheckouts openCheckouts;
    private final @Nullable RecoveryCheckouts recoveries;
    private final @Nullable Reconciler reconciler;
    private final ReportSettlement reports;
    private final EventDelivery delivery;
    private final AccountWorkers workers;
    private final RefusedDebits refusedDebits;
    private final BackgroundScheduler scheduler;
    private final RunOnceJob job;

    /**
     * @throws InvalidValueException for the field {@code grace}, with a ledger in another service
     * @throws IllegalStateException when the database forbids negative balances
     */
    private static void requireOverdraft(RechargePolicy policy, RechargeStore store, boolean external) {
        if (policy.grace() == null) {
            return;
        }
        if (external) {
            throw new InvalidValueException(
                    "grace",
                    policy.grace(),
                    "must not be set with a ledger in another service, which decides about debits itself");
        }
        store.overdraftObstacle().ifPresent(obstacle -> {
            throw new IllegalStateException(
                    "A grace lets balances become negative, and the database forbids that: " + obstacle);
        });
    }

    public Engine(EngineOptions o) {
        Clock clock = o.clock;
        Policies policies = o.policies();
        policy = policies.standard();
        accounts = o.store;
        boolean external = o.ledger != o.store;
        requireOverdraft(policy, o.store, external);
        store = external ? new ExternalLedgerStore(o.store, o.ledger, o.balanceCheck, clock) : o.store;
        ledger = external ? new ExternalLedger(o.ledger, o.store, o.afterCommit) : o.ledger;
        FailureLog listenerFailures = new FailureLog(LoggerFactory.getLogger(EventDelivery.class), o.monotonic);
        delivery = new EventDelivery(
                store,
                new Listeners(listeners(o), o.listenerExecutor, o.listenerTimeout, listenerFailures),
                clock,
                listenerFailures);
        BoundedCalls calls = new BoundedCalls(
                o.gatewayExecutor == null
                        ? LibraryThreads.withoutQueue(o.concurrency + GATEWAY_THREADS)
                        : o.gatewayExecutor,
                o.timing.lease(),
                new FailureLog(LoggerFactory.getLogger(BoundedCalls.class), o.monotonic));
        CheckoutGateway checkoutGateway = o.checkout == null ? null : new BoundedCheckoutGateway(o.checkout, calls);
        RateLimiter rateLimiter = new RateLimiter(o.callsPerSecond, o.nanos);
        PeopleTurns people = new PeopleTurns(
                rateLimiter, new RequestBudget(o.people.callsPerMinute(), System::nanoTime), o.people.maxWait());

        TotalSpending spending = new TotalSpending(o.totalLimits);
        standingReader = new StandingReader(policies, spending);
        transactions = new AccountTransactions(
                store,
                standingReader,
                delivery,
                clock,
                o.ledger.smallest(),
                external ? NegativeBalance.POST : o.negativeBalance,
                o.afterCommit);
        installation = new CurrentInstallation(
                o.store,
                o.installation,
                clock,
                policy.packages().all().stream().map(policy::offer).toList());
        ConsentLog consents = new ConsentLog(standingReader, o.consentTexts);
        settings = new SettingsService(transactions, standingReader, consents, o.ids);
        evidence = new EvidenceReader(store, ledger);
        methods = new PaymentMethodService(transactions, consents, o.ids);
        clocks = new ClockCheck(o.providerClock, clock, o.monotonic, o.clockTolerance);
        clockGuard = new ClockGuard(clocks, store, clock, o.observer);
        binding = new BindingCheck(installation, o.store, o.serverMoves, o.gateway::mode, clock, o.monotonic);
        bindingGuard = new BindingGuard(binding, clock, o.observer);
        status = new StatusReader(store, ledger, policies, spending, clocks, binding::report, clock);
        pauses = new PauseService(store, policy.thresholdInclusive(), clock);

        removedMethods = o.detacher == null
                ? null
                : new RemovedMethods(
                        store, o.detacher, rateLimiter, () -> binding.current().charging());
        ReversalSettlement reversals = new ReversalSettlement(transactions);
        AttemptSettlement attempts = new AttemptSettlement(
                transactions, reversals, standingReader, spending, new Fallback(standingReader, o.ids, installation));
        AttemptClaims claims = new AttemptClaims(standingReader, attempts, o.timing, o.ids, installation, consents);
        GatewayCalls gateway =
                new GatewayCalls(new BoundedGateway(o.gateway, calls), rateLimiter, people, clock, o.observer);
        customers = new CustomerStamps(accounts, transactions, gateway, installation);
        CheckoutSettlement purchases = new CheckoutSettlement(standingReader, reversals, consents);
        openCheckouts = checkoutGateway == null
                ? null
                : new OpenCheckouts(transactions, checkoutGateway, rateLimiter, people, purchases, clock, o.observer);
        CheckoutCustomers buyers = checkoutGateway == null
                ? null
                : new CheckoutCustomers(transactions, checkoutGateway, people, customers);
        CheckoutRoom room = openCheckouts == null ? null : new CheckoutRoom(transactions, openCheckouts, o.people);
        checkouts = checkoutGateway == null || room == null || buyers == null
                ? null
                : new CheckoutService(
                        transactions,
                        checkoutGateway,
                        people,
                        room,
                        standingReader,
                        policies,
                        o.ids,
                        buyers,
                        installation);
        setups = checkoutGateway == null || room == null || buyers == null
                ? null
                : new SetupCheckouts(
                        transactions, checkoutGateway, people, room, standingReader, o.ids, buyers, installation);
        check = new AccountCheck(
                transactions,
                openCheckouts == null ? CheckoutLookUps.none() : openCheckouts,
                standingReader,
                claims,
                rateLimiter,
                gateway,
                customers,
                installation,
                attempts,
                clock,
                o.observer);
        requested = new RequestedCharges(transactions, standingReader, check, people, this::held);
        recoveries = checkouts == null || openCheckouts == null || buyers == null
                ? null
                : new RecoveryCheckouts(
                        store,
                        transactions,
                        standingReader,
                        attempts,
                        gateway,
                        openCheckouts,
                        checkouts,
                        buyers,
                        o.ids,
                        installation);

        workers = new AccountWorkers(
                o.pool.apply(o.concurrency),
                o.chargeImmediately,
                this::checkDue,
                new FailureLog(LoggerFactory.getLogger(AccountWorkers.class), o.monotonic));
        refusedDebits = new RefusedDebits(
                transactions, workers::execute, account -> workers.checkSoon(account, Trigger.BALANCE), clock);
        ReportOwnership ownership = new ReportOwnership(installation, accounts, transactions);
        reports = new ReportSettlement(
                accounts,
                attempts,
                new ReportedCharges(transactions, gateway, binding),
                openCheckouts,
                reversals,
                new MethodSettlement(transactions, o.ids),
                workers,
                clock,
                ownership,
                o.observer);
        reconciler = o.paymentHistory == null
                ? null
                : new Reconciler(
                        o.paymentHistory,
                        ChargeRestorer.factory(
                                transactions,
                                next -> new AttemptSettlement(transactions, reversals, standingReader, spending, next),
                                gateway),
                        checkoutGateway == null
                                ? null
                                : new CheckoutRestorer(transactions, checkoutGateway, purchases, rateLimiter),
                        reports::settle,
                        ownership,
                        rateLimiter,
                        o.retention.failedRecharges(),
                        clock);

        ReversalPoller reversalPoller = o.paymentHistory == null || o.reversalCheck.isZero()
                ? null
                : new ReversalPoller(
                        o.paymentHistory,
                        store,
                        reports::settle,
                        rateLimiter,
                        clock,
                        o.monotonic,
                        o.observer,
                        o.reversalCheck);
        DueAccountPoller due =
                new DueAccountPoller(store, workers, o.concurrency, o.timing, policy.thresholdInclusive(), clock);
        Purge purge = new Purge(store, o.retention, o.observer, clock);
        scheduler =
                new BackgroundScheduler(due, reversalPoller, delivery, clocks, binding, purge, o.timing, o.monotonic);
        job = new RunOnceJob(due, reversalPoller, delivery, clocks, binding, purge, clock);
    }

    private List<AutoRechargeListener> listeners(EngineOptions o) {
        return o.detacher == null
                ? o.listeners
                : Stream.concat(o.listeners.stream(), Stream.of(this::detachRemoved))
                        .toList();
    }

    private void detachRemoved(AutoRechargeEvent event) {
        if (removedMethods != null) {
            removedMethods.onEvent(event);
        }
    }

    /** Checks one account on the calling thread, its open checkouts first. */
    public CheckResult check(AccountId account, Trigger trigger) {
        return held(account).orElseGet(() -> check.check(account, trigger));
    }

    /** A check that must not take place. */
    private Optional<CheckResult> held(AccountId account) {
        return clockGuard.held(account).or(() -> bindingGuard.held(account));
    }

    /** A change that was just committed is followed up at once, a due account only when it is not left alone. */
    private CheckResult checkDue(AccountId account, Trigger trigger) {
        return trigger == Trigger.SWEEP
                ? held(account).orElseGet(() -> check.checkDue(account, trigger))
                : check(account, trigger);
    }

    /** Charges that a user asks for. */
    public RequestedCharges requested() {
        return requested;
    }

    /** What would be decided now; changes nothing. */
    public Decision preview(AccountId account) {
        // The store alone answers this, even when the service that keeps the balances does not.
        if (accounts.find(account).isEmpty()) {
            return Decision.Hold.because(HoldReason.DISABLED);
        }
        Decision decision = transactions.read(account, standingReader::decide);
        HoldReason stop = decision instanceof Decision.Recharge ? status.stopOfThisNode() : null;
        return stop == null ? decision : Decision.Hold.because(stop);
    }

    /** How the host's clock compares with the provider's. */
    public ClockCheck clocks() {
        return clocks;
    }

    /** Whether the database is the one that may be charged from. */
    public BindingCheck binding() {
        return binding;
    }

    /**
     * Refuses a call that must not be part of the host's transaction.
     *
     * @throws IllegalStateException when one is open on this thread
     */
    public void requireNoHostTransaction(String method) {
        if (isHostTransactionOpen()) {
            throw new IllegalStateException(
                    method + " must not be called inside a transaction: a call to the payment provider would"
                            + " hold its locks and its connection, and its rollback would undo what the provider has reported. Call it after"
                            + " the commit");
        }
    }

    private boolean isHostTransactionOpen() {
        try {
            return accounts.isHostTransactionOpen();
        } catch (StoreException e) {
            log.debug("Whether a transaction is open is not known; the call itself will meet the failure", e);
            return false;
        }
    }

    public RechargePolicy policy() {
        return policy;
    }

    public RechargeStore store() {
        return store;
    }

    public Ledger ledger() {
        return ledger;
    }

    /** @throws InvalidValueException when the customer belongs to another installation or account, or is not the account's */
    public void addPaymentMethod(AccountId account, PaymentMethod method) {
        if (accounts.methods(account).all().isEmpty()) {
            savePaymentMethod(account, method);
        } else {
            methods.add(account, method);
        }
    }

    /** @throws InvalidValueException when the customer belongs to another installation or account, or is not the account's */
    public void savePaymentMethod(AccountId account, PaymentMethod method) {
        String customer = method.customerId();
        Account before = accounts.find(account).orElse(null);
        boolean known = before != null && customer.equals(before.state().stampedCustomer());
        // Asking marks the customer, so what can be refused without asking is refused first.
        SettingsService.requireOwnCustomer(before, method, true);
        CustomerOwner owner = known ? CustomerOwner.OURS : ownerOf(account, customer);
        if (owner == CustomerOwner.OTHERS || owner == CustomerOwner.OTHER_ACCOUNT) {
            throw new InvalidValueException(
                    "method.customerId",
                    customer,
                    owner == CustomerOwner.OTHERS
                            ? "must not belong to another installation"
                            : "must not belong to another account");
        }
        settings.savePaymentMethod(account, method, owner == CustomerOwner.OURS);
        if (!known && owner == CustomerOwner.OURS) {
            customers.recordSaved(account, customer);
        }
    }

    /** No connection of the host is held across a call to the provider: the customer is asked about before its first charge in any case. */
    private CustomerOwner ownerOf(AccountId account, String customer) {
        if (!isHostTransactionOpen() && binding.current().charging()) {
            return customers.askFor(account, customer);
        }
        return customers.isOfAnotherAccount(account, customer)
                ? CustomerOwner.OTHER_ACCOUNT
                : CustomerOwner.NOT_ANSWERED;
    }

    /** For a customer who returns. A look-up closes what must not be paid any more, so none is made for what may be a copy's. */
    public void refreshCheckouts(AccountId account) {
        OpenCheckouts open = openCheckouts();
        if (binding.difference().isEmpty()) {
            open.checkAll(account);
        }
    }

    /**
     * Reads who this installation is, if the database answers.
     *
     * @throws IllegalStateException when another id is configured than the database contains
     */
    public void requireInstallation() {
        try {
            installation.id();
        } catch (StoreException e) {
            log.warn("Who this installation is could not be read; it is read again before the first charge", e);
        }
    }

    public InstallationId installation() {
        return installation.id();
    }

    public SettingsService settings() {
        return settings;
    }

    public EvidenceReader evidence() {
        return evidence;
    }

    public PaymentMethodService methods() {
        return methods;
    }

    public StatusReader status() {
        return status;
    }

    public PauseService pauses() {
        return pauses;
    }

    /** @throws IllegalStateException when no checkout gateway was given */
    public SetupCheckouts setups() {
        return required(setups);
    }

    /** @throws IllegalStateException when no checkout gateway was given */
    public CheckoutService checkouts() {
        return required(checkouts);
    }

    /** @throws IllegalStateException when no checkout gateway was given */
    public OpenCheckouts openCheckouts() {
        return required(openCheckouts);
    }

    /** @throws IllegalStateException when no checkout gateway was given */
    public RecoveryCheckouts recoveries() {
        return required(recoveries);
    }

    /** @throws IllegalStateException when no gateway to the provider's payment history was given */
    public Reconciler reconciler() {
        if (reconciler == null) {
            throw new IllegalStateException("no payment history gateway was given to the builder");
        }
        return reconciler;
    }

    public ReportSettlement reports() {
        return reports;
    }

    public RefusedDebits refusedDebits() {
        return refusedDebits;
    }

    public AccountWorkers workers() {
        return workers;
    }

    public BackgroundScheduler scheduler() {
        return scheduler;
    }

    public RunOnceJob job() {
        return job;
    }

    private static <T> T required(@Nullable T component) {
        if (component == null) {
            throw noCheckouts();
        }
        return component;
    }

    static IllegalStateException noCheckouts() {
        return new IllegalStateException("no checkout gateway was given to the builder");
    }

    @Override
    public void close() {
        long deadline = System.nanoTime() + CLOSE_WITHIN.toNanos();
        // First, so that neither what waits for a worker nor what is taken meanwhile begins.
        workers.stop();
        scheduler.close();
        workers.awaitEnd(Duration.ofNanos(deadline - System.nanoTime()));
        delivery.awaitIdle(Duration.ofNanos(deadline - System.nanoTime()));
        delivery.close();
    }
}
