package io.autorecharge.stripe.simulator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Declines a card without asking its bank after too many declines in a row. Off until a limit is set. */
final class DeclineLimit {

    private final Map<String, Integer> inARow = new ConcurrentHashMap<>();
    private volatile int most = Integer.MAX_VALUE;

    void set(int declines) {
        if (declines < 1) {
            throw new IllegalArgumentException("declines must be at least 1: " + declines);
        }
        most = declines;
    }

    void clear() {
        most = Integer.MAX_VALUE;
        inARow.clear();
    }

    Verdict applied(PaymentMethod method, Verdict verdict) {
        @Nullable String fingerprint = method.fingerprint();
        String key = fingerprint == null ? method.id() : fingerprint;
        if (most != Integer.MAX_VALUE && inARow.getOrDefault(key, 0) >= most) {
            return new Verdict.Declined(Decline.TOO_OFTEN);
        }
        if (verdict instanceof Verdict.Declined) {
            inARow.merge(key, 1, Integer::sum);
        } else if (verdict instanceof Verdict.Approved) {
            inARow.remove(key);
        }
        return verdict;
    }
}
