package io.autorecharge.internal.event;

import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.event.Purgeable;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.internal.thread.FailureLog;
import io.autorecharge.policy.Decision;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Protects the protocol from an observer that throws: the exception is logged, and payments are still settled. */
public record SafeObserver(AutoRechargeObserver host) implements AutoRechargeObserver {
    private static final Logger log = LoggerFactory.getLogger(SafeObserver.class);
    private static final FailureLog FAILURES = new FailureLog(log, System::nanoTime);

    @Override
    public void decided(AccountId account, Decision decision) {
        safely(() -> host.decided(account, decision));
    }

    @Override
    public void charged(AccountId account, Outcome outcome, Duration took) {
        safely(() -> host.charged(account, outcome, took));
    }

    @Override
    public void asked(Question question, boolean answered) {
        safely(() -> host.asked(question, answered));
    }

    @Override
    public void purged(Purgeable what, int rows) {
        safely(() -> host.purged(what, rows));
    }

    @Override
    public void ignored(ProviderReport report) {
        safely(() -> host.ignored(report));
    }

    private static void safely(Runnable call) {
        try {
            call.run();
        } catch (Throwable e) {
            FAILURES.failed("The observer failed; nothing else is affected", e);
        }
    }
}
