package io.autorecharge.stripe.simulator;

import org.jspecify.annotations.Nullable;

/**
 * The mandates of bank debits. Saving a bank account gives one; charging it without an active one is refused with 400 and
 * {@code payment_intent_mandate_invalid}, and leaves no PaymentIntent. That status and code go together is inferred.
 */
public final class Mandates {

    private final Store store;
    private final EventLog events;
    private final SimulatorClock clock;

    Mandates(Store store, EventLog events, SimulatorClock clock) {
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    /** The customer or the bank revokes the mandate of a saved bank account; the event is {@code mandate.updated}. */
    public void revoke(String paymentMethod) {
        String id = store.methods
                .find(paymentMethod)
                .map(PaymentMethod::mandate)
                .orElseThrow(() -> new IllegalArgumentException(
                        "paymentMethod must be a saved bank account with a mandate: " + paymentMethod));
        Mandate before = store.mandates.get(id);
        Mandate after = store.mandates.update(id, Mandate::revoked);
        events.changed("mandate.updated", Trace.NONE, before::json, after::json);
    }

    /** A mandate for this method, if its type needs one. */
    PaymentMethod accepted(PaymentMethod method) {
        boolean debit = method.instrument() instanceof Instrument.SepaDebit
                || method.instrument() instanceof Instrument.UsBankAccount;
        if (!debit) {
            return method;
        }
        Mandate mandate = new Mandate(Ids.next("mandate_"), clock.seconds(), method.id(), method.type(), true);
        store.mandates.add(mandate.id(), mandate, null);
        return store.methods.update(method.id(), it -> it.withMandate(mandate.id()));
    }

    /** @throws ApiError when the method's mandate was revoked */
    void requireActive(PaymentMethod method) {
        @Nullable String mandate = method.mandate();
        if (mandate != null && !store.mandates.get(mandate).active()) {
            throw ApiError.coded(
                    "payment_intent_mandate_invalid",
                    "The mandate " + mandate + " is inactive and cannot be used for this PaymentIntent.");
        }
    }
}
