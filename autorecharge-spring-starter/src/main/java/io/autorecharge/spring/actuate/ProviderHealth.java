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

    /** The questions that the provider has not answered since its last answer to them, and how often each was asked. */
    Map<String, Integer> unanswered() {
        Map<String, Integer> byName = new TreeMap<>();
        unanswered.forEach((question, times) -> byName.put(question.name().toLowerCase(Locale.ROOT), times));
        return byName;
    }

    /** Whether the provider's last answer was that it refuses our key, mode or permission. */
    boolean isRefused() {
        return refused;
    }
}
