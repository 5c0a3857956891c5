package io.autorecharge.simulation;

import io.autorecharge.account.Account;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.RequestedCredits;
import io.autorecharge.account.SavedMethod;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.policy.VelocityAlarm;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.Recharge;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks claims: only accounts that may be charged are claimed, every request to the provider has its own committed claim, and all requests
 * of an attempt are identical. Decides without the library's policy.
 */
public final class ClaimWatch {
    final StopWatch stops = new StopWatch();

    private final Consumer<String> violations;
    private final Clock time;
    private final AlarmWatch alarms;
    private final Set<String> published = new LinkedHashSet<>();
    private final Map<AttemptId, Integer> claimed = new HashMap<>();
    private final Map<AttemptId, Integer> sent = new HashMap<>();
    private final Map<AttemptId, Instant> paidAt = new HashMap<>();
    private final Map<AttemptId, ChargeRequest> first = new HashMap<>();
    private final Map<AccountId, Set<Credits>> refused = new HashMap<>();
    private final Set<CheckoutId> withdrawn = new HashSet<>();

    ClaimWatch(Consumer<String> violations, Clock time, @Nullable VelocityAlarm alarm) {
        this.violations = violations;
        this.time = time;
        this.alarms = new AlarmWatch(alarm);
    }

    /** A recharge was committed while its customer may be paying for another one. */
    void openedBeside(Recharge recharge, Checkout checkout) {
        violations.accept(recharge + " was opened beside " + checkout);
    }

    /** A debit was refused, or has no answer. */
    void refused(AccountId account, Credits credits) {
        refused.computeIfAbsent(account, id -> new HashSet<>()).add(credits);
    }

    /**
     * The payment of a recovery checkout was settled, or its commit had no answer: then it is settled again unless it was committed.
     *
     * @param wanted whether the account was still enabled, with its consent and the card of the recharge
     */
    void recovered(CheckoutId checkout, boolean wanted) {
        if (wanted) {
            withdrawn.remove(checkout);
        } else {
            withdrawn.add(checkout);
        }
    }

    /** Recovery checkouts that were settled after the user had withdrawn their recharge. */
    Set<CheckoutId> withdrawn() {
        return withdrawn;
    }

    /** An attempt is known to be paid. */
    void paid(AttemptId attempt) {
        paidAt.putIfAbsent(attempt, time.instant());
    }

    /** Since when an attempt is known to be paid; null when it is not. */
    @Nullable
    Instant paidAt(AttemptId attempt) {
        return paidAt.get(attempt);
    }

    Instant now() {
        return time.instant();
    }

    /** An event was committed: it must be delivered. */
    void published(String eventId) {
        published.add(eventId);
    }

    /** Every event that was committed. */
    Set<String> published() {
        return published;
    }

    /** A recharge was committed, among others that began at these times. */
    void opened(Recharge recharge, List<Instant> starts, boolean alarmed) {
        if (alarms.mustAlarm(starts) != alarmed) {
            violations.accept(
                    (alarmed ? "an alarm without a cause: " : "no alarm for ") + recharge + " among " + starts);
        }
    }

    /** A transaction that claimed a send was committed, or its commit had no answer; the account is as that transaction read it. */
    public void claimed(Attempt attempt, Account account, PaymentMethods methods) {
        Integer before = claimed.put(attempt.id(), attempt.sends());
        if (before != null && attempt.sends() <= before) {
            violations.accept("attempt " + attempt.id() + " went from " + before + " to " + attempt.sends() + " sends");
        }
        if (!isRequested(attempt)) {
            automatic(attempt, account);
        }
        require(account.state().suspension() == null, "is suspended", attempt);
        SavedMethod charged = methods.find(attempt.paymentMethodId()).orElse(null);
        String against = stops.whyNot(account.id(), charged == null ? null : charged.method());
        require(against == null, String.valueOf(against), attempt);
        require(charged != null, "has other cards: " + methods, attempt);
        require(charged == null || charged.stop() == null, "has stopped the method: " + charged, attempt);
    }

    /** Whether a user who waits has asked for the purchase: it needs neither a low balance nor an agreement. */
    private static boolean isRequested(Attempt attempt) {
        return attempt.recharge().value().startsWith("purchase-");
    }

    private void automatic(Attempt attempt, Account account) {
        require(account.settings().enabled(), "is disabled", attempt);
        require(account.state().consent() != null, "has no consent", attempt);
        Money agreed = account.state().consent() == null
                ? null
                : account.state().consent().max();
        require(agreed == null || !agreed.isLessThan(attempt.amount()), "agreed to at most " + agreed, attempt);
        Instant retryAt = account.state().retryAt();
        require(
                attempt.sends() > 1 || retryAt == null || !retryAt.isAfter(attempt.lastSentAt()),
                "is backing off",
                attempt);
        require(
                account.balance().isLessThan(account.settings().threshold()) || isShortOfRefused(account, attempt),
                "is neither below its threshold nor short of a refused debit",
                attempt);
    }

    /** The account falls short of a debit that a ledger has really refused, and that had not expired at the claim. */
    private boolean isShortOfRefused(Account account, Attempt attempt) {
        RequestedCredits requested = account.state().requested();
        return requested != null
                && account.balance().isLessThan(requested.credits())
                && attempt.lastSentAt().isBefore(requested.until())
                && refused.getOrDefault(account.id(), Set.of()).contains(requested.credits());
    }

    private void require(boolean holds, String otherwise, Attempt attempt) {
        if (!holds) {
            violations.accept(
                    "attempt " + attempt.id() + " was claimed although account " + attempt.account() + " " + otherwise);
        }
    }

    /** How many charge requests were sent. */
    long sends() {
        return sent.values().stream().mapToLong(Integer::longValue).sum();
    }

    void sent(ChargeRequest request) {
        int times = sent.merge(request.attempt(), 1, Integer::sum);
        if (times > claimed.getOrDefault(request.attempt(), 0)) {
            violations.accept("attempt " + request.attempt() + " was sent " + times + " times with fewer claims");
        }
        ChargeRequest before = first.putIfAbsent(request.attempt(), request);
        if (before != null && !sameParameters(before, request)) {
            violations.accept(
                    "attempt " + request.attempt() + " was sent with other parameters: " + before + " then " + request);
        }
    }

    private static boolean sameParameters(ChargeRequest a, ChargeRequest b) {
        return new ChargeRequest(
                        b.account(),
                        b.recharge(),
                        b.attempt(),
                        b.number(),
                        b.customerId(),
                        b.paymentMethodId(),
                        b.amount(),
                        b.description(),
                        b.firstSentAt(),
                        a.inDoubt(),
                        b.terms(),
                        b.installation())
                .equals(a);
    }
}
