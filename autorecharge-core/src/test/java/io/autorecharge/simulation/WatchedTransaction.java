package io.autorecharge.simulation;

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
import io.autorecharge.store.RechargeWithAttempt;
import io.autorecharge.store.Trigger;
import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A transaction with injected faults that records the sends it claims. */
final class WatchedTransaction implements AccountTransaction {
    private final AccountTransaction real;
    private final PortCalls calls;
    private final Map<AttemptId, Integer> sends = new HashMap<>();
    private final TransactionChanges noted = new TransactionChanges();

    /** As the transaction read it before it changed anything. */
    private @Nullable Account atFirst;

    private @Nullable PaymentMethods methodsAtFirst;

    WatchedTransaction(AccountTransaction real, PortCalls calls) {
        this.real = real;
        this.calls = calls;
    }

    /** The changes that the watch must know. */
    TransactionChanges noted() {
        return noted;
    }

    @Override
    public BalanceState balanceState(Instant now) {
        return real.balanceState(now);
    }

    private <T> T inside(String name, Supplier<T> call) {
        return calls.run(Call.INSIDE, name, call);
    }

    private void inside(String name, Runnable call) {
        calls.before(Call.INSIDE, name);
        call.run();
    }

    private Optional<RechargeWithAttempt> seen(Optional<RechargeWithAttempt> found) {
        found.ifPresent(it -> {
            sends.put(it.attempt().id(), it.attempt().sends());
            noted.seen(it);
        });
        return found;
    }

    @Override
    public Account account() {
        Account now = inside("account", real::account);
        if (atFirst == null) {
            atFirst = now;
            methodsAtFirst = real.methods();
        }
        return now;
    }

    @Override
    public CardUse cardUse(String card, Instant since) {
        return inside("cardUse", () -> real.cardUse(card, since));
    }

    @Override
    public CardClaim claimCard(String card, AttemptId attempt, Instant at, Instant since, int limit) {
        return inside("claimCard", () -> real.claimCard(card, attempt, at, since, limit));
    }

    @Override
    public void stopCard(String card, CardStop stop) {
        inside("stopCard", () -> real.stopCard(card, stop));
    }

    @Override
    public boolean takeGrace(String card) {
        return inside("takeGrace", () -> real.takeGrace(card));
    }

    @Override
    public void endGrace(String card) {
        inside("endGrace", () -> real.endGrace(card));
    }

    @Override
    public void releaseCard(String card, CardStop.Reason reason) {
        inside("releaseCard", () -> real.releaseCard(card, reason));
    }

    @Override
    public Optional<RechargeWithAttempt> openRecharge() {
        return seen(inside("openRecharge", real::openRecharge));
    }

    @Override
    public Optional<RechargeWithAttempt> rechargeOf(AttemptId attempt) {
        return seen(inside("rechargeOf", () -> real.rechargeOf(attempt)));
    }

    @Override
    public List<Attempt> attempts(RechargeId recharge) {
        return inside("attempts", () -> real.attempts(recharge));
    }

    @Override
    public PaymentMethods methods() {
        return inside("methods", real::methods);
    }

    @Override
    public void save(PaymentMethods methods) {
        inside("save methods", () -> real.save(methods));
        noted.saved(methods);
    }

    @Override
    public List<PastRecharge> countedSince(Instant from) {
        return inside("countedSince", () -> real.countedSince(from));
    }

    @Override
    public void save(ConsentRecord record) {
        inside("saveConsent", () -> {
            real.save(record);
            return record;
        });
    }

    @Override
    public List<AgreedPackage> firstPrices() {
        return inside("firstPrices", () -> real.firstPrices());
    }

    @Override
    public Optional<Money> dearestPaid(Currency currency) {
        return inside("dearestPaid", () -> real.dearestPaid(currency));
    }

    @Override
    public Optional<Pause> pause() {
        return inside("pause", real::pause);
    }

    @Override
    public List<UsageMark> usageMarks() {
        return inside("usageMarks", real::usageMarks);
    }

    @Override
    public UsageMark usageMark(Instant at) {
        return inside("usageMark", () -> real.usageMark(at));
    }

    @Override
    public void saveMarks(@Nullable UsageMark added, Collection<UsageMark> dropped) {
        inside("saveMarks", () -> {
            real.saveMarks(added, dropped);
            return true;
        });
    }

    @Override
    public List<Checkout> openCheckouts() {
        return inside("openCheckouts", real::openCheckouts);
    }

    @Override
    public boolean reserve(SpendingPeriod period, Money amount) {
        return inside("reserve", () -> real.reserve(period, amount));
    }

    @Override
    public boolean hasRoom(SpendingPeriod period, Money amount) {
        return inside("hasRoom", () -> real.hasRoom(period, amount));
    }

    @Override
    public void correct(SpendingPeriod period, long minorUnits) {
        inside("correct", () -> real.correct(period, minorUnits));
    }

