package io.autorecharge.testkit;

import io.autorecharge.account.Account;
import io.autorecharge.account.AccountState;
import io.autorecharge.account.AgreedPackage;
import io.autorecharge.account.CardStop;
import io.autorecharge.account.ConsentRecord;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.SavedMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.account.UsageMark;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
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
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.BalanceState;
import io.autorecharge.store.CardClaim;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutState;
import io.autorecharge.store.OwedEntries;
import io.autorecharge.store.Pause;
import io.autorecharge.store.PendingPosting;
import io.autorecharge.store.PendingPostings;
import io.autorecharge.store.Posting;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import io.autorecharge.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One transaction on one account in memory. */
final class InMemoryTransaction implements AccountTransaction {
    final List<AutoRechargeEvent> published = new ArrayList<>();
    private final InMemoryAccount data;
    final List<Attempt> changed = new ArrayList<>();
    private final List<ReentrantLock> held = new ArrayList<>();
    private Credits posted = Credits.ZERO;
    private final Predicate<String> isKnown;
    private final Predicate<Credits> refuses;
    private final boolean ofState;
    private final InMemoryPause pause;
    private final InMemorySpending spending;
    private final Supplier<List<AgreedPackage>> firstPrices;

    /** What is to be done if this transaction fails. */
    final List<Runnable> undo = new ArrayList<>();

    private final InMemoryCards cards;

    /**
     * @param refuses the balances that the store refuses
     * @param ofState whether the account's own row is not locked
     */
    InMemoryTransaction(
            InMemoryAccount data,
            InMemoryPause pause,
            Predicate<String> isKnown,
            Predicate<Credits> refuses,
            boolean ofState,
            InMemoryCards cards,
            InMemorySpending spending,
            Supplier<List<AgreedPackage>> firstPrices) {
        this.firstPrices = firstPrices;
        this.spending = spending;
        this.data = data;
        this.pause = pause;
        this.isKnown = isKnown;
        this.refuses = refuses;
        this.ofState = ofState;
        this.cards = cards;
    }

    /** Releases the locks of cards, after the commit or roll-back. */
    void release() {
        held.forEach(ReentrantLock::unlock);
    }

    @Override
    public CardUse cardUse(String card, Instant since) {
        return cards.use(card, since, data.attempts);
    }

    @Override
    public CardClaim claimCard(String name, AttemptId attempt, Instant at, Instant since, int limit) {
        InMemoryCards.Card card = cards.card(name);
        if (!card.lock.isHeldByCurrentThread()) {
            if (!card.lock.tryLock()) {
                return CardClaim.BUSY;
            }
            held.add(card.lock);
        }
        CardUse use = cardUse(name, since);
        if (use.stop() != null || use.counted().size() >= limit) {
            return CardClaim.REFUSED;
        }
        data.put(card.tries, attempt, new InMemoryCards.Try(data.row().id(), at));
        return CardClaim.TAKEN;
    }

    @Override
    public void stopCard(String name, CardStop stop) {
        InMemoryCards.Card card = cards.card(name);
        CardStop before = card.stop;
        if (before == null || before.reason().compareTo(stop.reason()) < 0) {
            data.change(() -> card.stop = stop, () -> card.stop = before);
        }
    }

    @Override
    public boolean takeGrace(String name) {
        InMemoryCards.Card card = cards.card(name);
        AccountId own = data.row().id();
        synchronized (card) {
            AccountId before = card.grace;
            if (before != null && !before.equals(own)) {
                return false;
            }
            data.change(() -> card.grace = own, () -> card.grace = before);
            return true;
        }
    }

    @Override
    public void endGrace(String name) {
        InMemoryCards.Card card = cards.card(name);
        synchronized (card) {
            AccountId before = card.grace;
            if (data.row().id().equals(before)) {
                data.change(() -> card.grace = null, () -> card.grace = before);
            }
        }
    }

    @Override
    public void releaseCard(String name, CardStop.Reason reason) {
        InMemoryCards.Card card = cards.card(name);
        CardStop before = card.stop;
        if (before != null && before.reason() == reason) {
            data.change(() -> card.stop = null, () -> card.stop = before);
        }
    }

    private void requireAccount() {
        if (ofState) {
            throw new IllegalStateException(
                    "only the state of account '" + data.row().id() + "' is locked");
        }
    }

