package io.autorecharge.gateway;

import io.autorecharge.credit.AccountId;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How much each account may ask for per minute, on this node: so many at once, and one more each time a share of the minute has passed. Safe
 * for use by many threads; remembers only accounts that have asked within the last minute.
 */
public final class RequestBudget {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    /** From this size on, accounts that have their whole budget again are forgotten. */
    private static final int MANY = 10_000;

    private final ConcurrentHashMap<AccountId, Long> fullAt = new ConcurrentHashMap<>();
    private final long share;
    private final LongSupplier nanos;

    /** @param nanos a clock that only goes forward, in nanoseconds */
    public RequestBudget(int perMinute, LongSupplier nanos) {
        this.share = MINUTE / perMinute;
        this.nanos = nanos;
    }

    /** @throws TooManyRequestsException when the account has used its budget */
    public void use(AccountId account) {
        long now = nanos.getAsLong();
        long[] wait = {0};
        fullAt.compute(account, (id, known) -> {
            long full = known == null || known - now < 0 ? now : known;
            wait[0] = full + share - now - MINUTE;
            return wait[0] > 0 ? Long.valueOf(full) : Long.valueOf(full + share);
        });
        if (fullAt.size() > MANY) {
            fullAt.values().removeIf(full -> full - now <= 0);
        }
        if (wait[0] > 0) {
            throw new TooManyRequestsException(
                    "this account asks too often, please try again later", Duration.ofNanos(wait[0]));
        }
    }

    int remembered() {
        return fullAt.size();
    }
}
