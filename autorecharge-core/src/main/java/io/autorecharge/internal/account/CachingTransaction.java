package io.autorecharge.internal.account;

import io.autorecharge.account.Account;
import io.autorecharge.account.AccountState;
import io.autorecharge.account.AgreedPackage;
import io.autorecharge.account.CardStop;
import io.autorecharge.account.ConsentRecord;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.Settings;
import io.autorecharge.account.UsageMark;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.policy.CardUse;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what a transaction has read, so that nothing is read twice, and writes each changed row once, at the end. Under the account's
 * lock no other transaction changes what is remembered. Rules of the port, such as that an attempt in a final state stays in it, hold for
 * what is remembered too.
 */
final class CachingTransaction implements AccountTransaction {
    private final AccountTransaction tx;
    private final RechargeCache recharges;
    private final CheckoutCache checkouts;
    private final Map<String, Optional<Posting>> posted = new HashMap<>();
    private final Map<String, List<Reversal>> reversals = new HashMap<>();
    private final Map<CardQuery, CardUse> cards = new HashMap<>();
    private final Map<Currency, Optional<Money>> dearestPaid = new HashMap<>();

    private @Nullable List<AgreedPackage> firstPrices;
    private final List<Runnable> corrections = new ArrayList<>();

    /** Whether writes are refused, because nothing would flush them. */
    private final boolean readOnly;

    private record CardQuery(String card, Instant since) {}

    CachingTransaction(AccountTransaction tx) {
        this(tx, false);
    }

    private CachingTransaction(AccountTransaction tx, boolean readOnly) {
        this.tx = tx;
        this.readOnly = readOnly;
        this.recharges = new RechargeCache(tx);
        this.checkouts = new CheckoutCache(tx);
    }

    /** One that refuses writes. */
    static CachingTransaction readOnly(AccountTransaction tx) {
        return new CachingTransaction(tx, true);
    }

    /** @throws IllegalStateException when this transaction only reads */
    void requireWritable() {
        if (readOnly) {
            throw new IllegalStateException("this step only reads; a step that changes the account must be run");
        }
    }

    /** Corrects what was reserved of the limits over all accounts: after everything else, because other accounts wait for it. */
    void flushLast() {
        corrections.forEach(Runnable::run);
        corrections.clear();
    }

    /** Writes what is queued. */
    void flush() {
        recharges.flush();
        checkouts.flush();
    }

    @Override
    public Account account() {
        return tx.account();
    }

    @Override
    public BalanceState balanceState(Instant now) {
        return tx.balanceState(now);
    }

    @Override
    public Optional<RechargeWithAttempt> openRecharge() {
        return recharges.open();
    }

    @Override
    public Optional<RechargeWithAttempt> rechargeOf(AttemptId attempt) {
        return recharges.of(attempt);
    }

    @Override
    public List<Attempt> attempts(RechargeId recharge) {
        recharges.flush();
        return tx.attempts(recharge);
    }

    @Override
    public PaymentMethods methods() {
        return tx.methods();
    }

    @Override
    public void save(PaymentMethods methods) {
        requireWritable();
        if (!methods.equals(tx.methods())) {
            tx.save(methods);
        }
    }

    @Override
    public List<PastRecharge> countedSince(Instant from) {
        return recharges.countedSince(from);
    }

    @Override
    public Optional<Money> dearestPaid(Currency currency) {
        return dearestPaid.computeIfAbsent(currency, tx::dearestPaid);
    }

    @Override
    public void save(ConsentRecord record) {
        requireWritable();
        tx.save(record);
    }

    @Override
    public List<AgreedPackage> firstPrices() {
        if (firstPrices == null) {
            firstPrices = tx.firstPrices();
        }
        return firstPrices;
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
        requireWritable();
        if (added != null || !dropped.isEmpty()) {
            tx.saveMarks(added, dropped);
        }
    }

    @Override
    public List<Checkout> openCheckouts() {
        return checkouts.open();
    }

    @Override
    public boolean reserve(SpendingPeriod period, Money amount) {
        requireWritable();
        return tx.reserve(period, amount);
    }

    @Override
    public boolean hasRoom(SpendingPeriod period, Money amount) {
        return tx.hasRoom(period, amount);
    }

