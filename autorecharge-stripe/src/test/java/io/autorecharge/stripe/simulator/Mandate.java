package io.autorecharge.stripe.simulator;

/** The customer's permission to debit a bank account, again and again. */
record Mandate(String id, long acceptedAt, String paymentMethod, String type, boolean active) {

    Mandate revoked() {
        return new Mandate(id, acceptedAt, paymentMethod, type, false);
    }

    JsonObject json() {
        JsonObject online = new JsonObject().with("ip_address", "127.0.0.1").with("user_agent", "simulator");
        JsonObject details = type.equals("sepa_debit")
                ? new JsonObject()
                        .with("reference", "SIM" + id.substring("mandate_".length()))
                        .with("url", "https://payments.example/mandates/" + id)
                : new JsonObject().with("collection_method", "paper");
        return JsonObject.of(id, "mandate")
                .with(
                        "customer_acceptance",
                        new JsonObject()
                                .with("accepted_at", acceptedAt)
                                .with("online", online)
                                .with("type", "online"))
                .with("livemode", false)
                .with("multi_use", new JsonObject())
                .with("payment_method", paymentMethod)
                .with(
                        "payment_method_details",
                        new JsonObject().with(type, details).with("type", type))
                .with("status", active ? "active" : "inactive")
                .with("type", "multi_use");
    }
}
