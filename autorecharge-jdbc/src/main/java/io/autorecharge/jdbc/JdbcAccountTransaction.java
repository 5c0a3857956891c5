package io.autorecharge.jdbc;

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
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.LedgerEntry;
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
import io.autorecharge.store.CheckoutState;
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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One account under its lock. Changes to its two rows are collected here and written once, at the end. No other transaction can change
 * these rows in the meantime. Used by one thread.
 */
final class JdbcAccountTransaction implements AccountTransaction {
    private final SqlSession session;
    private final StoreTables parts;

    private Account account;
    private long sequence;
    private Credits credited;
    private Credits posted = Credits.ZERO;
    private boolean balanceChanged;
    private boolean settingsChanged;
    private boolean stateChanged;
    private @Nullable Instant owedAt;
    private @Nullable PaymentMethods methods;
    private final boolean ofState;
    private boolean ended;

    private boolean pauseIsRead;
    private @Nullable Pause pause;

    /** @param ofState whether only the account's state is locked */
    JdbcAccountTransaction(SqlSession session, StoreTables parts, AccountId id, boolean ofState) {
        this.session = session;
        this.parts = parts;
        this.ofState = ofState;
        AccountRows.Held held = ofState
                ? parts.accounts().lockState(session, id)
                : parts.accounts().lock(session, id);
        this.account = held.account();
        this.sequence = held.sequence();
        this.credited = held.credited();
        this.owedAt = held.owedAt();
    }

    /** Writes the collected changes. The transaction cannot be used afterwards. */
    void end() {
        if (balanceChanged) {
            parts.accounts().add(session, account.id(), posted);
        }
        if (settingsChanged) {
            parts.accounts().saveSettings(session, account);
        }
        if (stateChanged || balanceChanged) {
            parts.accounts().saveState(session, account, sequence, credited, owedAt);
        }
        ended = true;
    }

    @Override
    public Account account() {
        return current();
    }

    @Override
    public BalanceState balanceState(Instant now) {
        return owedAt == null ? BalanceState.CURRENT : BalanceState.owing(owedAt);
    }

    @Override
    public Optional<RechargeWithAttempt> openRecharge() {
        return parts.recharges().open(session, current().id());
    }

    @Override
    public Optional<RechargeWithAttempt> rechargeOf(AttemptId attempt) {
        return parts.recharges().ofAttempt(session, current().id(), attempt);
    }

    @Override
    public List<PastRecharge> countedSince(Instant from) {
        PauseRows.Basis basis = parts.pause().inClaim(session, current().id(), from);
        pauseIsRead = true;
        pause = basis.pause().orElse(null);
        return basis.counted();
    }

    @Override
    public Optional<Pause> pause() {
        if (!pauseIsRead) {
            current();
            pauseIsRead = true;
            pause = parts.pause().inClaim(session).orElse(null);
        }
        return Optional.ofNullable(pause);
    }

    @Override
    public Optional<Money> dearestPaid(Currency currency) {
        return parts.recharges().dearestPaid(session, current().id(), currency);
    }

    @Override
    public void save(ConsentRecord record) {
        requireOwn(record.account());
        parts.consents().insert(session, record);
    }

    @Override
    public List<AgreedPackage> firstPrices() {
        return parts.consents().firstPrices(session);
    }

    @Override
    public List<UsageMark> usageMarks() {
        return parts.usage().ofAccount(session, current().id());
    }

    @Override
    public UsageMark usageMark(Instant at) {
        return new UsageMark(at, sequence, current().balance(), credited);
    }

    @Override
    public void saveMarks(@Nullable UsageMark added, Collection<UsageMark> dropped) {
        parts.usage().save(session, current().id(), added, dropped);
    }

    @Override
    public List<Checkout> openCheckouts() {
        return parts.checkouts().open(session, current().id());
    }

    @Override
    public boolean reserve(SpendingPeriod period, Money amount) {
        return parts.spending().reserve(session, current().id(), period, amount.minorUnits());
    }

    @Override
    public boolean hasRoom(SpendingPeriod period, Money amount) {
        return parts.spending().hasRoom(session, period, amount.minorUnits());
    }

    @Override
    public void correct(SpendingPeriod period, long minorUnits) {
        parts.spending().correct(session, current().id(), period, minorUnits);
    }

