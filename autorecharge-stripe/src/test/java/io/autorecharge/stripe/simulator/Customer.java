package io.autorecharge.stripe.simulator;

import java.util.HashMap;
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

    /** The fields of the update replace those of the customer; omitted fields stay. */
    Customer with(Params params) {
        Map<String, String> merged = new HashMap<>(metadata);
        merged.putAll(params.metadata("metadata"));
        return new Customer(
                id,
                created,
                otherwise(params.text("email"), email),
                otherwise(params.text("name"), name),
                otherwise(params.text("phone"), phone),
                otherwise(params.text("description"), description),
                otherwise(params.text(CustomerEndpoints.DEFAULT_METHOD), defaultPaymentMethod),
                Map.copyOf(merged),
                false);
    }

    private static @Nullable String otherwise(@Nullable String sent, @Nullable String before) {
        return sent == null ? before : sent;
    }

    Customer withDefault(@Nullable String method) {
        return new Customer(id, created, email, name, phone, description, method, metadata, deleted);
    }

    Customer asDeleted() {
        return new Customer(id, created, email, name, phone, description, null, metadata, true);
    }
}
