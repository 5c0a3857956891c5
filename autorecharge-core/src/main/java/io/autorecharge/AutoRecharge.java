package io.autorecharge;

import io.autorecharge.account.Agreement;
import io.autorecharge.account.ConsentRecord;
import io.autorecharge.account.MethodPlace;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.Settings;
import io.autorecharge.account.UserRules;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.internal.Engine;
import io.autorecharge.internal.installation.Settled;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.ClockReport;
import io.autorecharge.report.DatabaseReport;
import io.autorecharge.report.PaymentEvidence;
import io.autorecharge.report.PurchaseResult;
import io.autorecharge.report.Reconciliation;
import io.autorecharge.report.RunReport;
import io.autorecharge.report.SaveResult;
import io.autorecharge.report.SettingsPreview;
import io.autorecharge.report.Status;
import io.autorecharge.store.AfterCommit;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.Pause;
import io.autorecharge.store.PauseReport;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.RechargeWithAttempt;
import io.autorecharge.store.Trigger;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The facade of the library: debits and grants credits, stores what users choose, and recharges accounts that fall below their threshold.
 *
 * <pre>{@code
 * try (AutoRecharge autoRecharge = AutoRecharge.builder(policy, store, gateway).build()) {
 *     autoRecharge.start();
 *     autoRecharge.debit(Debit.of(account, Credits.of(3), "job-17", "Report of May"));
 * }
 * }</pre>
 *
 * Safe for use by many threads; any number of processes may use one database. Methods that read or write the database throw
 * {@link io.autorecharge.store.StoreException} when it fails, and {@link io.autorecharge.credit.InvalidValueException} for bad input.
 */
public final class AutoRecharge implements AutoCloseable {
    private final Engine engine;
    private final Clock clock;
    private final AfterCommit afterCommit;

    AutoRecharge(Engine engine, Clock clock, AfterCommit afterCommit) {
        this.engine = engine;
        this.clock = clock;
        this.afterCommit = afterCommit;
    }

    /** With one object that is both store and ledger, as the shipped ones are. */
    public static <S extends RechargeStore & Ledger> AutoRechargeBuilder builder(
            RechargePolicy policy, S store, Gateway gateway) {
        return builder(policy, store, store, gateway);
    }

    /**
     * With a ledger of the host, in another service or store; {@link Ledger} states its contract. What a payment bought is then written
     * into the store first and delivered to the ledger at least once. Until the ledger confirms it, and while the ledger does not answer
     * with a balance, the account is not charged.
     *
     * @throws io.autorecharge.credit.InvalidValueException when a package costs less than the provider's minimum
     */
    public static AutoRechargeBuilder builder(
            RechargePolicy policy, RechargeStore store, Ledger ledger, Gateway gateway) {
        return new AutoRechargeBuilder(policy, store, ledger, gateway);
    }

    /**
     * Removes credits, once per reference, in the host's transaction if the ledger knows of one. If the balance crosses the threshold, the
     * recharge follows immediately after the host's commit. A debit that the balance does not cover starts a recharge too, also when the host
     * rolls back because of it; the answer says so.
     */
    public DebitResult debit(Debit debit) {
        DebitResult result = engine.ledger().debit(debit, policy().thresholdInclusive(), clock.instant());
        if (result.crossed()) {
            afterCommit.run(() -> engine.workers().checkSoon(debit.account(), Trigger.BALANCE));
        }
        if (result instanceof DebitResult.Refused refused && refused.rechargeUnderWay()) {
            afterCommit.afterCompletion(() -> engine.refusedDebits().refused(debit.account(), debit.amount()));
        }
        return result;
    }

    /** Adds credits that the host grants without a payment, once per reference. */
    public LedgerEntry grant(Grant grant) {
        return engine.ledger().grant(grant, clock.instant());
    }

    /** The current balance. */
    public Credits balance(AccountId account) {
        return engine.ledger().balance(account);
    }

    /**
     * The newest entries of the ledger, newest first.
     *
     * @param limit how many entries at most, from 1 to 1000
     */
    public List<LedgerEntry> entries(AccountId account, int limit) {
        return engine.ledger().entries(account, Long.MAX_VALUE, limit);
    }

    /**
     * The newest recharges, newest first.
     *
     * @param limit how many recharges at most, from 1 to 1000
     */
    public List<RechargeWithAttempt> recharges(AccountId account, int limit) {
        return engine.store().recharges(account, limit);
    }