    /** As a constraint of a database does, after the last statement. */
    void end() {
        if (!posted.isZero() && refuses.test(data.row().balance())) {
            throw StoreException.refused(
                    "the balance " + data.row().balance() + " of account '"
                            + data.row().id() + "' is refused",
                    null);
        }
    }

    @Override
    public Account account() {
        return data.row();
    }

    @Override
    public BalanceState balanceState(Instant now) {
        return data.owed.values().stream()
                .map(OwedEntries::nextAt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .map(BalanceState::owing)
                .orElse(BalanceState.CURRENT);
    }

    @Override
    public Optional<RechargeWithAttempt> openRecharge() {
        return data.recharges.values().stream()
                .filter(r -> r.state() == RechargeState.OPEN)
                .findFirst()
                .map(r -> withLatestAttempt(data, r));
    }

    static RechargeWithAttempt withLatestAttempt(InMemoryAccount data, Recharge recharge) {
        return new RechargeWithAttempt(
                recharge,
                data.attempts.values().stream()
                        .filter(a -> a.recharge().equals(recharge.id()))
                        .max(Comparator.comparingInt(Attempt::number))
                        .orElseThrow());
    }

    @Override
    public Optional<RechargeWithAttempt> rechargeOf(AttemptId attempt) {
        Attempt found = data.attempts.get(attempt);
        return found == null
                ? Optional.empty()
                : Optional.of(new RechargeWithAttempt(recharge(found.recharge()), found));
    }

    private Recharge recharge(RechargeId id) {
        return Optional.ofNullable(data.recharges.get(id)).orElseThrow();
    }

    @Override
    public List<PastRecharge> countedSince(Instant from) {
        return data.countedSince(from);
    }

    @Override
    public Optional<Money> dearestPaid(Currency currency) {
        return data.recharges.values().stream()
                .filter(it -> it.state() == RechargeState.PAID && !it.isRequested())
                .map(Recharge::price)
                .filter(it -> it.currency().equals(currency))
                .max(Comparator.naturalOrder());
    }

    @Override
    public void save(ConsentRecord record) {
        if (data.consents.containsKey(record.number())) {
            throw new StoreException(false, "agreement " + record.number() + " is recorded already", null);
        }
        data.put(data.consents, record.number(), record);
    }

    @Override
    public List<AgreedPackage> firstPrices() {
        return firstPrices.get();
    }

    @Override
    public Optional<Pause> pause() {
        return pause.inClaim();
    }

    @Override
    public List<UsageMark> usageMarks() {
        return data.marks;
    }

    @Override
    public UsageMark usageMark(Instant at) {
        return data.usageMark(at);
    }

    @Override
    public void saveMarks(@Nullable UsageMark added, Collection<UsageMark> dropped) {
        data.saveMarks(added, dropped);
    }

    @Override
    public List<Checkout> openCheckouts() {
        return data.checkouts.values().stream()
                .filter(c -> c.state() == CheckoutState.OPEN)
                .sorted(Comparator.comparing(Checkout::createdAt))
                .toList();
    }

    @Override
    public boolean reserve(SpendingPeriod period, Money amount) {
        return spending.reserve(period, amount, undo);
    }

    @Override
    public boolean hasRoom(SpendingPeriod period, Money amount) {
        return spending.hasRoom(period, amount);
    }

    @Override
    public void correct(SpendingPeriod period, long minorUnits) {
        spending.correct(period, minorUnits, undo);
    }

    @Override
    public List<Instant> checkoutsSince(Instant from) {
        return data.checkouts.values().stream()
                .map(Checkout::createdAt)
                .filter(at -> !at.isBefore(from))
                .sorted()
                .toList();
    }

    @Override
    public Optional<Checkout> checkout(CheckoutId id) {
        return Optional.ofNullable(data.checkouts.get(id));
    }

    @Override
    public void save(Settings settings) {
        requireAccount();
        Account a = data.row();
        data.row(new Account(a.id(), a.balance(), settings, a.customerId(), a.method(), a.state()));
    }

    @Override
    public void saveCustomer(String customerId) {
        requireAccount();
        Account a = data.row();
        data.row(new Account(a.id(), a.balance(), a.settings(), customerId, a.method(), a.state()));
    }

    @Override
    public void savePaymentMethod(@Nullable PaymentMethod method) {
        requireAccount();
        data.methods(method == null ? PaymentMethods.none() : data.methods().replacingPrimary(method));
    }

    @Override
    public PaymentMethods methods() {
        return data.methods();
    }

    @Override
    public void save(PaymentMethods methods) {
        PaymentMethod before = data.row().method();
        if (!Objects.equals(before, methods.primary().map(SavedMethod::method).orElse(null))) {
            requireAccount();
        }
        data.methods(methods);
    }

    @Override
    public void save(AccountState state) {
        data.state(state.backups(data.row().state().backups()));
    }

    @Override
    public boolean open(Recharge recharge, Attempt attempt) {
        if (recharge.state() == RechargeState.OPEN && openRecharge().isPresent()) {
            return false;
        }
        data.put(data.recharges, recharge.id(), recharge);
        data.put(data.attempts, attempt.id(), attempt);
        changed.add(attempt);
        return true;
    }

    @Override
    public List<Attempt> attempts(RechargeId recharge) {
        return data.attemptsOf(recharge);
    }

    @Override
    public void open(Attempt next) {
        boolean taken = attempts(next.recharge()).stream()
                .anyMatch(it -> it.number() == next.number()
                        || (it.state() == AttemptState.OPEN && next.state() == AttemptState.OPEN));
        if (taken || !data.recharges.containsKey(next.recharge())) {
            throw new StoreException(false, "attempt " + next.id() + " cannot follow in its recharge", null);
        }
        data.put(data.attempts, next.id(), next);
        changed.add(next);
    }

    @Override
    public void save(Attempt attempt) {
        Attempt before = data.attempts.get(attempt.id());
        if (before == null) {
            throw new StoreException(false, "attempt " + attempt.id() + " was never opened", null);
        }
        if (before.state() == AttemptState.OPEN || attempt.state() == AttemptState.PAID) {
            data.put(data.attempts, attempt.id(), attempt);
            changed.add(attempt);
        }
    }

    @Override
    public void save(Recharge recharge) {
        Recharge before = data.recharges.get(recharge.id());
        if (before == null) {
            throw new StoreException(false, "recharge " + recharge.id() + " was never opened", null);
        }
        if (before.state() == RechargeState.OPEN || recharge.state() == RechargeState.PAID) {
            data.put(data.recharges, recharge.id(), recharge);
        }
    }

    @Override
    public void save(Checkout checkout) {
        data.put(data.checkouts, checkout.id(), checkout);
    }

    @Override
    public boolean post(List<Posting> postings, Instant at) {
        requireAccount();
        if (postings.isEmpty() || data.holds(postings.get(0).reference())) {
            return false;
        }
        postings.forEach(posting -> data.append(posting, at));
        posted = postings.get(0).amount();
        return true;
    }

    @Override
    public boolean promise(List<Posting> postings, Instant at, Instant deliverAt) {
        if (postings.isEmpty() || data.grants.containsKey(postings.get(0).reference())) {
            return false;
        }
        postings.forEach(posting -> data.promise(posting, at, deliverAt));
        return true;
    }

    @Override
    public PendingPostings grants() {
        return data.grants();
    }

    @Override
    public void save(PendingPosting grant) {
        PendingPosting before = data.grants.get(grant.posting().reference());
        if (before != null && before.deliveredAt() == null) {
            data.put(data.grants, grant.posting().reference(), grant);
        }
    }

    @Override
    public Optional<Posting> posted(String reference) {
        return data.posted(reference);
    }

    @Override
    public List<Posting> reversalsPosted(String purchaseReference) {
        return data.reversalsOf(purchaseReference);
    }

    @Override
    public List<OwedEntries> owed() {
        return List.copyOf(data.owed.values());
    }

    @Override
    public void save(OwedEntries owed) {
        data.put(data.owed, owed.providerReference(), owed);
    }

    @Override
    public void removeOwed(String providerReference) {
        data.remove(data.owed, providerReference);
    }

    @Override
    public List<Reversal> reversalsOf(String providerReference) {
        return data.reversals.getOrDefault(providerReference, List.of());
    }

    @Override
    public void save(String providerReference, Reversal reversal) {
        Stream<Reversal> others =
                reversalsOf(providerReference).stream().filter(it -> !it.id().equals(reversal.id()));
        List<Reversal> all = Stream.concat(others, Stream.of(reversal)).toList();
        data.put(data.reversals, providerReference, all);
    }

    @Override
    public boolean publish(AutoRechargeEvent event) {
        boolean isNew = !isKnown.test(event.id())
                && published.stream().noneMatch(it -> it.id().equals(event.id()));
        if (isNew) {
            published.add(event);
        }
        return isNew;
    }
}