    @Override
    public List<Instant> checkoutsSince(Instant from) {
        return parts.checkouts().since(session, current().id(), from);
    }

    @Override
    public Optional<Checkout> checkout(CheckoutId id) {
        return parts.checkouts().find(session, current().id(), id);
    }

    @Override
    public CardUse cardUse(String card, Instant since) {
        return parts.cards().use(session, card, since);
    }

    @Override
    public CardClaim claimCard(String card, AttemptId attempt, Instant at, Instant since, int limit) {
        return parts.cards().claim(session, current().id(), card, attempt, at, since, limit);
    }

    @Override
    public void stopCard(String card, CardStop stop) {
        parts.cards().stop(session, card, stop);
    }

    @Override
    public boolean takeGrace(String card) {
        return parts.cards().takeGrace(session, account.id(), card);
    }

    @Override
    public void endGrace(String card) {
        parts.cards().endGrace(session, account.id(), card);
    }

    @Override
    public void releaseCard(String card, CardStop.Reason reason) {
        parts.cards().release(session, card, reason);
    }

    @Override
    public void save(Settings settings) {
        requireAccount();
        account = with(current().balance(), settings, account.customerId(), account.method(), account.state());
        settingsChanged = true;
    }

    @Override
    public void saveCustomer(String customerId) {
        requireAccount();
        PaymentMethod method = current().method();
        PaymentMethod moved = method == null ? null : method.withCustomer(customerId);
        methods = null;
        account = with(account.balance(), account.settings(), customerId, moved, account.state());
        settingsChanged = true;
    }

    @Override
    public void savePaymentMethod(@Nullable PaymentMethod method) {
        requireAccount();
        save(method == null ? PaymentMethods.none() : methods().replacingPrimary(method));
    }

    @Override
    public PaymentMethods methods() {
        if (methods == null) {
            methods = parts.methods().read(session, current());
        }
        return current().state().backups() == 0 ? PaymentMethods.of(account) : methods;
    }

    @Override
    public void save(PaymentMethods wanted) {
        PaymentMethods after = MethodRows.stored(wanted);
        if (MethodRows.isAnotherPrimary(current(), after)) {
            requireAccount();
            settingsChanged = true;
        }
        parts.methods().save(session, account.id(), methods(), after);
        PaymentMethod primary = after.primary().map(SavedMethod::method).orElse(null);
        String customer = primary == null ? account.customerId() : primary.customerId();
        int backups = Math.max(0, after.all().size() - 1);
        account = with(
                account.balance(),
                account.settings(),
                customer,
                primary,
                account.state().backups(backups));
        methods = after;
        stateChanged = true;
    }

    @Override
    public void save(AccountState state) {
        int backups = current().state().backups();
        account = with(
                account.balance(),
                account.settings(),
                account.customerId(),
                account.method(),
                AccountRows.stored(state.backups(backups)));
        stateChanged = true;
    }

    @Override
    public List<Attempt> attempts(RechargeId recharge) {
        return parts.recharges().attempts(session, current().id(), recharge);
    }

    @Override
    public void open(Attempt next) {
        requireOwn(next.account());
        parts.recharges().insertNext(session, next);
    }

    @Override
    public boolean open(Recharge recharge, Attempt attempt) {
        requireOwn(recharge.account());
        requireOwn(attempt.account());
        requireRoom(recharge.credits(), recharge.bonus());
        return parts.recharges().insert(session, recharge, attempt);
    }

    @Override
    public void save(Attempt attempt) {
        requireOwn(attempt.account());
        parts.recharges().save(session, attempt);
    }

    @Override
    public void save(Recharge recharge) {
        requireOwn(recharge.account());
        parts.recharges().save(session, recharge);
    }

    @Override
    public void save(Checkout checkout) {
        requireOwn(checkout.account());
        if (checkout.sessionId() == null && checkout.state() == CheckoutState.OPEN) {
            requireRoom(Credits.of(checkout.credits()), Credits.ZERO);
        }
        parts.checkouts().save(session, checkout);
    }

