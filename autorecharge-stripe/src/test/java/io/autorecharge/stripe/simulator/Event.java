package io.autorecharge.stripe.simulator;

import java.util.function.Supplier;

/** An event, with the JSON of the object as it was then. */
record Event(String id, String type, long created, Trace trace, Supplier<JsonObject> object) {

    JsonObject json(String apiVersion) {
        return JsonObject.of(id, "event")
                .with("api_version", apiVersion)
                .with("created", created)
                .with("data", new JsonObject().with("object", object.get()))
                .with("livemode", false)
                .with("pending_webhooks", 1)
                .with(
                        "request",
                        new JsonObject().with("id", trace.requestId()).with("idempotency_key", trace.idempotencyKey()))
                .with("type", type);
    }
}
