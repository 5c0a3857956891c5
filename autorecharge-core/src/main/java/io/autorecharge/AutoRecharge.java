package io.autorecharge;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.SettingsService;
import io.autorecharge.internal.account.StandingReader;
import io.autorecharge.internal.account.StatusReader;
import io.autorecharge.internal.charge.AccountCheck;
import io.autorecharge.internal.charge.AttemptClaims;
import io.autorecharge.internal.charge.AttemptSettlement;
import io.autorecharge.internal.charge.GatewayCalls;
import io.autorecharge.internal.checkout.CheckoutService;
import io.autorecharge.internal.checkout.CheckoutSettlement;
import io.autorecharge.internal.checkout.RecoveryCheckouts;
import io.autorecharge.internal.event.EventDelivery;
import io.autorecharge.internal.externalledger.ExternalLedger;
import io.autorecharge.internal.externalledger.ExternalLedgerStore;
import io.autorecharge.internal.pacing.RateLimiter;
import io.autorecharge.internal.restore.ChargeRestorer;
import io.autorecharge.internal.restore.CheckoutRestorer;
import io.autorecharge.internal.restore.Reconciler;
import io.autorecharge.internal.reversal.ReversalPoller;
import io.autorecharge.internal.reversal.ReversalSettlement;
import io.autorecharge.internal.schedule.AccountWorkers;
import io.autorecharge.internal.schedule.BackgroundScheduler;
import io.autorecharge.internal.schedule.DueAccountPoller;
import io.autorecharge.internal.schedule.RunOnceJob;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.Reconciliation;
import io.autorecharge.report.RunReport;
import io.autorecharge.report.Status;
import io.autorecharge.store.AfterCommit;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.RechargeWithAttempt;
import io.autorecharge.store.Trigger;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The door to everything: takes and gives credits, stores what users choose, and recharges accounts that fall below their threshold.
 *
 * <pre>{@code
 * try (AutoRecharge autoRecharge = AutoRecharge.builder(policy, store, gateway).build()) {
 *     autoRecharge.start();
 *     autoRecharge.debit(Debit.of(account, Credits.of(3), "job-17", "Report of May"));
 * }
 * }</pre>
 *
 * Safe for use by many threads; any number of processes may do the same on one database. Methods that read or write the database throw
 * {@link io.autorecharge.store.StoreException} when it fails, and {@link IllegalArgumentException}, naming field and value, for bad input.
 */
public final class AutoRecharge implements AutoCloseable {
    private final RechargePolicy policy;
    private final RechargeStore accounts;
    private final RechargeStore store;
    private final Ledger ledger;
    private final Clock clock;
    private final AfterCommit afterCommit;
    private final AccountCheck protocol;
    private final AttemptSettlement settlement;
    private final StandingReader standings;
    private final ReversalSettlement takeBacks;
    private final AccountTransactions transactions;
    private final SettingsService preferences;
    private final StatusReader statusReader;
    private final @Nullable CheckoutService desk;
    private final @Nullable RecoveryCheckouts recoveries;
    private final @Nullable Reconciler reconciler;
    private final AccountWorkers workers;
    private final BackgroundScheduler dispatcher;
    private final RunOnceJob run;

