package io.autorecharge.stripe.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object under construction. It keeps the order of its fields and, unlike {@link Map#of}, may contain nulls. */
@SuppressWarnings("serial")
final class JsonObject extends LinkedHashMap<String, @Nullable Object> {

    /** Stripe's objects start with their id and their kind. */
    static JsonObject of(String id, String kind) {
        return new JsonObject().with("id", id).with("object", kind);
    }

    JsonObject with(String name, @Nullable Object value) {
        put(name, value);
        return this;
    }

    JsonObject withNulls(String... names) {
        for (String name : names) {
            put(name, null);
        }
        return this;
    }
}
