package io.autorecharge.stripe.simulator;

import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * The card issuer. It decides as documented for the test cards, unless a test has scripted something else. Thread-safe.
 *
 * <p>An off-session charge of a card that requires authentication fails without a charge. With the scripted decline
 * {@code authentication_required} the bank itself declines, and the failed charge keeps the reason.
 *
 * <p>Scripts are for a customer ({@code cus_…}), whatever the customer pays with, or for one payment method ({@code pm_…}), which counts first.
 */
public final class Issuer {

    private final Map<String, Deque<Verdict>> next = new ConcurrentHashMap<>();
    private final Map<String, Verdict> always = new ConcurrentHashMap<>();

    private final Map<String, Deque<Rejection>> refusals = new ConcurrentHashMap<>();
    private final Map<String, Rejection> refusingAlways = new ConcurrentHashMap<>();

    private final Set<String> blocked = ConcurrentHashMap.newKeySet();
    private final DeclineLimit limit = new DeclineLimit();
    private final SimulatorClock clock;
    private volatile boolean microdeposits;

    Issuer(SimulatorClock clock) {
        this.clock = clock;
    }

    /** A request that Stripe refuses although the card is not declined. */
    record Rejection(@Nullable String code, @Nullable String param, String message) {
        ApiError error() {
            return ApiError.refused(code, param, message);
        }
    }

    /**
     * Refuses the next confirmation as an invalid request (400), as Stripe does for reasons such as an inactive mandate. No intent
     * and no charge is left.
     */
    public void refuseNext(String customerOrMethod, @Nullable String code, @Nullable String param, String message) {
        refusals.computeIfAbsent(customerOrMethod, any -> new ConcurrentLinkedDeque<>())
                .add(new Rejection(code, param, message));
    }

    /** Refuses every confirmation from now on. */
    public void refuseAlways(String customerOrMethod, @Nullable String code, @Nullable String param, String message) {
        refusingAlways.put(customerOrMethod, new Rejection(code, param, message));
    }

    /** @throws ApiError when the confirmation is to be refused */
    void requireAccepted(@Nullable String customer, PaymentMethod method) {
        Rejection refusal = scripted(method.id(), refusals, refusingAlways);
        if (refusal == null && customer != null) {
            refusal = scripted(customer, refusals, refusingAlways);
        }
        if (refusal != null) {
            throw refusal.error();
        }
    }

    /** Declines the next charge; {@code code} is a decline code such as {@code lost_card}. */
    public void declineNext(String customerOrMethod, String code) {
        next.computeIfAbsent(customerOrMethod, any -> new ConcurrentLinkedDeque<>())
                .add(new Verdict.Declined(Decline.of(code)));
    }

    /** Declines the next charge with a decline code and an {@code advice_code}. */
    public void declineNext(String customerOrMethod, String code, String adviceCode) {
        next.computeIfAbsent(customerOrMethod, any -> new ConcurrentLinkedDeque<>())
                .add(new Verdict.Declined(Decline.of(code).withAdvice(adviceCode)));
    }

    /** Declines every charge from now on. */
    public void declineAlways(String customerOrMethod, String code) {
        always.put(customerOrMethod, new Verdict.Declined(Decline.of(code)));
    }

    /**
     * From the given number of declines in a row on, Stripe declines a card without asking the bank. The error is an ordinary one; only the
     * outcome of the charge says {@code previously_declined_do_not_retry}. Counted per fingerprint. That a payment ends the row is inferred.
     */
    public void declineWithoutAskingAfter(int declines) {
        limit.set(declines);
    }

    /** Whether saving a bank account waits for small deposits, instead of an immediate verification. */
    void verifyByMicrodeposits(boolean wait) {
        microdeposits = wait;
    }

    /** A refund with the reason {@code fraudulent} puts the card on the merchant's block list. */
    void block(PaymentMethod method) {
        String fingerprint = method.fingerprint();
        if (fingerprint != null) {
            blocked.add(fingerprint);
        }
    }

    /** Removes what was scripted for the customer or the payment method, so that the test cards decide again. */
    public void approve(String customerOrMethod) {
        next.remove(customerOrMethod);
        always.remove(customerOrMethod);
        refusals.remove(customerOrMethod);
        refusingAlways.remove(customerOrMethod);
    }

    void clear() {
        next.clear();
        always.clear();
        refusals.clear();
        refusingAlways.clear();
        blocked.clear();
        limit.clear();
        microdeposits = false;
    }

    Verdict decide(PaymentMethod method, Optional<String> customer, boolean offSession, boolean authenticated) {
        String fingerprint = method.fingerprint();
        if (fingerprint != null && blocked.contains(fingerprint)) {
            return new Verdict.Declined(Decline.BLOCKED);
        }
        return limit.applied(method, verdict(method, customer, offSession, authenticated));
    }

    private Verdict verdict(
            PaymentMethod method, Optional<String> customer, boolean offSession, boolean authenticated) {
        Verdict scripted = scripted(method.id(), next, always);
        if (scripted == null) {
            scripted = customer.map(it -> scripted(it, next, always)).orElse(null);
        }
        if (scripted != null) {
            return scripted;
        }
        if (method.instrument() instanceof Instrument.Link) {
            return new Verdict.Approved();
        }
        if (method.instrument() instanceof Instrument.BankRedirect) {
            return authenticated ? new Verdict.Approved() : new Verdict.AskHolder();
        }
        if (isBlocked(method)) {
            return new Verdict.Declined(Decline.ofReturn("bank_account_unusable"));
        }
        if (!(method.instrument() instanceof Instrument.Card saved)) {
            return new Verdict.Pending();
        }
        if (saved.isExpired(clock.instant())) {
            return new Verdict.Declined(Decline.of("expired_card"));
        }
        TestCard card = saved.card();
        if (offSession && card.refusesOffSession(method.setUp())) {
            return new Verdict.Unattended();
        }
        if (!offSession && !authenticated && card.asksHolder(method.setUp())) {
            return new Verdict.AskHolder();
        }
        Decline decline = card.declineOfCharging(method.customer() != null);
        return decline == null ? new Verdict.Approved() : new Verdict.Declined(decline);
    }

    /** Decides whether the holder may save the method, while present. Scripts are about charges only. */
    Verdict decideSaving(PaymentMethod method, boolean authenticated) {
        if (method.instrument() instanceof Instrument.BankRedirect) {
            return authenticated ? new Verdict.Approved() : new Verdict.AskHolder();
        }
        if (isBlocked(method)) {
            return new Verdict.Declined(Decline.ofReturn("bank_account_unusable"));
        }
        if (method.instrument() instanceof Instrument.UsBankAccount && microdeposits) {
            return new Verdict.AskHolder();
        }
        if (!(method.instrument() instanceof Instrument.Card saved)) {
            return new Verdict.Approved();
        }
        Decline decline = saved.isExpired(clock.instant())
                ? Decline.of("expired_card")
                : saved.card().declineOfSaving();
        if (decline != null) {
            return new Verdict.Declined(decline);
        }
        return !authenticated && saved.card().asksHolder(method.setUp())
                ? new Verdict.AskHolder()
                : new Verdict.Approved();
    }

    private static boolean isBlocked(PaymentMethod method) {
        return method.instrument() instanceof Instrument.UsBankAccount account && account.block() != null;
    }

    private static <T> @Nullable T scripted(String id, Map<String, Deque<T>> once, Map<String, T> forEver) {
        Deque<T> queue = once.get(id);
        T first = queue == null ? null : queue.poll();
        return first == null ? forEver.get(id) : first;
    }
}