    /**
     * The attempts of a recharge, in the order in which they were made: which payment method failed, and why, and which was charged. In the host's
     * transaction if there is one.
     */
    public List<Attempt> attempts(AccountId account, RechargeId recharge) {
        return engine.store().attempts(account, recharge);
    }

    /**
     * Reports that the host changed the balance with its own SQL; the account is checked after the host's commit. Without an
     * {@link AutoRechargeBuilder#afterCommit} hook, the account becomes due in the host's transaction.
     */
    public void balanceChanged(AccountId account) {
        afterCommit.run(() -> {
            engine.store().markDue(account, clock.instant());
            engine.workers().checkSoon(account, Trigger.BALANCE);
        });
    }

    /** The user's settings; the defaults for an account without any. */
    public Settings settings(AccountId account) {
        return status(account).settings();
    }

    /**
     * Stores the user's settings, and checks the account. The user confirmed no amount, so that a new agreement covers one package; see
     * {@link #save}. In the host's transaction if there is one; then the account is checked after the commit.
     *
     * @param consentVersion the version of the text that the user agreed to by saving; null if saving gave no consent. An account without
     *     recorded consent is not charged
     */
    public Settings configure(AccountId account, Settings settings, @Nullable String consentVersion) {
        save(account, settings, consentVersion == null ? Agreement.none() : Agreement.to(consentVersion));
        return settings;
    }

    /**
     * Stores the user's settings together with what the user agreed to, and checks the account. No later recharge costs more than the
     * user agreed to: the maximum that was confirmed or, where nothing was confirmed, the price of one package.
     *
     * @return {@link SaveResult.AmountChanged}, with nothing stored, if the user confirmed another amount than saving charges
     */
    public SaveResult save(AccountId account, Settings settings, Agreement agreement) {
        return save(account, settings, agreement, UnaryOperator.identity());
    }

    /**
     * As {@link #save(AccountId, Settings, Agreement)}, and changes what the user decided besides the settings, in the same transaction.
     *
     * <pre>{@code
     * autoRecharge.save(account, settings, agreement, rules -> rules.withMonthlyLimit(Money.of("50.00", "USD")));
     * }</pre>
     *
     * @param rules returns the rules from now on, given those so far; a pure function
     * @throws io.autorecharge.credit.InvalidValueException for the field {@code monthlyLimit}, when it is in another currency than the
     *     packages, below the price of the chosen package, or above the host's limit per month
     */
    public SaveResult save(AccountId account, Settings settings, Agreement agreement, UnaryOperator<UserRules> rules) {
        SaveResult result = engine.settings().save(account, settings, agreement, rules);
        if (result instanceof SaveResult.Saved) {
            afterCommit.run(() -> engine.workers().checkSoon(account, Trigger.SETTINGS));
        }
        return result;
    }

    /** What saving these settings would charge at once, to be shown and confirmed before they are saved; nothing is changed. */
    public SettingsPreview preview(AccountId account, Settings settings) {
        return preview(account, settings, UnaryOperator.identity());
    }

    /** As {@link #preview(AccountId, Settings)}, with other rules of the user. */
    public SettingsPreview preview(AccountId account, Settings settings, UnaryOperator<UserRules> rules) {
        return engine.settings().preview(account, settings, rules);
    }

    /**
     * Saves a payment method that the customer added without a checkout, for example with a SetupIntent, and checks the account. A
     * purchase through {@link #openCheckout} saves its method by itself. A card that was suspended stays suspended when it is saved
     * again, recognised by its fingerprint; another card, whose fingerprint must be known, ends the suspension and the back-off. In the host's
     * transaction if there is one.
     *
     * <p>The host vouches for the first customer of an account: as long as the account has none, any customer id is accepted that neither
     * another account has nor another installation has marked. Never take it from a request. The customer is marked as this
     * installation's. Inside a transaction of the host the provider is not asked about it; it is asked before the first charge in any case.
     *
     * @throws io.autorecharge.credit.InvalidValueException when the method belongs to another customer than the account's, or the customer
     *     to another account or installation
     */
    public void savePaymentMethod(AccountId account, PaymentMethod method) {
        engine.savePaymentMethod(account, method);
        afterCommit.run(() -> engine.workers().checkSoon(account, Trigger.SETTINGS));
    }

    /**
     * The account's payment methods, the primary one first, then the backups in the order in which they are tried. In the host's transaction if
     * there is one.
     */
    public PaymentMethods paymentMethods(AccountId account) {
        return engine.store().methods(account);
    }

