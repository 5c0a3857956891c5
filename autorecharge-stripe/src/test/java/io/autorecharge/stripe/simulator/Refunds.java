package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.Refund.Status;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Decides refunds, which are created with the API. A refund to {@link TestCard#REFUND_PENDING} stays {@code pending} until a test decides it
 * here. Any other refund succeeds immediately and can fail later.
 */
public final class Refunds {

    private final Store store;
    private final SimulatorHistory history;
    private final EventLog events;
    private final SimulatorClock clock;
    private final Issuer issuer;
    private final FraudWarnings warnings;
    private volatile boolean balanceIsShort;

    Refunds(
            Store store,
            SimulatorHistory history,
            EventLog events,
            SimulatorClock clock,
            Issuer issuer,
            FraudWarnings warnings) {
        this.store = store;
        this.history = history;
        this.events = events;
        this.clock = clock;
        this.issuer = issuer;
        this.warnings = warnings;
    }

    /** What a refund is made for: an amount, or null for the rest of the charge. */
    record Order(@Nullable Long amount, @Nullable String reason, Map<String, String> metadata) {}

    /** While the merchant's balance is short, new refunds stay pending with the reason {@code insufficient_funds}. */
    public void balanceIsShort(boolean isShort) {
        balanceIsShort = isShort;
    }

    /**
     * Stripe refunds the rest of a payment itself, as it does with some payments that were reported as fraud.
     *
     * @return the id of the refund
     */
    public String byStripe(String paymentIntent) {
        String charge = store.intents.get(paymentIntent).progress().latestCharge();
        return create(String.valueOf(charge), new Order(null, null, Map.of()), Trace.NONE)
                .id();
    }

    /**
     * The customer received the money.
     *
     * @throws IllegalStateException if the refund is not pending
     */
    public void succeed(String refund) {
        end(
                refund,
                it -> {
                    require(it.status() == Status.PENDING, it);
                    return it.succeeded();
                },
                ended -> {});
    }

    /**
     * The refund fails and the money returns.
     *
     * @throws IllegalStateException if the refund has failed before
     */
    public void fail(String refund) {
        fail(refund, "unknown");
    }

    /**
     * The same with a reason.
     *
     * @param reason Stripe's {@code failure_reason}, such as {@code expired_or_canceled_card}
     */
    public void fail(String refund, String reason) {
        Refund failed = end(
                refund,
                it -> {
                    require(it.status() != Status.FAILED, it);
                    return it.failed(reason);
                },
                this::returnMoney);
        events.record("refund.failed", Trace.NONE, () -> ChargeView.of(failed));
    }

    private void returnMoney(Refund failed) {
        store.charges.update(failed.charge().id(), it -> it.refundedBy(-failed.amount()));
        history.refunded(failed.charge().id(), -failed.amount());
    }

    /** The money moves before the event, so that a receiver that fetches the charge sees it. */
    private Refund end(String id, UnaryOperator<Refund> change, Consumer<Refund> money) {
        AtomicReference<Refund> before = new AtomicReference<>();
        Refund after = store.refunds.update(id, old -> {
            before.set(old);
            return change.apply(old);
        });
        Refund old = before.get();
        money.accept(after);
        events.changed("refund.updated", Trace.NONE, () -> ChargeView.of(old), () -> ChargeView.of(after));
        return after;
    }

    /** Creates a refund; two of them never return more than the charge. */
    Refund create(String chargeId, Order order, Trace trace) {
        AtomicReference<Refund> made = new AtomicReference<>();
        AtomicReference<Charge> before = new AtomicReference<>();
        Charge charge = store.charges.update(chargeId, old -> {
            long rest = old.terms().amount() - old.refunded();
            long wanted = order.amount() == null ? rest : order.amount();
            Refundable.require(old, wanted, store);
            Charge refunded = old.refundedBy(wanted);
            before.set(old);
            made.set(refund(refunded, wanted, order));
            return refunded;
        });
        Refund refund = made.get();
        Charge old = before.get();
        store.refunds.add(refund.id(), refund, chargeId);
        history.refunded(chargeId, refund.amount());
        if ("fraudulent".equals(order.reason())) {
            issuer.block(charge.method());
        }
        events.record("refund.created", trace, () -> ChargeView.of(refund));
        events.changed("charge.refunded", trace, () -> ChargeView.of(old), () -> ChargeView.of(charge));
        warnings.changed(charge, trace);
        return refund;
    }

    private Refund refund(Charge charge, long amount, Order order) {
        boolean slow = charge.method().card() == TestCard.REFUND_PENDING;
        Status status = slow || balanceIsShort ? Status.PENDING : Status.SUCCEEDED;
        String detail = status == Status.SUCCEEDED ? null : balanceIsShort ? "insufficient_funds" : "processing";
        return new Refund(
                Ids.next("re_"), clock.seconds(), amount, charge, order.reason(), order.metadata(), status, detail);
    }

    private static void require(boolean possible, Refund refund) {
        if (!possible) {
            throw new IllegalStateException(
                    refund.id() + " is " + refund.status().text());
        }
    }
}
