package io.autorecharge.stripe.simulator;

import java.util.List;

/** A customer as JSON. */
final class CustomerView {

    private CustomerView() {}

    static JsonObject of(Customer customer) {
        if (customer.deleted()) {
            return JsonObject.of(customer.id(), "customer").with("deleted", true);
        }
        return JsonObject.of(customer.id(), "customer")
                .with("address", null)
                .with("balance", 0)
                .with("created", customer.created())
                .withNulls("currency", "customer_account", "default_source")
                .with("delinquent", false)
                .with("description", customer.description())
                .with("discount", null)
                .with("email", customer.email())
                .with("invoice_prefix", customer.id().substring(4, 12).toUpperCase(java.util.Locale.ROOT))
                .with(
                        "invoice_settings",
                        new JsonObject()
                                .with("custom_fields", null)
                                .with("default_payment_method", customer.defaultPaymentMethod())
                                .withNulls("footer", "rendering_options"))
                .with("livemode", false)
                .with("metadata", customer.metadata())
                .with("name", customer.name())
                .with("next_invoice_sequence", 1)
                .with("phone", customer.phone())
                .with("preferred_locales", List.of())
                .with("shipping", null)
                .with("tax_exempt", "none")
                .with("test_clock", null);
    }
}
