package io.autorecharge.spring.actuate;

import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.gateway.Outcome;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers how the payment provider answers this process. Thread-safe. */
final class ProviderHealth implements AutoRechargeObserver {
    private final Map<Question, Integer> unanswered = new ConcurrentHashMap<>();
    private volatile boolean refused;

    @Override
    public void charged(AccountId account, Outcome outcome, Duration took) {
        if (outcome instanceof Outcome.NotSubmitted not) {
            if (not.reason() == Outcome.NotSubmitted.Reason.CONFIGURATION) {
                refused = true;
            }
        } else if (!(outcome instanceof Outcome.Unknown)) {
            refused = false;
        }
    }

    @Override
    public void asked(Question question, boolean answered) {
        if (answered) {
            unanswered.remove(question);
        } else {
            unanswered.merge(question, 1, Integer::sum);
        }
    }

    /**
     * The kinds of requests that the provider has left unanswered since it last answered one of the kind, and how many.
     */
    Map<String, Integer> unanswered() {
        Map<String, Integer> byName = new TreeMap<>();
        unanswered.forEach((question, times) -> byName.put(question.name().toLowerCase(Locale.ROOT), times));
        return byName;
    }

    /** Whether the provider refused the configured key, mode or permission in its last answer. */
    boolean isRefused() {
        return refused;
    }
}