    @Override
    public List<Instant> checkoutsSince(Instant from) {
        return inside("checkoutsSince", () -> real.checkoutsSince(from));
    }

    @Override
    public Optional<Checkout> checkout(CheckoutId id) {
        return inside("checkout", () -> real.checkout(id));
    }

    @Override
    public void save(Settings settings) {
        inside("save settings", () -> real.save(settings));
        noted.saved(settings);
    }

    @Override
    public void saveCustomer(String customerId) {
        inside("saveCustomer", () -> real.saveCustomer(customerId));
    }

    @Override
    public void savePaymentMethod(@Nullable PaymentMethod method) {
        inside("savePaymentMethod", () -> real.savePaymentMethod(method));
        noted.saved(method);
    }

    @Override
    public void save(AccountState state) {
        inside("save state", () -> real.save(state));
    }

    @Override
    public boolean open(Recharge recharge, Attempt attempt) {
        boolean opened = inside("open", () -> real.open(recharge, attempt));
        if (opened) {
            noted.claimed(attempt, real.account(), real.methods());
            noted.opened(
                    recharge,
                    real.countedSince(recharge.openedAt().minus(TransactionChanges.RECENT)),
                    real.openCheckouts());
        }
        return opened;
    }

    @Override
    public void open(Attempt next) {
        inside("open next", () -> real.open(next));
        sends.put(next.id(), next.sends());
    }

    @Override
    public void save(Attempt attempt) {
        inside("save attempt", () -> real.save(attempt));
        if (attempt.sends() > sends.getOrDefault(attempt.id(), Integer.MAX_VALUE)) {
            noted.claimed(attempt, real.account(), real.methods());
        }
        noted.saved(attempt, attempt.state() == AttemptState.DECLINED ? inUse(attempt) : null);
    }

    private @Nullable PaymentMethod inUse(Attempt attempt) {
        return real.methods()
                .find(attempt.paymentMethodId())
                .map(SavedMethod::method)
                .orElse(null);
    }

    @Override
    public void save(Recharge recharge) {
        inside("save recharge", () -> real.save(recharge));
    }

    @Override
    public void save(Checkout checkout) {
        inside("save checkout", () -> real.save(checkout));
        noted.saved(checkout);
        if (checkout.state() == CheckoutState.PAID && checkout.recovers() != null) {
            noted.recovered(checkout.id(), isWanted(checkout.recovers()));
        }
    }

    /** Whether the user has withdrawn nothing since the recharge failed; without the library's rule. */
    private boolean isWanted(AttemptId recovered) {
        Account account = atFirst == null ? real.account() : atFirst;
        String card = real.rechargeOf(recovered)
                .map(it -> it.attempt().paymentMethodId())
                .orElse(null);
        boolean asked = real.rechargeOf(recovered)
                .filter(it -> it.recharge().trigger() == Trigger.REQUEST)
                .isPresent();
        return (asked || (account.settings().enabled() && account.state().consent() != null))
                && card != null
                && (methodsAtFirst == null ? real.methods() : methodsAtFirst).contains(card);
    }

    @Override
    public boolean post(List<Posting> postings, Instant at) {
        return inside("post", () -> real.post(postings, at));
    }

    @Override
    public boolean promise(List<Posting> postings, Instant at, Instant deliverAt) {
        return inside("promise", () -> real.promise(postings, at, deliverAt));
    }

    @Override
    public PendingPostings grants() {
        return inside("grants", real::grants);
    }

    @Override
    public void save(PendingPosting grant) {
        inside("save grant", () -> real.save(grant));
    }

    @Override
    public Optional<Posting> posted(String reference) {
        return inside("posted", () -> real.posted(reference));
    }

    @Override
    public List<Posting> reversalsPosted(String purchaseReference) {
        return inside("reversalsPosted", () -> real.reversalsPosted(purchaseReference));
    }

    @Override
    public List<OwedEntries> owed() {
        return inside("owed", real::owed);
    }

    @Override
    public void save(OwedEntries owed) {
        inside("save owed", () -> real.save(owed));
    }

    @Override
    public void removeOwed(String providerReference) {
        inside("removeOwed", () -> real.removeOwed(providerReference));
    }

    @Override
    public List<Reversal> reversalsOf(String providerReference) {
        return noted.seen(providerReference, inside("reversalsOf", () -> real.reversalsOf(providerReference)));
    }

    @Override
    public void save(String providerReference, Reversal reversal) {
        inside("save reversal", () -> real.save(providerReference, reversal));
        noted.saved(providerReference, reversal);
    }

    @Override
    public boolean publish(AutoRechargeEvent event) {
        boolean isNew = inside("publish", () -> real.publish(event));
        if (isNew) {
            noted.published(event);
        }
        return isNew;
    }
}
