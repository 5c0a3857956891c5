package io.autorecharge.stripe.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parsed request to the API.
 *
 * @param ids the ids in the path, in order
 */
record Call(
        String method,
        String path,
        List<String> ids,
        Params params,
        @Nullable String idempotencyKey,
        String requestId) {

    String id() {
        return ids.get(0);
    }

    Trace trace() {
        return new Trace(requestId, idempotencyKey);
    }

    Call withIds(List<String> found) {
        return new Call(method, path, found, params, idempotencyKey, requestId);
    }
}