    @Override
    public boolean post(List<Posting> postings, Instant at) {
        requireAccount();
        AccountsTable table = parts.sql().accounts();
        Credits balance = current().balance();
        long last = sequence;
        Credits added = credited;
        List<LedgerEntry> entries = new ArrayList<>();
        for (Posting posting : postings) {
            LedgerOrder order = LedgerOrder.of(account.id(), posting, SqlTimes.stored(at));
            if (!order.fits(balance, table.balanceType())) {
                throw table.tooLarge(account.id(), balance, posting.amount());
            }
            LedgerEntry entry = order.entry(balance, last);
            entries.add(entry);
            balance = entry.balanceAfter();
            last = entry.sequence();
            added = entry.type() == EntryType.DEBIT ? added : UsageMark.added(added, entry.amount());
        }
        if (entries.isEmpty() || !parts.entries().insert(session, entries.get(0))) {
            return false;
        }
        parts.entries().insertAll(session, entries.subList(1, entries.size()));
        posted = posted.plus(balance.minus(account.balance()));
        account = with(
                balance,
                account.settings(),
                account.customerId(),
                account.method(),
                account.state().unused(false));
        sequence = last;
        credited = added;
        balanceChanged = true;
        return true;
    }

    @Override
    public boolean promise(List<Posting> postings, Instant at, Instant deliverAt) {
        return parts.grants().insert(session, current().id(), postings, at, deliverAt);
    }

    @Override
    public PendingPostings grants() {
        return parts.grants().known(session, current().id());
    }

    @Override
    public void save(PendingPosting grant) {
        requireOwn(grant.account());
        parts.grants().save(session, grant);
    }

    @Override
    public Optional<Posting> posted(String reference) {
        return parts.entries()
                .byReference(session, current().id(), reference)
                .map(Posting::of)
                .or(() -> parts.grants().posted(session, account.id(), reference));
    }

    @Override
    public List<Posting> reversalsPosted(String purchaseReference) {
        return Stream.concat(
                        parts.entries().reversals(session, current().id(), purchaseReference).stream(),
                        parts.grants().reversals(session, account.id(), purchaseReference).stream())
                .toList();
    }

    @Override
    public List<OwedEntries> owed() {
        return parts.owed().ofAccount(session, current().id());
    }

    @Override
    public void save(OwedEntries owed) {
        parts.owed().save(session, current().id(), owed);
        owedChanged();
    }

    @Override
    public void removeOwed(String providerReference) {
        parts.owed().remove(session, current().id(), providerReference);
        owedChanged();
    }

    private void owedChanged() {
        owedAt = owed().stream()
                .map(OwedEntries::nextAt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
        stateChanged = true;
    }

    @Override
    public List<Reversal> reversalsOf(String providerReference) {
        return parts.reversals().ofPayment(session, current().id(), providerReference);
    }

    @Override
    public void save(String providerReference, Reversal reversal) {
        parts.reversals().save(session, current().id(), providerReference, reversal);
    }

    @Override
    public boolean publish(AutoRechargeEvent event) {
        requireOwn(event.account());
        return parts.outbox().publish(session, event);
    }

    /** A write would wait for the account's row, and the balance may be older than another transaction. */
    private void requireAccount() {
        if (ofState) {
            throw new IllegalStateException("only the state of account '" + account.id() + "' is locked");
        }
    }

    private Account current() {
        if (ended) {
            throw new IllegalStateException("the transaction of account '" + account.id() + "' is over");
        }
        return account;
    }

    /** Checks, before any money moves, that the bought credits fit into the balance column. */
    private void requireRoom(Credits credits, Credits bonus) {
        AccountsTable table = parts.sql().accounts();
        table.requireHeld("credits", credits);
        table.requireHeld("bonus", bonus);
        Credits bought = credits.plus(bonus);
        if (!table.balanceType().holds(account.balance().plus(bought))) {
            throw table.tooLarge(account.id(), account.balance(), bought);
        }
    }

    private void requireOwn(AccountId id) {
        if (!current().id().equals(id)) {
            throw new InvalidValueException("account", id, "must be the account whose lock is held, " + account.id());
        }
    }

    private Account with(
            Credits balance,
            Settings settings,
            @Nullable String customer,
            @Nullable PaymentMethod method,
            AccountState state) {
        return new Account(account.id(), balance, settings, customer, method, state);
    }
}
