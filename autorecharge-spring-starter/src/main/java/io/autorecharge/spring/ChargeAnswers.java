package io.autorecharge.spring;

import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.gateway.Outcome;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the charges that the payment provider answered in this process, and those that it did not. Thread-safe. */
final class ChargeAnswers implements AutoRechargeObserver {
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong missing = new AtomicLong();

    @Override
    public void charged(AccountId account, Outcome outcome, Duration took) {
        boolean isMissing = outcome instanceof Outcome.NotSubmitted || outcome instanceof Outcome.Unknown;
        (isMissing ? missing : answered).incrementAndGet();
    }

    /** Whether there were charges, and none was answered. */
    boolean areAllMissing() {
        return answered.get() == 0 && missing.get() > 0;
    }
}