    AutoRecharge(AutoRechargeBuilder b) {
        policy = b.policy;
        clock = b.clock;
        afterCommit = b.afterCommit;
        accounts = b.store;
        boolean elsewhere = b.ledger != b.store;
        store = elsewhere ? new ExternalLedgerStore(b.store, b.ledger, b.balanceCheck, clock) : b.store;
        ledger = elsewhere ? new ExternalLedger(b.ledger, b.store, policy, afterCommit) : b.ledger;
        EventDelivery outbox = new EventDelivery(store, b.listeners, clock);
        transactions = new AccountTransactions(store, outbox, clock);
        standings = new StandingReader(policy);
        takeBacks = new ReversalSettlement(transactions, standings, b.ledger.smallest());
        settlement = new AttemptSettlement(transactions, standings, takeBacks, policy.backOff());
        RateLimiter throttle = new RateLimiter(b.callsPerSecond, b.nanos);
        AttemptClaims claims = new AttemptClaims(standings, settlement, b.timing, b.ids);
        GatewayCalls provider = new GatewayCalls(b.gateway, throttle, clock, b.observer);
        protocol = new AccountCheck(transactions, standings, claims, provider, settlement, clock, b.observer);
        preferences = new SettingsService(transactions, standings, policy, b.ids);
        statusReader = new StatusReader(store, ledger, policy, clock);
        desk = desk(b.checkout, throttle, b);
        recoveries = desk == null
                ? null
                : new RecoveryCheckouts(store, transactions, standings, settlement, provider, desk, b.ids);
        workers = new AccountWorkers(b.pool.apply(b.concurrency), b.chargeImmediately, this::check);
        DueAccountPoller due = new DueAccountPoller(store, workers, b.timing, policy.thresholdInclusive(), clock);
        reconciler = reconciler(b, provider, throttle);
        ReversalPoller reversalWatch = b.paymentHistory == null || b.reversalCheck.isZero()
                ? null
                : new ReversalPoller(
                        b.paymentHistory, store, this::settle, throttle, clock, b.observer, b.reversalCheck);
        dispatcher = new BackgroundScheduler(due, reversalWatch, outbox, b.timing, clock);
        run = new RunOnceJob(due, reversalWatch, outbox, clock);
    }

    private @Nullable Reconciler reconciler(AutoRechargeBuilder b, GatewayCalls provider, RateLimiter throttle) {
        if (b.paymentHistory == null) {
            return null;
        }
        CheckoutRestorer pages = b.checkout == null
                ? null
                : new CheckoutRestorer(
                        transactions, standings, b.checkout, new CheckoutSettlement(policy, takeBacks), throttle);
        ChargeRestorer charges = new ChargeRestorer(transactions, standings, settlement, provider);
        return new Reconciler(b.paymentHistory, charges, pages, this::settle, throttle, clock);
    }

    private @Nullable CheckoutService desk(
            @Nullable CheckoutGateway gateway, RateLimiter throttle, AutoRechargeBuilder b) {
        return gateway == null
                ? null
                : new CheckoutService(
                        transactions,
                        standings,
                        gateway,
                        throttle,
                        policy,
                        new CheckoutSettlement(policy, takeBacks),
                        clock,
                        b.ids,
                        b.observer);
    }

    /** With one object that is both store and ledger, as the shipped ones are. */
    public static <S extends RechargeStore & Ledger> AutoRechargeBuilder builder(
            RechargePolicy policy, S store, Gateway gateway) {
        return builder(policy, store, store, gateway);
    }

    /**
     * With a ledger of the host's own, in another service or store; {@link Ledger} says what it must do. What a payment bought is then
     * written into the store first and brought to the ledger at least once. While that is not confirmed, or the ledger does not
     * tell a balance, the account is not charged.
     *
     * @throws IllegalArgumentException when a package costs less than the provider's minimum
     */
    public static AutoRechargeBuilder builder(
            RechargePolicy policy, RechargeStore store, Ledger ledger, Gateway gateway) {
        return new AutoRechargeBuilder(policy, store, ledger, gateway);
    }

    /**
     * Takes credits, once for the debit's reference, joining the host's transaction where the ledger knows of it. When it crosses the
     * threshold the recharge follows at once, after the host's commit.
     */
    public DebitResult debit(Debit debit) {
        DebitResult result = ledger.debit(debit, policy.thresholdInclusive(), clock.instant());
        if (result.crossed()) {
            afterCommit.run(() -> workers.nudge(debit.account(), Trigger.BALANCE));
        }
        return result;
    }

    /** Adds credits by the host's own decision, once for the grant's reference. */
    public LedgerEntry grant(Grant grant) {
        return ledger.grant(grant, clock.instant());
    }

    /** Credits now. */
    public Credits balance(AccountId account) {
        return ledger.balance(account);
    }

    /** The newest entries of the ledger, newest first. */
    public List<LedgerEntry> entries(AccountId account, int limit) {
        return ledger.entries(account, Long.MAX_VALUE, limit);
    }

    /** The newest recharges, newest first. */
    public List<RechargeWithAttempt> recharges(AccountId account, int limit) {
        return store.recharges(account, limit);
    }

    /** Tells the library that the host changed the balance by itself; the account is looked at after the host's commit. */
    public void balanceChanged(AccountId account) {
        afterCommit.run(() -> {
            store.markDue(account, clock.instant());
            workers.nudge(account, Trigger.BALANCE);
        });
    }

