package io.autorecharge.internal.externalledger;

import io.autorecharge.account.Account;
import io.autorecharge.account.AccountState;
import io.autorecharge.account.AgreedPackage;
import io.autorecharge.account.CardStop;
import io.autorecharge.account.ConsentRecord;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.Settings;
import io.autorecharge.account.UsageMark;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.internal.pacing.RetryDelays;
import io.autorecharge.policy.CardUse;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.PastRecharge;
import io.autorecharge.policy.SpendingPeriod;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.BalanceState;
import io.autorecharge.store.CardClaim;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.OwedEntries;
import io.autorecharge.store.Pause;
import io.autorecharge.store.PendingPosting;
import io.autorecharge.store.PendingPostings;
import io.autorecharge.store.Posting;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeWithAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One transaction on an account whose balance another service keeps. */
final class ExternalLedgerTransaction implements AccountTransaction {
    private static final Duration OUTDATED_PAUSE = Duration.ofSeconds(1);

    private final AccountTransaction tx;
    private final BalanceReading reading;
    private final Duration balanceCheck;
    private PendingPostings grants;
    private boolean promised;
    private Credits onTheWay = Credits.ZERO;

    ExternalLedgerTransaction(AccountTransaction tx, BalanceReading reading, Duration balanceCheck) {
        this.tx = tx;
        this.reading = reading;
        this.balanceCheck = balanceCheck;
        this.grants = tx.grants();
    }

    /**
     * Whether a grant was added and delivered since the balance was requested, so that the balance may or may not include it. Decided by
     * numbers, not times, since the clocks of two nodes differ.
     */
    boolean isOutdated() {
        boolean moved = grants.last() != reading.grants().last()
                || !reading.grants().pending().isEmpty();
        return moved && grants.pending().isEmpty();
    }

    boolean promised() {
        return promised;
    }

    private Decision.@Nullable Hold doubt(Instant now) {
        if (!grants.pending().isEmpty()) {
            return new Decision.Hold(
                    HoldReason.GRANT_PENDING, grants.pending().get(0).deliverAt());
        }
        if (isOutdated()) {
            return new Decision.Hold(HoldReason.CONTENTION, now.plus(OUTDATED_PAUSE));
        }
        return reading.balance() == null ? new Decision.Hold(HoldReason.BALANCE_UNKNOWN, reading.unknownUntil()) : null;
    }

    @Override
    public BalanceState balanceState(Instant now) {
        BalanceState stored = tx.balanceState(now);
        Instant nextDelivery =
                grants.pending().isEmpty() ? null : grants.pending().get(0).deliverAt();
        return new BalanceState(
                stored.doubt() == null ? doubt(now) : stored.doubt(),
                reading.balance() != null,
                earlier(stored.nextDeliveryAt(), nextDelivery),
                balanceCheck);
    }