    /**
     * Adds a payment method as the last backup; as the primary one where none is saved. A backup is charged when the methods before it fail or
     * are passed over, within the same recharge. Adding one is an act of its own that the user must have asked for: the agreement covers the
     * methods that are listed. The customer must be the account's, as for {@link #savePaymentMethod}. In the host's transaction if there is
     * one.
     *
     * @throws io.autorecharge.credit.InvalidValueException when the method belongs to another customer than the account's, or the account has
     *     {@value PaymentMethods#MAX} methods already
     */
    public void addPaymentMethod(AccountId account, PaymentMethod method) {
        engine.addPaymentMethod(account, method);
        afterCommit.run(() -> engine.workers().checkSoon(account, Trigger.SETTINGS));
    }

    /**
     * Makes a saved payment method the primary one; the one before becomes the first backup. In the host's transaction if there is one.
     *
     * @return false when the account has no such method
     */
    public boolean makePrimary(AccountId account, String methodId) {
        boolean changed = engine.methods().makePrimary(account, methodId);
        afterCommit.run(() -> engine.workers().checkSoon(account, Trigger.SETTINGS));
        return changed;
    }

    /**
     * Puts the account's payment methods in another order, the primary one first. In the host's transaction if there is one.
     *
     * @throws io.autorecharge.credit.InvalidValueException when the ids are not exactly those of the account's methods
     */
    public void reorderPaymentMethods(AccountId account, List<String> methodIds) {
        engine.methods().reorder(account, methodIds);
        afterCommit.run(() -> engine.workers().checkSoon(account, Trigger.SETTINGS));
    }

    /**
     * Removes one payment method; at the provider nothing changes unless {@link AutoRechargeBuilder#detachRemovedMethods} is set. The first backup takes the place of the primary one. A charge of it that is
     * under way is not sent again. In the host's transaction if there is one.
     *
     * @return false when the account has no such method
     */
    public boolean removePaymentMethod(AccountId account, String methodId) {
        boolean removed = engine.methods().remove(account, methodId);
        afterCommit.run(() -> engine.workers().checkSoon(account, Trigger.SETTINGS));
        return removed;
    }

    /** Removes all saved payment methods; nothing changes at the provider. In the host's transaction if there is one. */
    public void forgetPaymentMethod(AccountId account) {
        engine.settings().forgetPaymentMethod(account);
        afterCommit.run(() -> engine.workers().checkSoon(account, Trigger.SETTINGS));
    }

    /**
     * Ends the stop of the account's cards, for every account that uses them. For operators who have found that the decline or the fraud warning
     * was an error. The account's own suspension stays.
     *
     * @return false when the account has no payment method
     */
    public boolean releaseCard(AccountId account) {
        boolean released = engine.settings().releaseCard(account);
        afterCommit.run(() -> engine.workers().checkSoon(account, Trigger.SETTINGS));
        return released;
    }

    /**
     * What the account's user has agreed to: a record for each agreement, change, added payment method and withdrawal, oldest first. Records
     * are never changed. An agreement from before these were kept has its record once it is used or changed.
     */
    public List<ConsentRecord> consents(AccountId account) {
        return engine.store().consents(account);
    }

    /**
     * Everything that a dispute of this payment asks for: what the customer agreed to, what was charged with which card, what it bought, and
     * what was used since. Reads the ledger back to the purchase, and looks for the recharge among the account's last 1000.
     *
     * @param payment the provider's id of the payment, such as {@code pi_…}
     * @return empty when this payment was not granted to this account
     */
    public Optional<PaymentEvidence> evidence(AccountId account, String payment) {
        return engine.evidence().read(account, payment);
    }

    /** The state of the account's auto-recharge, for its user and for support; as the host's transaction sees it, if there is one. */
    public Status status(AccountId account) {
        return engine.status().read(account);
    }

    /**
     * What would be decided now; nothing is charged or changed. In the host's transaction if there is one, which then holds the account's lock.
     */
    public Decision preview(AccountId account) {
        return engine.preview(account);
    }

    /**
     * What saving this payment method would charge at once; nothing is charged or changed. Show it, with the card, before
     * {@link #savePaymentMethod}: like every recharge it never costs more than the user agreed to. In the host's transaction if there is one,
     * which then holds the account's lock.
     *
     * @throws io.autorecharge.credit.InvalidValueException when the method belongs to another customer than the account's
     */
    public Decision preview(AccountId account, PaymentMethod method) {
        return engine.settings().preview(account, method);
    }

