package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.IdempotencyKeys.StoredReply;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Executes a call to the API: checks the key, applies faults and idempotency, and calls the endpoint. */
final class Api {

    private final Router router;
    private final IdempotencyKeys keys;
    private final Faults faults;
    private volatile Set<String> secretKeys;

    Api(Router router, IdempotencyKeys keys, Faults faults, Set<String> secretKeys) {
        this.router = router;
        this.keys = keys;
        this.faults = faults;
        this.secretKeys = Set.copyOf(secretKeys);
    }

    void accept(Set<String> newKeys) {
        secretKeys = Set.copyOf(newKeys);
    }

    /** Executes the call; every error becomes a response. */
    StoredReply answer(Call call, @Nullable String authorization, @Nullable String account, @Nullable Fault fault) {
        try {
            authenticate(authorization);
            if (account != null) {
                throw ApiError.forbidden("The provided key does not have access to account '" + account
                        + "' (or that account does not exist). The simulator has no connected accounts.");
            }
            if (call.method().equals("POST")) {
                return keys.answer(call, () -> execute(call, fault));
            }
            return new StoredReply(execute(call, fault), call.requestId(), false);
        } catch (ApiError error) {
            return new StoredReply(error.reply(call.requestId()), call.requestId(), false);
        }
    }

    private void authenticate(@Nullable String authorization) {
        if (authorization == null) {
            throw ApiError.unauthorized(
                    "You did not provide an API key. You need to provide your API key in the Authorization"
                            + " header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').");
        }
        String key = key(authorization);
        if (!secretKeys.contains(key)) {
            String shown = key.length() < 12 ? "****" : key.substring(0, 8) + "****" + key.substring(key.length() - 4);
            throw ApiError.unauthorized("Invalid API Key provided: " + shown);
        }
    }

    private static String key(String authorization) {
        if (authorization.startsWith("Basic ")) {
            try {
                byte[] decoded = Base64.getDecoder().decode(authorization.substring(6));
                return new String(decoded, StandardCharsets.UTF_8).split(":", 2)[0];
            } catch (IllegalArgumentException notBase64) {
                return "";
            }
        }
        return authorization.startsWith("Bearer ") ? authorization.substring(7).strip() : "";
    }

    private Reply execute(Call call, @Nullable Fault fault) {
        Fault.Step step = fault == null ? Fault.Step.EXECUTE : fault.step;
        return switch (step) {
            case FAIL_INSTEAD -> ApiError.serverError().reply(call.requestId());
            case REFUSE_FOR_RATE -> ApiError.rateLimit().reply(call.requestId());
            case REFUSE_FOR_LOCK -> ApiError.lockTimeout().reply(call.requestId());
            case WAIT_THEN_EXECUTE -> {
                faults.hang();
                yield endpoint(call);
            }
            case EXECUTE_THEN_WAIT -> {
                Reply reply = endpoint(call);
                faults.hang();
                yield reply;
            }
            case EXECUTE_THEN_FAIL -> {
                Reply reply = endpoint(call);
                yield reply.executed() ? ApiError.serverError().reply(call.requestId()) : reply;
            }
            case EXECUTE, NEVER_EXECUTE -> endpoint(call);
        };
    }

    private Reply endpoint(Call call) {
        try {
            return Reply.ok(router.answer(call));
        } catch (ApiError error) {
            return error.reply(call.requestId());
        }
    }
}
