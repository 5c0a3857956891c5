package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.Refund.Status;

/**
 * Decides refunds. A refund to {@link TestCard#REFUND_PENDING} stays {@code pending} until a test decides it here. Any other refund succeeds
 * immediately and can fail later.
 */
public final class Refunds {

    private final Store store;
    private final SimulatorHistory history;
    private final EventLog events;

    Refunds(Store store, SimulatorHistory history, EventLog events) {
        this.store = store;
        this.history = history;
        this.events = events;
    }

    /**
     * The customer received the money.
     *
     * @throws IllegalStateException if the refund is not pending
     */
    public void succeed(String refund) {
        Refund ended = store.refunds.update(refund, it -> {
            require(it.status() == Status.PENDING, it);
            return it.ended(Status.SUCCEEDED);
        });
        events.record("refund.updated", Trace.NONE, () -> ChargeView.of(ended));
    }

    /**
     * The refund fails and the money returns.
     *
     * @throws IllegalStateException if the refund has failed before
     */
    public void fail(String refund) {
        Refund ended = store.refunds.update(refund, it -> {
            require(it.status() != Status.FAILED, it);
            return it.ended(Status.FAILED);
        });
        store.charges.update(ended.charge().id(), it -> it.refundedBy(-ended.amount()));
        history.refunded(ended.charge().id(), -ended.amount());
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