    /**
     * Checks one account on the calling thread: evaluate, claim, charge, settle. It may wait for the provider.
     *
     * @throws IllegalStateException inside a transaction of the host
     */
    public CheckResult check(AccountId account) {
        engine.requireNoHostTransaction("check");
        return engine.check(account, Trigger.SWEEP);
    }

    /**
     * Buys a package now with the saved payment method, while its user waits: the same claim and charge as an automatic recharge, for exactly the
     * price that the user was shown. Auto-recharge need not be on, and neither threshold, back-off nor cooldown matters; the limits do, and
     * so do a recharge that is open, a suspension, and what a card may be tried. If a method declines, the backups are tried. There is no bonus.
     *
     * <p>One reference buys once, however often it is sent: make it when the page is shown, so that a double click buys once. May wait for the provider.
     *
     * @param credits the package
     * @param shown the price that the user was shown and agreed to by this act; with another one nothing is charged
     * @param reference names the request; at most 255 characters, unique per account
     * @throws io.autorecharge.credit.InvalidValueException when the package is not on sale, or the reference was used for another purchase
     * @throws io.autorecharge.policy.PolicyUnusableException when the account has no policy that can be used
     * @throws io.autorecharge.gateway.TooManyRequestsException when the account asks too often, or too many people wait already
     * @throws IllegalStateException inside a transaction of the host
     */
    public PurchaseResult purchase(AccountId account, int credits, Money shown, String reference) {
        engine.requireNoHostTransaction("purchase");
        return engine.requested().purchase(account, credits, shown, reference);
    }

    /**
     * Tries again now while the account waits after a decline: as the check that would follow later, for a user who has funded the card meanwhile.
     * Everything else is decided as ever, and the card's limit counts. Ten minutes must have passed since the last charge began; until then the answer
     * is a hold with {@link io.autorecharge.policy.HoldReason#COOLDOWN}. May wait for the provider.
     *
     * @throws io.autorecharge.gateway.TooManyRequestsException when the account asks too often, or too many people wait already
     * @throws IllegalStateException inside a transaction of the host
     */
    public CheckResult retry(AccountId account) {
        engine.requireNoHostTransaction("retry");
        return engine.requested().retry(account);
    }

    /**
     * Creates a checkout session at the provider, where the customer buys a package. An account has only so many open checkouts
     * ({@link io.autorecharge.policy.PeopleLimits}): one more closes the oldest.
     *
     * @param credits the package
     * @param consentVersion the text by which the user agreed that this purchase switches auto-recharge on and saves the method; null for a
     *     purchase that does neither
     * @param email for the provider's customer; may be null
     * @throws io.autorecharge.gateway.GatewayException when the provider cannot be reached or refuses, or the database is not confirmed
     *     ({@link #database})
     * @throws io.autorecharge.gateway.TooManyRequestsException when the account asks too often, or too many people wait already
     * @throws IllegalStateException inside a transaction of the host
     */
    public CheckoutSession openCheckout(
            AccountId account, int credits, @Nullable String consentVersion, @Nullable String email) {
        return openCheckout(
                account, consentVersion == null ? Agreement.none() : Agreement.to(consentVersion), credits, email);
    }

    /**
     * As {@link #openCheckout(AccountId, int, String, String)}. An agreement with a text makes the purchase switch auto-recharge on and save
     * the method; a confirmed maximum is recorded instead of the package's price.
     */
    public CheckoutSession openCheckout(AccountId account, Agreement agreement, int credits, @Nullable String email) {
        engine.requireNoHostTransaction("openCheckout");
        engine.binding().require();
        return engine.checkouts().open(account, credits, agreement, email);
    }

    /**
     * Creates a checkout session where the customer adds a payment method and buys nothing; no money is moved. The method enters the account's
     * list when the provider reports it: by a webhook event, by {@link #refreshCheckouts} when the customer returns, or when the session is looked
     * up in the background. Auto-recharge is not switched on. Adding a method is an act of its own that the user must have asked for: the agreement
     * covers the methods that are listed. A card that is stopped stays so when it is added once more. Such checkouts count as others against
     * {@link io.autorecharge.policy.PeopleLimits}.
     *
     * @param place where the method takes its place in the list; the first method of an account is the primary one in any case
     * @param email for the provider's customer; may be null
     * @throws io.autorecharge.credit.InvalidValueException when the account has {@value PaymentMethods#MAX} methods already
     * @throws io.autorecharge.gateway.GatewayException when the provider cannot be reached or refuses, or the database is not confirmed
     *     ({@link #database})
     * @throws io.autorecharge.gateway.TooManyRequestsException when the account asks too often, or too many people wait already
     * @throws IllegalStateException inside a transaction of the host
     */
    public CheckoutSession openSetup(AccountId account, MethodPlace place, @Nullable String email) {
        engine.requireNoHostTransaction("openSetup");
        engine.binding().require();
        return engine.setups().open(account, place, email);
    }