    private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isBefore(b) ? a : b;
    }

    @Override
    public Account account() {
        Account account = tx.account();
        return reading.balance() == null
                ? account
                : with(account, reading.balance().plus(onTheWay));
    }

    static Account with(Account account, Credits balance) {
        return new Account(
                account.id(),
                balance,
                account.settings(),
                account.customerId(),
                account.method(),
                account.state().unused(false));
    }

    /** Credits arrive after the commit; until then they are recorded as unconfirmed grants. */
    @Override
    public boolean post(List<Posting> postings, Instant at) {
        return promise(postings, at, at.plus(RetryDelays.ofGrant(0)));
    }

    @Override
    public boolean promise(List<Posting> postings, Instant at, Instant deliverAt) {
        boolean isNew = tx.promise(postings, at, deliverAt);
        if (isNew) {
            grants = tx.grants();
            promised = true;
            onTheWay = postings.stream().map(Posting::amount).reduce(onTheWay, Credits::plus);
        }
        return isNew;
    }

    @Override
    public PendingPostings grants() {
        return grants;
    }

    @Override
    public void save(PendingPosting grant) {
        tx.save(grant);
        grants = tx.grants();
    }

    @Override
    public Optional<RechargeWithAttempt> openRecharge() {
        return tx.openRecharge();
    }

    @Override
    public Optional<RechargeWithAttempt> rechargeOf(AttemptId attempt) {
        return tx.rechargeOf(attempt);
    }

    @Override
    public List<Attempt> attempts(RechargeId recharge) {
        return tx.attempts(recharge);
    }

    @Override
    public PaymentMethods methods() {
        return tx.methods();
    }

    @Override
    public void save(PaymentMethods methods) {
        tx.save(methods);
    }

    @Override
    public List<PastRecharge> countedSince(Instant from) {
        return tx.countedSince(from);
    }

    @Override
    public Optional<Money> dearestPaid(Currency currency) {
        return tx.dearestPaid(currency);
    }

    @Override
    public void save(ConsentRecord record) {
        tx.save(record);
    }

    @Override
    public List<AgreedPackage> firstPrices() {
        return tx.firstPrices();
    }

    @Override
    public Optional<Pause> pause() {
        return tx.pause();
    }

    @Override
    public List<UsageMark> usageMarks() {
        return tx.usageMarks();
    }

    @Override
    public UsageMark usageMark(Instant at) {
        return tx.usageMark(at);
    }

    @Override
    public void saveMarks(@Nullable UsageMark added, Collection<UsageMark> dropped) {
        tx.saveMarks(added, dropped);
    }

    @Override
    public List<Checkout> openCheckouts() {
        return tx.openCheckouts();
    }

    @Override
    public boolean reserve(SpendingPeriod period, Money amount) {
        return tx.reserve(period, amount);
    }

    @Override
    public boolean hasRoom(SpendingPeriod period, Money amount) {
        return tx.hasRoom(period, amount);
    }

    @Override
    public void correct(SpendingPeriod period, long minorUnits) {
        tx.correct(period, minorUnits);
    }

    @Override
    public List<Instant> checkoutsSince(Instant from) {
        return tx.checkoutsSince(from);
    }

    @Override
    public Optional<Checkout> checkout(CheckoutId id) {
        return tx.checkout(id);
    }

    @Override
    public CardUse cardUse(String card, Instant since) {
        return tx.cardUse(card, since);
    }

    @Override
    public CardClaim claimCard(String card, AttemptId attempt, Instant at, Instant since, int limit) {
        return tx.claimCard(card, attempt, at, since, limit);
    }

    @Override
    public void stopCard(String card, CardStop stop) {
        tx.stopCard(card, stop);
    }

    @Override
    public boolean takeGrace(String card) {
        // Another service decides about debits.
        return false;
    }

    @Override
    public void endGrace(String card) {
        tx.endGrace(card);
    }

    @Override
    public void releaseCard(String card, CardStop.Reason reason) {
        tx.releaseCard(card, reason);
    }

    @Override
    public void save(Settings settings) {
        tx.save(settings);
    }

    @Override
    public void saveCustomer(String customerId) {
        tx.saveCustomer(customerId);
    }

    @Override
    public void savePaymentMethod(@Nullable PaymentMethod method) {
        tx.savePaymentMethod(method);
    }

    @Override
    public void save(AccountState state) {
        tx.save(state);
    }

    @Override
    public boolean open(Recharge recharge, Attempt attempt) {
        return tx.open(recharge, attempt);
    }

    @Override
    public void open(Attempt next) {
        tx.open(next);
    }

    @Override
    public void save(Attempt attempt) {
        tx.save(attempt);
    }

    @Override
    public void save(Recharge recharge) {
        tx.save(recharge);
    }

    @Override
    public void save(Checkout checkout) {
        tx.save(checkout);
    }

    @Override
    public Optional<Posting> posted(String reference) {
        return tx.posted(reference);
    }

    @Override
    public List<Posting> reversalsPosted(String purchaseReference) {
        return tx.reversalsPosted(purchaseReference);
    }

    @Override
    public List<OwedEntries> owed() {
        return tx.owed();
    }

    @Override
    public void save(OwedEntries owed) {
        tx.save(owed);
    }

    @Override
    public void removeOwed(String providerReference) {
        tx.removeOwed(providerReference);
    }

    @Override
    public List<Reversal> reversalsOf(String providerReference) {
        return tx.reversalsOf(providerReference);
    }

    @Override
    public void save(String providerReference, Reversal reversal) {
        tx.save(providerReference, reversal);
    }

    @Override
    public boolean publish(AutoRechargeEvent event) {
        return tx.publish(event);
    }
}
