package io.autorecharge.spring;

import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.gateway.Outcome;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers how the payment provider answers this process. Safe for use by many threads. */
final class ProviderWatch implements AutoRechargeObserver {
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private volatile boolean refused;

    @Override
    public void charged(AccountId account, Outcome outcome, Duration took) {
        if (outcome instanceof Outcome.NotSubmitted not) {
            if (not.reason() == Outcome.NotSubmitted.Reason.CONFIGURATION) {
                refused = true;
            }
            unanswered.incrementAndGet();
        } else if (outcome instanceof Outcome.Unknown) {
            unanswered.incrementAndGet();
        } else {
            refused = false;
            answered.incrementAndGet();
        }
    }

    /** Whether the provider's last word was that it refuses our key, mode or permission. */
    boolean isRefused() {
        return refused;
    }

    /** Whether there were charges to make, and not one got an answer. */
    boolean isUnreachable() {
        return answered.get() == 0 && unanswered.get() > 0;
    }
}
