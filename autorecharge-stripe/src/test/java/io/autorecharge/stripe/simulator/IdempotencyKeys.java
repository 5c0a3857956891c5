package io.autorecharge.stripe.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The responses that Stripe stores under an {@code Idempotency-Key} (https://docs.stripe.com/api/idempotent_requests). The response of the first
 * executed request, success or failure, is stored for {@link #LIFE} after the first use. Invalid parameters and conflicts are not stored.
 */
final class IdempotencyKeys {

    static final Duration LIFE = Duration.ofHours(24);
    private static final int MAX_LENGTH = 255;

    private final SimulatorClock clock;
    private final ConcurrentHashMap<String, Use> uses = new ConcurrentHashMap<>();

    IdempotencyKeys(SimulatorClock clock) {
        this.clock = clock;
    }

    StoredReply answer(Call call, Supplier<Reply> execution) {
        String key = call.idempotencyKey();
        if (key == null) {
            return new StoredReply(execution.get(), call.requestId(), false);
        }
        if (key.length() > MAX_LENGTH) {
            throw ApiError.badRequest("Idempotency-Key: at most 255 characters, not " + key.length() + ".");
        }
        Use mine = new Use(call.path(), call.params().fingerprint(), call.requestId(), clock.instant());
        Use kept = uses.merge(key, mine, (old, fresh) -> old.isOver(fresh.since) ? fresh : old);
        return kept == mine ? execute(key, mine, execution) : kept.replay(key, mine);
    }

    private StoredReply execute(String key, Use mine, Supplier<Reply> execution) {
        Reply reply = null;
        try {
            reply = execution.get();
        } finally {
            if (reply != null && reply.executed()) {
                mine.reply = reply;
            } else {
                uses.remove(key, mine);
            }
        }
        return new StoredReply(reply, mine.requestId, false);
    }

    /** A response, the id of the request that it was first given to, and whether it is replayed. */
    record StoredReply(Reply reply, String originalRequest, boolean replayed) {}

    private static final class Use {
        private final String path;
        private final String fingerprint;
        private final String requestId;
        private final Instant since;
        private volatile @Nullable Reply reply;

        Use(String path, String fingerprint, String requestId, Instant since) {
            this.path = path;
            this.fingerprint = fingerprint;
            this.requestId = requestId;
            this.since = since;
        }

        boolean isOver(Instant now) {
            return reply != null && !since.plus(LIFE).isAfter(now);
        }

        StoredReply replay(String key, Use other) {
            if (!path.equals(other.path)) {
                throw ApiError.idempotency(
                        "Keys for idempotent requests can only be used for the same endpoint they were"
                                + " first used for ('" + path + "' vs '" + other.path
                                + "'). Try using a key other than '" + key
                                + "' if you meant to execute a different request.");
            }
            if (!fingerprint.equals(other.fingerprint)) {
                throw ApiError.idempotency(
                        "Keys for idempotent requests can only be used with the same parameters they were"
                                + " first used with. Try using a key other than '" + key
                                + "' if you meant to execute a different request.");
            }
            Reply known = reply;
            if (known == null) {
                throw ApiError.keyInUse(key);
            }
            return new StoredReply(known, requestId, true);
        }
    }
}