    /** What the user chose; the defaults for an account that never chose anything. */
    public Settings settings(AccountId account) {
        return status(account).settings();
    }

    /**
     * Stores what the user chose and, when that is a switch on, looks at the account.
     *
     * @param consentVersion the text that the user agreed to by this act; null when the act was no agreement. Without a recorded agreement
     *     nobody is charged
     */
    public Settings configure(AccountId account, Settings settings, @Nullable String consentVersion) {
        Settings stored = preferences.save(account, settings, consentVersion);
        afterCommit.run(() -> workers.nudge(account, Trigger.SETTINGS));
        return stored;
    }

    /**
     * Saves a payment method that the customer added in the host's own way, such as a SetupIntent, and looks at the account. A purchase on
     * {@link #openCheckout}'s page saves its method by itself. A card that was stopped stays so when it is saved again, told by its
     * fingerprint; another card, whose fingerprint must be known, ends the stop and the back-off.
     */
    public void savePaymentMethod(AccountId account, PaymentMethod method) {
        preferences.savePaymentMethod(account, method);
        afterCommit.run(() -> workers.nudge(account, Trigger.SETTINGS));
    }

    /** Forgets the saved payment method; the provider is not told. */
    public void forgetPaymentMethod(AccountId account) {
        preferences.forgetPaymentMethod(account);
    }

    /** How the account's auto-recharge stands, in words. */
    public Status status(AccountId account) {
        return statusReader.read(account);
    }

    /** What would be decided now; nothing is charged or changed. */
    public Decision preview(AccountId account) {
        // Asks no ledger elsewhere, which may be what does not answer.
        if (accounts.find(account).isEmpty()) {
            return Decision.Hold.because(HoldReason.DISABLED);
        }
        return transactions.run(account, (tx, now, events) -> standings.decide(tx, now));
    }

    /** Looks at one account on the calling thread: evaluate, claim, charge, settle. Not to be called inside a transaction. */
    public CheckResult check(AccountId account) {
        return check(account, Trigger.SWEEP);
    }

    private CheckResult check(AccountId account, Trigger trigger) {
        if (desk != null) {
            desk.check(account, false);
        }
        return protocol.check(account, trigger);
    }

    /**
     * Makes a page at the provider where the customer buys a package.
     *
     * @param consentVersion the text by which the user agreed that this purchase switches auto-recharge on and saves the method; null for a
     *     purchase that does neither
     * @param email for the provider's customer; may be null
     * @throws io.autorecharge.gateway.GatewayException when the provider cannot be reached or refuses
     */
    public CheckoutSession openCheckout(
            AccountId account, int credits, @Nullable String consentVersion, @Nullable String email) {
        return requireDesk().open(account, credits, consentVersion, email);
    }

    /**
     * Makes a page where the customer, present as the bank wanted, pays the recharge that failed for want of them: the same recharge, once,
     * with its bonus. While the page is open nothing is charged automatically. Called again it gives the same page.
     *
     * @return empty when the account's last recharge does not wait for its customer, or turns out to be paid
     * @throws io.autorecharge.gateway.GatewayException when the provider cannot be reached or refuses; nothing was offered then
     */
    public Optional<CheckoutSession> openRecovery(AccountId account) {
        if (recoveries == null) {
            throw noCheckouts();
        }
        return recoveries.open(account);
    }

    /** Asks the provider at once about the account's open pages: for the moment when a customer comes back from one. */
    public void refreshCheckouts(AccountId account) {
        requireDesk().check(account, true);
        workers.nudge(account, Trigger.SETTINGS);
    }

    /**
     * Applies what the provider reports about an object that carries our ids. Idempotent, whatever the order of the reports and however often
     * they arrive.
     *
     * @return false when the account does not know the object, or it belongs to another customer; nothing was changed then
     */
    public boolean settle(ProviderReport report) {
        if (report instanceof ProviderReport.Charge charge) {
            return settle(charge.account(), charge.attempt(), charge.customerId(), charge.outcome());
        }
        if (report instanceof ProviderReport.Checkout page) {
            return settle(page.account(), page.checkout(), page.outcome());
        }
        ProviderReport.Reversal reversal = (ProviderReport.Reversal) report;
        return settle(reversal.account(), reversal.reversals());
    }

