package io.autorecharge.spring.actuate;

import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.gateway.Outcome;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers how the payment provider answers this process. Safe for use by many threads. */
public final class ProviderHealth implements AutoRechargeObserver {
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final Map<Question, Integer> missed = new ConcurrentHashMap<>();
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

    @Override
    public void asked(Question question, boolean wasAnswered) {
        if (wasAnswered) {
            missed.remove(question);
        } else {
            missed.merge(question, 1, Integer::sum);
        }
    }

    /** What the provider was asked and did not answer since it last did, and how often: nothing is concluded from that. */
    Map<String, Integer> missed() {
        Map<String, Integer> byName = new TreeMap<>();
        missed.forEach((question, times) -> byName.put(question.name().toLowerCase(Locale.ROOT), times));
        return byName;
    }

    /** Whether the provider's last word was that it refuses our key, mode or permission. */
    boolean isRefused() {
        return refused;
    }

    /** Whether there were charges to make, and not one got an answer. */
    public boolean isUnreachable() {
        return answered.get() == 0 && unanswered.get() > 0;
    }
}
