package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.Refund.Status;

/**
 * Decides refunds: one of the card 4000 0000 0000 7726 stays {@code pending} until a test decides it here. Any refund may fail after it
 * succeeded, as those of 4000 0000 0000 5126 do at real Stripe.
 */
public final class Refunds {

    private final Store store;
    private final Books books;
    private final EventLog events;

    Refunds(Store store, Books books, EventLog events) {
        this.store = store;
        this.books = books;
        this.events = events;
    }

    /** The customer received the money; throws {@link IllegalStateException} if the refund is not pending. */
    public void succeed(String refund) {
        Refund ended = store.refunds.update(refund, it -> {
            require(it.status() == Status.PENDING, it);
            return it.ended(Status.SUCCEEDED);
        });
        events.record("refund.updated", Trace.NONE, () -> ChargeView.of(ended));
    }

    /** The refund failed and the money returned; throws {@link IllegalStateException} if it already has. */
    public void fail(String refund) {
        Refund ended = store.refunds.update(refund, it -> {
            require(it.status() != Status.FAILED, it);
            return it.ended(Status.FAILED);
        });
        store.charges.update(ended.charge().id(), it -> it.refundedBy(-ended.amount()));
        books.refunded(ended.charge().id(), -ended.amount());
        events.record("refund.updated", Trace.NONE, () -> ChargeView.of(ended));
        events.record("refund.failed", Trace.NONE, () -> ChargeView.of(ended));
    }

    private static void require(boolean possible, Refund refund) {
        if (!possible) {
            throw new IllegalStateException(
                    refund.id() + " is " + refund.status().text());
        }
    }
}