    /**
     * Applies what the provider reported of an attempt. Idempotent.
     *
     * @return false when the account has no such attempt
     */
    public boolean settle(AccountId account, AttemptId attempt, Outcome outcome) {
        boolean known = settlement.settle(account, attempt, outcome);
        workers.nudge(account, Trigger.BALANCE);
        return known;
    }

    /**
     * Applies what the provider reported of an attempt from outside: by a webhook, which shows our ids on whatever object carries them.
     * Idempotent. Where the provider's customer is not the attempt's nothing changes; a capture is then told by
     * {@link io.autorecharge.event.EventType#CAPTURE_MISMATCH}.
     *
     * @param customerId the provider's customer of the reported charge; empty when it has none
     * @return false when the account has no such attempt of this customer
     */
    public boolean settle(AccountId account, AttemptId attempt, String customerId, Outcome outcome) {
        boolean known = settlement.settle(account, attempt, customerId, outcome);
        workers.nudge(account, Trigger.BALANCE);
        return known;
    }

    /**
     * Applies what the provider reported of a purchase on its page. Idempotent.
     *
     * @return false when the account has no such checkout
     */
    public boolean settle(AccountId account, CheckoutId checkout, CheckoutOutcome outcome) {
        boolean known = requireDesk().settle(account, checkout, outcome);
        workers.nudge(account, Trigger.SETTINGS);
        return known;
    }

    /**
     * Applies what the provider reported of a payment's refunds and disputes: takes back credits and bonus in proportion to the money that
     * is gone, gives them again when it comes again, and suspends auto-recharge. Idempotent, whatever the order of the reports.
     *
     * @return false when the payment is not known to be this account's; nothing was changed then
     */
    public boolean settle(AccountId account, PaymentReversals report) {
        // Asks no ledger elsewhere, which may be what does not answer.
        return accounts.find(account).isPresent() && takeBacks.settle(account, report);
    }

    private CheckoutService requireDesk() {
        if (desk == null) {
            throw noCheckouts();
        }
        return desk;
    }

    private static IllegalStateException noCheckouts() {
        return new IllegalStateException("no checkout gateway was given to the builder");
    }

    /**
     * Hears of refunds and disputes that nobody told of, sweeps, and looks at everything that is due, on this library's threads; returns when
     * all of it was looked at.
     */
    public RunReport runOnce() {
        return run.once();
    }

    /**
     * After the database was restored from a backup, and before anything is charged: reads in the provider's books what was charged and sold
     * since, an hour before included, and brings what the database has forgotten. A payment that it does not know is written down as it was
     * and granted, credits and bonus, once; one that is not decided is written down open, so that nobody is charged beside it; refunds and
     * disputes are settled. Charges nobody; what is debited meanwhile should not be charged for either ({@link AutoRechargeBuilder#chargeImmediately} with
     * false). May be repeated, and run beside other nodes.
     *
     * <p>What only the database knew is not brought back: debits, grants of the host's own, and what users chose since.
     *
     * @param restoredTo the moment that the backup shows
     * @throws IllegalArgumentException when it is in the future
     * @throws IllegalStateException when the provider's books cannot be read by this gateway
     * @throws io.autorecharge.gateway.GatewayException when the provider cannot be reached or refuses; what was brought until then stays, and
     *     the same call goes on
     */
    public Reconciliation reconcileSince(Instant restoredTo) {
        if (reconciler == null) {
            throw new IllegalStateException("no provider's books were given to the builder");
        }
        return reconciler.since(restoredTo);
    }

    /** Starts the in-process scheduler. A second call changes nothing. */
    public void start() {
        dispatcher.start();
    }

    /** One turn of the in-process scheduler, on the calling thread. */
    void tick() {
        dispatcher.tick();
    }

    /** Stops the in-process scheduler; {@link #start} starts it again. Nudges and calls are still followed up. */
    public void stop() {
        dispatcher.close();
    }

    /** Whether the in-process scheduler runs. */
    public boolean isRunning() {
        return dispatcher.isRunning();
    }

    /** The policy in force. */
    public RechargePolicy policy() {
        return policy;
    }

    /** Stops taking accounts and waits, at most 30 seconds, for those that are with the provider. */
    @Override
    public void close() {
        dispatcher.close();
        workers.close();
    }
}
