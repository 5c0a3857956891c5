package io.autorecharge.internal.charge;

import io.autorecharge.credit.AccountId;
import io.autorecharge.internal.pacing.RetryDelays;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Accounts whose rows another transaction has held for too long, such as an idle transaction of the host. Each of their checks holds up a
 * worker until the time limit for locks, so the waits between them grow. Kept in memory: another node, or a restart, tries once more.
 * Thread-safe.
 */
final class ContentionPauses {
    private record Pause(int misses, Instant until) {}

    private final Map<AccountId, Pause> pauses = new ConcurrentHashMap<>();

    /** @return when to check the account again */
    Instant missed(AccountId account, Instant now) {
        return pauses.compute(account, (id, before) -> {
                    int misses = before == null ? 0 : before.misses() + 1;
                    return new Pause(misses, now.plus(RetryDelays.ofContention(misses)));
                })
                .until();
    }

    /** Whether it is too early for another check; null when it is not. */
    @Nullable
    Instant pausedUntil(AccountId account, Instant now) {
        Pause pause = pauses.get(account);
        return pause == null || !pause.until().isAfter(now) ? null : pause.until();
    }

    void reached(AccountId account) {
        pauses.remove(account);
    }
}
