package io.autorecharge.stripe.simulator;

/** What differs in the JSON of a checkout session in setup mode, as in a recorded response. */
final class SetupSessionView {

    private SetupSessionView() {}

    static JsonObject adapted(JsonObject session, CheckoutSession setup) {
        return session.withNulls(
                        "amount_subtotal",
                        "amount_total",
                        "discounts",
                        "invoice_creation",
                        "managed_payments",
                        "payment_intent",
                        "saved_payment_method_options",
                        "total_details")
                .with("mode", "setup")
                .with("payment_method_collection", "always")
                .with("payment_status", "no_payment_required")
                .with("setup_intent", setup.terms().setupIntent());
    }
}
