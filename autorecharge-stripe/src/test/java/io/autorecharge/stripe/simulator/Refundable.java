package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.Charge.Status;

/** Whether a charge can be refunded. */
final class Refundable {

    private Refundable() {}

    /** @throws ApiError if the charge was disputed, not captured or refunded before, or less is left */
    static void require(Charge charge, long amount, Store store) {
        boolean chargedBack = store.disputes
                .newestFirst(charge.id())
                .anyMatch(it -> it.withdrawn() && it.status() != Dispute.Status.WON);
        if (chargedBack) {
            throw ApiError.parameter(
                    "charge",
                    "charge_disputed",
                    "Charge " + charge.id() + " has been charged back; cannot issue a refund.");
        }
        if (charge.status() != Status.SUCCEEDED) {
            throw ApiError.parameter("charge", null, "Charge " + charge.id() + " has not been captured.");
        }
        long rest = charge.terms().amount() - charge.refunded();
        if (rest == 0) {
            throw ApiError.parameter(
                    "charge", "charge_already_refunded", "Charge " + charge.id() + " has already been refunded.");
        }
        if (amount < 1) {
            throw ApiError.parameter("amount", "parameter_invalid_integer", "Invalid positive integer");
        }
        if (amount > rest) {
            String currency = charge.terms().currency();
            // Stripe usually has no code here.
            throw ApiError.parameter(
                    "amount",
                    null,
                    "Refund amount (" + Money.text(amount, currency) + ") is greater than unrefunded amount on charge ("
                            + Money.text(rest, currency) + ")");
        }
    }
}
