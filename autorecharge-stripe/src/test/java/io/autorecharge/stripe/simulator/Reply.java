package io.autorecharge.stripe.simulator;

/**
 * A finished answer: status and body, exactly as they are kept and replayed under an idempotency key.
 *
 * @param executed whether the endpoint had begun to work, so that the answer belongs to the key for its whole life
 */
@SuppressWarnings("ArrayRecordComponent")
record Reply(int status, byte[] body, boolean executed) {

    static Reply ok(JsonObject body) {
        return new Reply(200, Json.bytes(body), true);
    }
}
