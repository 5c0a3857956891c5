package io.autorecharge.stripe.simulator;

import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * The card issuer. It decides as documented for the test cards, unless a test has scripted declines for a customer. Thread-safe.
 */
public final class Issuer {

    private final Map<String, Deque<Verdict>> next = new ConcurrentHashMap<>();
    private final Map<String, Verdict> always = new ConcurrentHashMap<>();

    private final Map<String, Deque<Rejection>> refusals = new ConcurrentHashMap<>();
    private final Map<String, Rejection> refusingAlways = new ConcurrentHashMap<>();

    Issuer() {}

    /** A request that Stripe refuses although the card is not declined. */
    record Rejection(@Nullable String code, @Nullable String param, String message) {
        ApiError error() {
            return ApiError.refused(code, param, message);
        }
    }

    /**
     * Refuses the customer's next confirmation as an invalid request (400), as Stripe does for reasons such as an inactive mandate. No intent
     * and no charge is left.
     */
    public void refuseNext(String customer, @Nullable String code, @Nullable String param, String message) {
        refusals.computeIfAbsent(customer, any -> new ConcurrentLinkedDeque<>())
                .add(new Rejection(code, param, message));
    }

    /** Refuses every confirmation of the customer from now on. */
    public void refuseAlways(String customer, @Nullable String code, @Nullable String param, String message) {
        refusingAlways.put(customer, new Rejection(code, param, message));
    }

    /** @throws ApiError when the customer's confirmation is to be refused */
    void requireAccepted(@Nullable String customer) {
        if (customer == null) {
            return;
        }
        Deque<Rejection> queue = refusals.get(customer);
        Rejection refusal = queue == null ? null : queue.poll();
        refusal = refusal == null ? refusingAlways.get(customer) : refusal;
        if (refusal != null) {
            throw refusal.error();
        }
    }

    /** Declines the customer's next charge; {@code code} is a decline code such as {@code lost_card}. */
    public void declineNext(String customer, String code) {
        next.computeIfAbsent(customer, any -> new ConcurrentLinkedDeque<>())
                .add(new Verdict.Declined(Decline.of(code)));
    }

    /** Declines the customer's next charge with a decline code and an {@code advice_code}. */
    public void declineNext(String customer, String code, String adviceCode) {
        next.computeIfAbsent(customer, any -> new ConcurrentLinkedDeque<>())
                .add(new Verdict.Declined(Decline.of(code).withAdvice(adviceCode)));
    }

    /** Declines every charge of the customer from now on. */
    public void declineAlways(String customer, String code) {
        always.put(customer, new Verdict.Declined(Decline.of(code)));
    }

    /** Removes the scripted declines of the customer, so that the test cards decide again. */
    public void approve(String customer) {
        next.remove(customer);
        always.remove(customer);
        refusals.remove(customer);
        refusingAlways.remove(customer);
    }

    void clear() {
        next.clear();
        always.clear();
        refusals.clear();
        refusingAlways.clear();
    }

    Verdict decide(PaymentMethod method, Optional<String> customer, boolean offSession, boolean authenticated) {
        Verdict scripted = customer.map(this::scripted).orElse(null);
        if (scripted != null) {
            return scripted;
        }
        TestCard card = method.card();
        if (card == null) {
            return new Verdict.Pending();
        }
        if (offSession && card.refusesOffSession(method.setUp())) {
            return new Verdict.Declined(Decline.of("authentication_required"));
        }
        if (!offSession && !authenticated && card.asksHolder(method.setUp())) {
            return new Verdict.AskHolder();
        }
        Decline decline = card.declineOfCharging(method.customer() != null);
        return decline == null ? new Verdict.Approved() : new Verdict.Declined(decline);
    }

    private @Nullable Verdict scripted(String customer) {
        Deque<Verdict> queue = next.get(customer);
        Verdict first = queue == null ? null : queue.poll();
        return first == null ? always.get(customer) : first;
    }
}
