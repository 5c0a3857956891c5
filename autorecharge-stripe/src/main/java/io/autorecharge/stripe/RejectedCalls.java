package io.autorecharge.stripe;

import io.autorecharge.stripe.WebhookResult.Rejected.Reason;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs rejected webhook calls: the first at once, and then one line per minute with how many there were. Anybody can send such calls, so a
 * line for each would fill the log. Thread-safe.
 */
final class RejectedCalls {
    private static final Logger log = LoggerFactory.getLogger(RejectedCalls.class);
    private static final long EVERY = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanos;
    private final Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
    private long nextLine;

    /** @param nanos a clock that only goes forward, in nanoseconds */
    RejectedCalls(LongSupplier nanos) {
        this.nanos = nanos;
        this.nextLine = nanos.getAsLong();
    }

    void count(Reason reason) {
        Map<Reason, Integer> seen;
        synchronized (this) {
            counts.merge(reason, 1, Integer::sum);
            long now = nanos.getAsLong();
            if (now - nextLine < 0) {
                return;
            }
            nextLine = now + EVERY;
            seen = new EnumMap<>(counts);
            counts.clear();
        }
        log.warn("Webhook calls were rejected since the last such line, by reason: {}", seen);
    }
}