    /**
     * Creates a checkout session where the customer pays the recharge that failed because the bank asked for authentication: the same
     * recharge, once, with its bonus. While the session is open nothing is charged automatically. Called again it returns the same session.
     * When the user switches off, or removes or replaces the card, it is no longer offered and an open session is closed. If such a session is
     * paid all the same, its credits are granted without the bonus; no method is saved, and nothing is switched on.
     *
     * @return empty if the account's last recharge is not waiting for its customer, is no longer wanted, or turns out to be paid
     * @throws io.autorecharge.gateway.GatewayException when the provider cannot be reached or refuses, or the database is not confirmed
     *     ({@link #database}); nothing was offered then
     * @throws io.autorecharge.gateway.TooManyRequestsException when the account asks too often, or too many people wait already
     * @throws IllegalStateException inside a transaction of the host
     */
    public Optional<CheckoutSession> openRecovery(AccountId account) {
        engine.requireNoHostTransaction("openRecovery");
        engine.binding().require();
        return engine.recoveries().open(account);
    }

    /**
     * Looks up the account's open checkouts at the provider immediately, the newest few of them; call it when a customer returns from a
     * checkout. Those that are left are looked up in the background. Looks nothing up while the database is not confirmed ({@link #database}).
     *
     * @throws io.autorecharge.gateway.TooManyRequestsException when the account asks too often, or too many people wait already
     * @throws IllegalStateException inside a transaction of the host
     */
    public void refreshCheckouts(AccountId account) {
        engine.requireNoHostTransaction("refreshCheckouts");
        engine.refreshCheckouts(account);
        engine.workers().checkSoon(account, Trigger.SETTINGS);
    }

    /**
     * Applies what the provider reports about a charge, a checkout, or the refunds and disputes of a payment. Ownership is checked in the
     * same transaction: a report about another customer or checkout session changes nothing, and if it reports a capture, it is published
     * as {@link io.autorecharge.event.EventType#CAPTURE_MISMATCH}. Idempotent, whatever the order of the reports and however often they
     * arrive.
     *
     * <p>An object that carries the id of another installation, or none that a row here names, is ignored and reported to
     * {@link io.autorecharge.event.AutoRechargeObserver#ignored}: another application uses the same account at the provider.
     *
     * @return false when the account does not know the object, or it belongs to another customer or installation; nothing was changed then
     * @throws IllegalStateException for a checkout when no checkout gateway was given to the builder, and inside a transaction of the host,
     *     whose rollback would undo what the provider has reported
     */
    public boolean settle(ProviderReport report) {
        engine.requireNoHostTransaction("settle");
        return engine.reports().settle(report) == Settled.APPLIED;
    }

    /**
     * Stops everything: from now on no node charges any account on its own, until {@link #resume}. The stop is kept in the database and
     * survives restarts. Charges that were claimed before are settled, and their number is returned. Debits, grants, webhooks, look-ups and
     * reconciliation go on, and so do purchases at checkout, which a person sees and pays. Decisions become holds with the reason
     * {@link io.autorecharge.policy.HoldReason#PAUSED}. Waits a few seconds at most. Stopping again replaces reason and actor.
     *
     * @param reason why, for the people who read it later; at most 255 characters
     * @param actor who stops it; at most 255 characters
     * @throws io.autorecharge.credit.InvalidValueException when a text is blank, too long, or contains control characters
     */
    public PauseReport pause(String reason, String actor) {
        return engine.pauses().pause(reason, actor);
    }

    /**
     * Ends the stop for everything. The accounts that it held become due.
     *
     * @param actor who ends it, for the log; at most 255 characters
     * @return false if nothing was stopped
     * @throws io.autorecharge.credit.InvalidValueException when the text is blank, too long, or contains control characters
     */
    public boolean resume(String actor) {
        return engine.pauses().resume(actor);
    }