    @Override
    public void correct(SpendingPeriod period, long minorUnits) {
        requireWritable();
        corrections.add(() -> tx.correct(period, minorUnits));
    }

    @Override
    public List<Instant> checkoutsSince(Instant from) {
        return checkouts.since(from);
    }

    @Override
    public Optional<Checkout> checkout(CheckoutId id) {
        return checkouts.find(id);
    }

    @Override
    public CardUse cardUse(String card, Instant since) {
        return cards.computeIfAbsent(new CardQuery(card, since), any -> {
            // Whether an attempt counts is read from its row.
            recharges.flush();
            return tx.cardUse(card, since);
        });
    }

    @Override
    public CardClaim claimCard(String card, AttemptId attempt, Instant at, Instant since, int limit) {
        requireWritable();
        recharges.flush();
        cards.clear();
        return tx.claimCard(card, attempt, at, since, limit);
    }

    @Override
    public void stopCard(String card, CardStop stop) {
        requireWritable();
        cards.clear();
        tx.stopCard(card, stop);
    }

    @Override
    public boolean takeGrace(String card) {
        requireWritable();
        return tx.takeGrace(card);
    }

    @Override
    public void endGrace(String card) {
        requireWritable();
        tx.endGrace(card);
    }

    @Override
    public void releaseCard(String card, CardStop.Reason reason) {
        requireWritable();
        cards.clear();
        tx.releaseCard(card, reason);
    }

    @Override
    public void save(Settings settings) {
        requireWritable();
        tx.save(settings);
    }

    @Override
    public void saveCustomer(String customerId) {
        requireWritable();
        tx.saveCustomer(customerId);
    }

    @Override
    public void savePaymentMethod(@Nullable PaymentMethod method) {
        requireWritable();
        tx.savePaymentMethod(method);
    }

    @Override
    public void save(AccountState state) {
        requireWritable();
        if (!state.equals(tx.account().state())) {
            tx.save(state);
        }
    }

    @Override
    public boolean open(Recharge recharge, Attempt attempt) {
        requireWritable();
        return recharges.open(recharge, attempt);
    }

    @Override
    public void open(Attempt next) {
        requireWritable();
        cards.clear();
        recharges.open(next);
    }

    @Override
    public void save(Attempt attempt) {
        requireWritable();
        cards.clear();
        recharges.save(attempt);
    }

    @Override
    public void save(Recharge recharge) {
        requireWritable();
        recharges.save(recharge);
    }

    @Override
    public void save(Checkout checkout) {
        requireWritable();
        checkouts.save(checkout);
    }

    @Override
    public boolean post(List<Posting> postings, Instant at) {
        requireWritable();
        return remembered(tx.post(postings, at), postings);
    }

    @Override
    public boolean promise(List<Posting> postings, Instant at, Instant deliverAt) {
        requireWritable();
        return remembered(tx.promise(postings, at, deliverAt), postings);
    }

    private boolean remembered(boolean isNew, List<Posting> postings) {
        postings.forEach(it -> {
            if (isNew) {
                posted.put(it.reference(), Optional.of(it));
            } else {
                posted.remove(it.reference());
            }
        });
        return isNew;
    }

    @Override
    public PendingPostings grants() {
        return tx.grants();
    }

    @Override
    public void save(PendingPosting grant) {
        requireWritable();
        tx.save(grant);
    }

    @Override
    public Optional<Posting> posted(String reference) {
        return posted.computeIfAbsent(reference, tx::posted);
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
        requireWritable();
        tx.save(owed);
    }

    @Override
    public void removeOwed(String providerReference) {
        requireWritable();
        tx.removeOwed(providerReference);
    }

    @Override
    public List<Reversal> reversalsOf(String providerReference) {
        return reversals.computeIfAbsent(providerReference, tx::reversalsOf);
    }

    @Override
    public void save(String providerReference, Reversal reversal) {
        requireWritable();
        tx.save(providerReference, reversal);
        reversals.remove(providerReference);
    }

    @Override
    public boolean publish(AutoRechargeEvent event) {
        requireWritable();
        return tx.publish(event);
    }
}
