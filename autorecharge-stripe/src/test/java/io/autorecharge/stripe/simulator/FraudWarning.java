package io.autorecharge.stripe.simulator;

/**
 * A card network's report that a payment is fraud (https://docs.stripe.com/api/radar/early_fraud_warnings/object).
 *
 * @param actionable whether a full refund could still prevent a dispute: nothing was disputed, and something is left to refund
 */
record FraudWarning(
        String id, long created, String charge, String paymentIntent, String fraudType, boolean actionable) {

    static boolean isActionable(Charge charge) {
        return charge.dispute() == null && charge.refunded() < charge.terms().amount();
    }

    FraudWarning settled() {
        return new FraudWarning(id, created, charge, paymentIntent, fraudType, false);
    }

    JsonObject json() {
        return JsonObject.of(id, "radar.early_fraud_warning")
                .with("actionable", actionable)
                .with("charge", charge)
                .with("created", created)
                .with("fraud_type", fraudType)
                .with("livemode", false)
                .with("payment_intent", paymentIntent);
    }
}
