package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.Dispute.Status;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Opens and decides disputes, as the customers' banks do. Charges of {@link TestCard#DISPUTED} and {@link TestCard#NOT_RECEIVED} are disputed
 * immediately, and those of {@link TestCard#INQUIRED} get an inquiry.
 */
public final class Disputes {

    private final Store store;
    private final SimulatorHistory history;
    private final EventLog events;
    private final SimulatorClock clock;
    private final FraudWarnings warnings;

    Disputes(Store store, SimulatorHistory history, EventLog events, SimulatorClock clock, FraudWarnings warnings) {
        this.warnings = warnings;
        this.store = store;
        this.history = history;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Disputes a successful payment and withdraws its money.
     *
     * @return the id of the dispute
     */
    public String open(String paymentIntent) {
        return open(paymentIntent, "fraudulent");
    }

    /** The same with a reason, such as {@code product_not_received} or {@code duplicate}. */
    public String open(String paymentIntent, String reason) {
        return open(charge(paymentIntent), reason);
    }

    /**
     * Opens an inquiry into a successful payment, without moving money.
     *
     * @return the id of the dispute
     */
    public String inquire(String paymentIntent) {
        return inquire(charge(paymentIntent));
    }

    /** Turns an inquiry into a dispute and withdraws the money. */
    public void escalate(String dispute) {
        withdraw(dispute);
        publish("charge.dispute.updated", dispute);
    }

    /** Decides for the merchant: the money returns, or the inquiry is closed. */
    public void win(String dispute) {
        boolean moneyBack = end(dispute, it -> it.withdrawn() ? it.withMoneyBack() : it.in(Status.WARNING_CLOSED))
                .reinstated();
        if (moneyBack) {
            Dispute won = store.disputes.get(dispute);
            history.refunded(won.charge().id(), -won.amount());
            publish("charge.dispute.funds_reinstated", dispute);
        }
        publish("charge.dispute.closed", dispute);
    }

    /** Decides for the customer: the money stays withdrawn, or the inquiry is closed. */
    public void lose(String dispute) {
        end(dispute, it -> it.in(it.withdrawn() ? Status.LOST : Status.WARNING_CLOSED));
        publish("charge.dispute.closed", dispute);
    }

    /**
     * Reports a successful payment as fraud, as card networks do; no money moves
     * (https://docs.stripe.com/api/radar/early_fraud_warnings/object).
     *
     * @return the id of the warning
     */
    public String warn(String paymentIntent) {
        return warn(paymentIntent, "unauthorized_use_of_card");
    }

    /**
     * The same with one of Stripe's types, such as {@code made_with_stolen_card}.
     *
     * @throws IllegalArgumentException if Stripe does not have this type
     */
    public String warn(String paymentIntent, String fraudType) {
        return warnings.warn(charge(paymentIntent), fraudType);
    }

    /** Opens the dispute, inquiry or warning that the test card of a new charge stands for. */
    void charged(Charge charge) {
        @Nullable TestCard card = charge.method().card();
        if (card == TestCard.DISPUTED) {
            open(charge, "fraudulent");
        } else if (card == TestCard.NOT_RECEIVED) {
            open(charge, "product_not_received");
        } else if (card == TestCard.INQUIRED) {
            inquire(charge);
        } else if (card == TestCard.WARNED) {
            warnings.warn(charge, "unauthorized_use_of_card");
        }
    }

    private String open(Charge charge, String reason) {
        String id = add(charge, reason, Status.NEEDS_RESPONSE);
        withdraw(id);
        return id;
    }

    private String inquire(Charge charge) {
        return add(charge, "fraudulent", Status.WARNING_NEEDS_RESPONSE);
    }

    private String add(Charge charge, String reason, Status status) {
        String id = Ids.next("dp_");
        long rest = charge.terms().amount() - charge.refunded();
        // Inferred: a bank that disputes a refunded payment takes the whole amount once more.
        long amount = rest == 0 ? charge.terms().amount() : rest;
        Dispute dispute = new Dispute(id, clock.seconds(), amount, charge, reason, status, false, false);
        store.disputes.add(id, dispute, charge.id());
        Charge disputed = store.charges.update(charge.id(), it -> it.disputedBy(id));
        publish("charge.dispute.created", id);
        warnings.changed(disputed, Trace.NONE);
        return id;
    }

    private void withdraw(String dispute) {
        Dispute disputed = store.disputes.update(dispute, it -> {
            require(it.isOpen() && !it.withdrawn(), it);
            return it.withMoneyGone();
        });
        history.refunded(disputed.charge().id(), disputed.amount());
        publish("charge.dispute.funds_withdrawn", dispute);
    }

    private Dispute end(String dispute, UnaryOperator<Dispute> decision) {
        return store.disputes.update(dispute, it -> {
            require(it.isOpen(), it);
            return decision.apply(it);
        });
    }

    private void publish(String type, String dispute) {
        Dispute now = store.disputes.get(dispute);
        events.record(type, Trace.NONE, () -> DisputeView.of(now));
    }

    private Charge charge(String paymentIntent) {
        String charge = store.intents.get(paymentIntent).progress().latestCharge();
        Charge found = charge == null ? null : store.charges.get(charge);
        if (found == null || found.status() != Charge.Status.SUCCEEDED) {
            throw new IllegalStateException(paymentIntent + " captured no money");
        }
        return found;
    }

    private static void require(boolean possible, Dispute dispute) {
        if (!possible) {
            throw new IllegalStateException(
                    dispute.id() + " is " + dispute.status().text());
        }
    }
}
