package io.autorecharge.stripe.simulator;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An event, with the JSON of the object as it was then, and the old values of changed fields where Stripe tells them. */
record Event(
        String id,
        String type,
        long created,
        Trace trace,
        Supplier<JsonObject> object,
        @Nullable Supplier<JsonObject> previous) {

    JsonObject json(String apiVersion) {
        return JsonObject.of(id, "event")
                .with("api_version", apiVersion)
                .with("created", created)
                .with("data", data())
                .with("livemode", false)
                .with("pending_webhooks", 1)
                .with(
                        "request",
                        new JsonObject().with("id", trace.requestId()).with("idempotency_key", trace.idempotencyKey()))
                .with("type", type);
    }

    private JsonObject data() {
        JsonObject data = new JsonObject().with("object", object.get());
        return previous == null ? data : data.with("previous_attributes", previous.get());
    }
}
