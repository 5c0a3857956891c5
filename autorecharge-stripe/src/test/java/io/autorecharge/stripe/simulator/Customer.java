package io.autorecharge.stripe.simulator;

import java.util.Map;
import org.jspecify.annotations.Nullable;

record Customer(
        String id,
        long created,
        @Nullable String email,
        @Nullable String name,
        @Nullable String phone,
        @Nullable String description,
        @Nullable String defaultPaymentMethod,
        Map<String, String> metadata,
        boolean deleted) {

    Customer asDeleted() {
        return new Customer(id, created, email, name, phone, description, defaultPaymentMethod, metadata, true);
    }
}
