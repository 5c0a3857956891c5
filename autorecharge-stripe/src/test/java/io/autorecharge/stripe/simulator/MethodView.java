package io.autorecharge.stripe.simulator;

import java.util.List;

/** A payment method, and its details in a charge, as JSON. */
final class MethodView {

    private MethodView() {}

    static JsonObject of(PaymentMethod method) {
        JsonObject json = JsonObject.of(method.id(), "payment_method")
                .with("allow_redisplay", "unspecified")
                .with("billing_details", billingDetails(method));
        TestCard card = method.card();
        if (card != null) {
            json.with("card", card(method, card));
        }
        json.with("created", method.created())
                .with("customer", method.customer())
                .with("customer_account", null)
                .with("livemode", false)
                .with("metadata", method.metadata())
                .with("shared_payment_granted_token", null)
                .with("type", method.type());
        if (card == null) {
            json.with(
                    "us_bank_account",
                    new JsonObject()
                            .with("account_holder_type", "individual")
                            .with("account_type", "checking")
                            .with("bank_name", "STRIPE TEST BANK")
                            .with("financial_connections_account", null)
                            .with("fingerprint", "simBankAccount")
                            .with("last4", "6789")
                            .with(
                                    "networks",
                                    new JsonObject().with("preferred", "ach").with("supported", List.of("ach")))
                            .with("routing_number", "110000000")
                            .with("status_details", new JsonObject()));
        }
        return json;
    }

    static JsonObject billingDetails(PaymentMethod method) {
        return new JsonObject()
                .with(
                        "address",
                        new JsonObject().withNulls("city", "country", "line1", "line2", "postal_code", "state"))
                .with("email", method.email())
                .with("name", method.name())
                .withNulls("phone", "tax_id");
    }

    private static JsonObject card(PaymentMethod method, TestCard card) {
        return new JsonObject()
                .with("brand", card.brand())
                .with("checks", checks())
                .with("country", card.country())
                .with("display_brand", card.brand())
                .with("exp_month", method.expMonth())
                .with("exp_year", method.expYear())
                .with("fingerprint", card.fingerprint())
                .with("funding", card.funding())
                .with("generated_from", null)
                .with("last4", card.last4())
                .with(
                        "networks",
                        new JsonObject()
                                .with("available", List.of(card.brand()))
                                .with("preferred", null))
                .with("regulated_status", "unregulated")
                .with("three_d_secure_usage", new JsonObject().with("supported", true))
                .with("wallet", null);
    }

    private static JsonObject checks() {
        return new JsonObject()
                .withNulls("address_line1_check", "address_postal_code_check")
                .with("cvc_check", "pass");
    }

    /** The {@code payment_method_details} of a charge. */
    static JsonObject details(PaymentMethod method, long amount) {
        TestCard card = method.card();
        if (card == null) {
            return new JsonObject()
                    .with("type", "us_bank_account")
                    .with(
                            "us_bank_account",
                            new JsonObject()
                                    .with("bank_name", "STRIPE TEST BANK")
                                    .with("last4", "6789"));
        }
        JsonObject details = new JsonObject()
                .with("amount_authorized", amount)
                .with("authorization_code", "000000")
                .with("brand", card.brand())
                .with("checks", checks())
                .with("country", card.country())
                .with("exp_month", method.expMonth())
                .with("exp_year", method.expYear())
                .with("extended_authorization", status("disabled"))
                .with("fingerprint", card.fingerprint())
                .with("funding", card.funding())
                .with("incremental_authorization", status("unavailable"))
                .with("installments", null)
                .with("last4", card.last4())
                .with("mandate", null)
                .with("multicapture", status("unavailable"))
                .with("network", card.brand())
                .with("network_token", new JsonObject().with("used", false))
                .with("overcapture", status("unavailable").with("maximum_amount_capturable", amount))
                .with("regulated_status", "unregulated")
                .withNulls("three_d_secure", "wallet");
        return new JsonObject().with("card", details).with("type", "card");
    }

    private static JsonObject status(String status) {
        return new JsonObject().with("status", status);
    }
}