    /**
     * Lifts the limits of money over all accounts that were reached: their whole amounts are free again for the rest of the hour and day.
     * Accounts that they hold are charged within 15 minutes.
     *
     * @param actor who lifts them, for the log; at most 255 characters
     * @throws io.autorecharge.credit.InvalidValueException when the text is blank, too long, or contains control characters
     */
    public void liftTotalLimits(String actor) {
        engine.pauses().liftTotalLimits(actor);
    }

    /** The stop for everything that is in force; empty while accounts are charged. */
    public Optional<Pause> paused() {
        return engine.store().pause();
    }

    /**
     * Polls the provider for refunds and disputes that no webhook reported, sweeps, and checks every due account on this library's threads;
     * returns when all of them are done.
     *
     * @throws IllegalStateException inside a transaction of the host
     */
    public RunReport runOnce() {
        engine.requireNoHostTransaction("runOnce");
        return engine.job().once();
    }

    /**
     * Brings a restored database up to date with the provider: for the time after a backup was restored, and before anything is charged.
     * Reads the payments since that moment, an hour before included. A payment that the database does not know is recorded as it was and
     * granted, credits and bonus, once; one without a final outcome is recorded as open, so that its account is not charged again;
     * refunds and disputes are settled. It charges no account; do not charge for debits meanwhile either
     * ({@link AutoRechargeBuilder#chargeImmediately} with false). Stop other nodes: they may charge again before the run has finished.
     * Credits are never granted twice, and the call may be repeated.
     *
     * <p>What only the database knew is not restored: debits, grants of the host, and what users chose since.
     *
     * @param restoredTo the moment that the backup shows
     * @throws io.autorecharge.credit.InvalidValueException when it is in the future, or before 1970
     * @throws IllegalStateException when this gateway cannot read the provider's payment history, and inside a transaction of the host
     * @throws io.autorecharge.gateway.GatewayException when the provider cannot be reached or refuses; what was restored until then
     *     stays, and the same call continues
     */
    public Reconciliation reconcileSince(Instant restoredTo) {
        engine.requireNoHostTransaction("reconcileSince");
        return engine.reconciler().since(restoredTo);
    }

    /** How the clock of this process compares with the provider's. Never waits. */
    public ClockReport clock() {
        return engine.clocks().report();
    }

    /**
     * Whether the database is the one that this installation is bound to. While it may be a copy, or the key is of another kind, nothing is
     * changed at the provider: accounts are held with {@link io.autorecharge.policy.HoldReason#DATABASE_NOT_CONFIRMED}, and no checkout is opened.
     * Webhooks are settled, and refunds and disputes are read. Compared at most once a minute, and not within a transaction of the host.
     *
     * @throws io.autorecharge.store.StoreException if it was never found out and the database fails
     */
    public DatabaseReport database() {
        return engine.binding().current();
    }

    /**
     * Starts the in-process scheduler, which keeps the process alive until {@link #stop} or {@link #close}. A second call changes nothing.
     *
     * @throws IllegalStateException when another installation id is configured than the database contains
     */
    public void start() {
        engine.requireInstallation();
        engine.scheduler().start();
    }

    /** One turn of the in-process scheduler, on the calling thread. */
    void tick() {
        engine.scheduler().tick();
    }

    /** Stops the in-process scheduler; {@link #start} starts it again. Accounts that cross their threshold are still checked. */
    public void stop() {
        engine.scheduler().close();
    }

    /** Whether the in-process scheduler runs. */
    public boolean isRunning() {
        return engine.scheduler().isRunning();
    }

    /**
     * Who this installation is: part of everything that is sent to the provider, and the same in all of its processes.
     *
     * @see AutoRechargeBuilder#installation
     */
    public InstallationId installation() {
        return engine.installation();
    }

    /**
     * The policy of one account: its packages, prices and limits. Reads the account if there is a
     * {@link io.autorecharge.policy.PolicySource}.
     *
     * @return empty when the source gave none that can be used
     */
    public Optional<RechargePolicy> policy(AccountId account) {
        return engine.status().policyOf(account);
    }

    /** The builder's policy. With a {@link io.autorecharge.policy.PolicySource}, single accounts may have others. */
    public RechargePolicy policy() {
        return engine.policy();
    }

    /** Whether {@link #close} was called. */
    boolean isClosed() {
        return engine.workers().isClosed();
    }

    /**
     * Stops processing accounts. Checks that have not begun are left to the next start or another node. Waits at most 30 seconds for calls to
     * the provider and to listeners that are in progress, then interrupts them.
     */
    @Override
    public void close() {
        engine.close();
    }
}
