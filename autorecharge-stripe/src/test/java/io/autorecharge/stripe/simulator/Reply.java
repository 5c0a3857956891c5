package io.autorecharge.stripe.simulator;

/**
 * A response: status and body, exactly as they are stored and replayed under an idempotency key.
 *
 * @param executed whether the endpoint had started to execute the request, so that the response is stored under its key
 */
@SuppressWarnings("ArrayRecordComponent")
record Reply(int status, byte[] body, boolean executed) {

    static Reply ok(JsonObject body) {
        return new Reply(200, Json.bytes(body), true);
    }
}
