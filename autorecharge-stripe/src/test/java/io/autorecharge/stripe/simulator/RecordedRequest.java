package io.autorecharge.stripe.simulator;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that the API received, whatever the response.
 *
 * @param params as sent, nested names with their brackets
 * @param status of the response; 0 if the connection was reset instead
 * @param replayed whether the response was replayed because an earlier request had the same idempotency key
 */
public record RecordedRequest(
        Instant at,
        String requestId,
        String method,
        String path,
        Map<String, String> params,
        @Nullable String idempotencyKey,
        int status,
        boolean replayed) {

    JsonObject json() {
        return new JsonObject()
                .with("at", at.toString())
                .with("request", requestId)
                .with("method", method)
                .with("path", path)
                .with("params", params)
                .with("idempotency_key", idempotencyKey)
                .with("status", status)
                .with("replayed", replayed);
    }
}
