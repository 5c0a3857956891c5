package io.autorecharge.stripe.simulator;

import org.jspecify.annotations.Nullable;

/**
 * An answer other than 200, on its way out of an endpoint.
 *
 * <p>{@code executed} says whether the endpoint had begun to work: only then is the answer kept under the request's
 * idempotency key (https://docs.stripe.com/api/idempotent_requests).
 */
@SuppressWarnings("serial")
final class Refusal extends RuntimeException {

    private final int status;
    private final boolean executed;
    private final transient JsonObject error;

    private Refusal(int status, boolean executed, JsonObject error) {
        super(String.valueOf(error.get("message")), null, false, false);
        this.status = status;
        this.executed = executed;
        this.error = error;
    }

    Reply reply(String requestId) {
        JsonObject body = new JsonObject();
        body.putAll(error);
        body.put(
                "request_log_url",
                "https://dashboard.stripe.com/acct_simulator/test/workbench/logs?object=" + requestId);
        return new Reply(status, Json.bytes(new JsonObject().with("error", body)), executed);
    }

    static Refusal badRequest(String message) {
        return invalid(400, null, null, message);
    }

    static Refusal parameter(String name, @Nullable String code, String message) {
        return invalid(400, code, name, message);
    }

    static Refusal unknownParameter(String name) {
        return invalid(400, "parameter_unknown", name, "Received unknown parameter: " + name);
    }

    static Refusal missingParameter(String name) {
        return invalid(400, "parameter_missing", name, "Missing required param: " + name + ".");
    }

    /** The object named in the path does not exist. */
    static Refusal notFound(String kind, String param, String id) {
        return invalid(404, "resource_missing", param, "No such " + kind + ": '" + id + "'");
    }

    /** An object named in a parameter does not exist. */
    static Refusal noSuch(String kind, String param, String id) {
        return invalid(400, "resource_missing", param, "No such " + kind + ": '" + id + "'");
    }

    /** The object is in a state that does not allow the call; the endpoint had begun, so the answer is kept. */
    static Refusal unexpectedState(String code, String message, JsonObject extra) {
        JsonObject error = error("invalid_request_error", code, null, message);
        error.putAll(extra);
        return new Refusal(400, true, error);
    }

    static Refusal unrecognizedUrl(String method, String path) {
        return invalid(404, null, null, "Unrecognized request URL (" + method + ": " + path + ").");
    }

    static Refusal unauthorized(String message) {
        return invalid(401, null, null, message);
    }

    static Refusal forbidden(String message) {
        return invalid(403, "account_invalid", null, message);
    }

    static Refusal idempotency(String message) {
        return new Refusal(400, false, error("idempotency_error", null, null, message));
    }

    static Refusal keyInUse(String key) {
        return invalid(
                409,
                "idempotency_key_in_use",
                null,
                "There is currently another in-progress request using this Idempotency Key (that probably means you"
                        + " submitted twice, and the other request is still going through): " + key);
    }

    static Refusal rateLimit() {
        return invalid(429, "rate_limit", null, "Request rate limit exceeded. Try again in a moment.");
    }

    static Refusal lockTimeout() {
        return invalid(
                429,
                "lock_timeout",
                null,
                "This object cannot be accessed right now because another API request or Stripe process is currently"
                        + " accessing it.");
    }

    static Refusal serverError() {
        return new Refusal(500, true, error("api_error", null, null, "An unknown error occurred."));
    }

    /** A card error; {@code extra} holds the charge, intent and method it belongs to. */
    static Refusal card(Decline decline, JsonObject extra) {
        JsonObject error = decline.json();
        error.putAll(extra);
        error.put("type", "card_error");
        return new Refusal(402, true, error);
    }

    private static Refusal invalid(int status, @Nullable String code, @Nullable String param, String message) {
        return new Refusal(status, false, error("invalid_request_error", code, param, message));
    }

    private static JsonObject error(String type, @Nullable String code, @Nullable String param, String message) {
        JsonObject error = new JsonObject();
        if (code != null) {
            error.put("code", code);
            error.put("doc_url", docUrl(code));
        }
        error.put("message", message);
        if (param != null) {
            error.put("param", param);
        }
        return error.with("type", type);
    }

    static String docUrl(String code) {
        return "https://stripe.com/docs/error-codes/" + code.replace('_', '-');
    }
}
