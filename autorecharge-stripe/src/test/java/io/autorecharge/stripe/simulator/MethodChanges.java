package io.autorecharge.stripe.simulator;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Attaches, detaches and changes payment methods, with their events. */
final class MethodChanges {

    private final Store store;
    private final EventLog events;

    MethodChanges(Store store, EventLog events) {
        this.store = store;
        this.events = events;
    }

    /** The event names the changed fields. A change that changes nothing has an event too. */
    PaymentMethod change(String id, String type, Trace trace, UnaryOperator<PaymentMethod> change) {
        AtomicReference<PaymentMethod> before = new AtomicReference<>();
        PaymentMethod after = store.methods.update(id, old -> {
            before.set(old);
            return change.apply(old);
        });
        PaymentMethod old = before.get();
        events.changed(type, trace, () -> MethodView.of(old), () -> MethodView.of(after));
        return after;
    }

    /** Attaching it to the same customer again changes nothing and has no event. */
    PaymentMethod attach(PaymentMethod method, String customer, Trace trace) {
        EventBuffer buffer = new EventBuffer(trace);
        PaymentMethod attached = attach(method, customer, buffer);
        buffer.publish(events);
        return attached;
    }

    /** The same as a part of a larger change, which publishes the event. */
    PaymentMethod attach(PaymentMethod method, String customer, EventBuffer buffer) {
        PaymentMethod attached = store.methods.update(method.id(), old -> old.attachedTo(customer));
        if (method.customer() == null) {
            store.methods.own(attached.id(), customer);
            buffer.add("payment_method.attached", () -> MethodView.of(attached));
        }
        return attached;
    }

    /** The event's object has no customer any more; only its {@code previous_attributes} name it. */
    PaymentMethod detach(PaymentMethod method, Trace trace) {
        PaymentMethod detached = store.methods.update(method.id(), PaymentMethod::detached);
        events.record(
                "payment_method.detached",
                trace,
                () -> MethodView.of(detached),
                () -> new JsonObject().with("customer", method.customer()));
        if (method.customer() != null) {
            forgetDefault(method.customer(), method.id(), trace);
        }
        return detached;
    }

    /** That the customer's default goes with the method is inferred. */
    private void forgetDefault(String customerId, String method, Trace trace) {
        Customer before = store.customers.get(customerId);
        if (method.equals(before.defaultPaymentMethod())) {
            Customer after = store.customers.update(customerId, it -> it.withDefault(null));
            events.changed("customer.updated", trace, () -> CustomerView.of(before), () -> CustomerView.of(after));
        }
    }
}
