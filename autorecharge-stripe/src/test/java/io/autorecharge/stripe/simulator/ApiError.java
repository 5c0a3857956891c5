package io.autorecharge.stripe.simulator;

import org.jspecify.annotations.Nullable;

/**
 * An error response of an endpoint.
 *
 * <p>{@code executed} says whether the endpoint had started to execute the request. Only then is the response stored under the idempotency key
 * (https://docs.stripe.com/api/idempotent_requests).
 */
@SuppressWarnings("serial")
final class ApiError extends RuntimeException {

    private final int status;
    private final boolean executed;
    private final transient JsonObject error;

    private ApiError(int status, boolean executed, JsonObject error) {
        super(String.valueOf(error.get("message")), null, false, false);
        this.status = status;
        this.executed = executed;
        this.error = error;
    }

    /** The same error with the object that it is about. */
    ApiError with(String name, JsonObject object) {
        JsonObject more = new JsonObject();
        more.putAll(error);
        return new ApiError(status, executed, more.with(name, object));
    }

    Reply reply(String requestId) {
        JsonObject body = new JsonObject();
        body.putAll(error);
        body.put(
                "request_log_url",
                "https://dashboard.stripe.com/acct_simulator/test/workbench/logs?object=" + requestId);
        return new Reply(status, Json.bytes(new JsonObject().with("error", body)), executed);
    }

    static ApiError badRequest(String message) {
        return invalid(400, null, null, message);
    }

    static ApiError parameter(String name, @Nullable String code, String message) {
        return invalid(400, code, name, message);
    }

    /** With a code, and without the name of a parameter. */
    static ApiError coded(String code, String message) {
        return invalid(400, code, null, message);
    }

    /** A request that is valid, but that the payment method does not allow. */
    static ApiError refused(@Nullable String code, @Nullable String param, String message) {
        return invalid(400, code, param, message);
    }

    static ApiError unknownParameter(String name) {
        return invalid(400, "parameter_unknown", name, "Received unknown parameter: " + name);
    }

    static ApiError missingParameter(String name) {
        return invalid(400, "parameter_missing", name, "Missing required param: " + name + ".");
    }

    /** The object in the path does not exist. */
    static ApiError notFound(String kind, String param, String id) {
        return invalid(404, "resource_missing", param, "No such " + kind + ": '" + id + "'");
    }

    /** The object in the path exists, but not in this place. */
    static ApiError notFoundWithoutCode(String message) {
        return invalid(404, null, null, message);
    }

    /** An object in a parameter does not exist. */
    static ApiError noSuch(String kind, String param, String id) {
        return invalid(400, "resource_missing", param, "No such " + kind + ": '" + id + "'");
    }

    /** The state of the object does not allow the call. The endpoint had started, so the response is stored. */
    static ApiError unexpectedState(String code, String message, JsonObject extra) {
        JsonObject error = error("invalid_request_error", code, null, message);
        error.putAll(extra);
        return new ApiError(400, true, error);
    }

    static ApiError unrecognizedUrl(String method, String path) {
        return invalid(404, null, null, "Unrecognized request URL (" + method + ": " + path + ").");
    }

    static ApiError unauthorized(String message) {
        return invalid(401, null, null, message);
    }

    static ApiError forbidden(String message) {
        return invalid(403, "account_invalid", null, message);
    }

    static ApiError idempotency(String message) {
        return new ApiError(400, false, error("idempotency_error", null, null, message));
    }

    static ApiError keyInUse(String key) {
        return invalid(
                409,
                "idempotency_key_in_use",
                null,
                "There is currently another in-progress request using this Idempotency Key (that probably means you"
                        + " submitted twice, and the other request is still going through): " + key);
    }

    static ApiError rateLimit() {
        return invalid(429, "rate_limit", null, "Request rate limit exceeded. Try again in a moment.");
    }

    static ApiError lockTimeout() {
        return invalid(
                429,
                "lock_timeout",
                null,
                "This object cannot be accessed right now because another API request or Stripe process is currently"
                        + " accessing it.");
    }

    static ApiError serverError() {
        return new ApiError(500, true, error("api_error", null, null, "An unknown error occurred."));
    }

    /** A card error; {@code extra} contains its charge, intent and payment method. */
    static ApiError card(Decline decline, JsonObject extra) {
        JsonObject error = decline.json();
        error.putAll(extra);
        error.put("type", "card_error");
        return new ApiError(402, true, error);
    }

    private static ApiError invalid(int status, @Nullable String code, @Nullable String param, String message) {
        return new ApiError(status, false, error("invalid_request_error", code, param, message));
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
