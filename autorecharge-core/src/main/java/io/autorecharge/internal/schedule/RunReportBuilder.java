package io.autorecharge.internal.schedule;

import io.autorecharge.gateway.Outcome;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.RunReport;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the results of checks as they end, from any thread. */
final class RunReportBuilder {
    private final AtomicInteger paid = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger declined = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicBoolean refused = new AtomicBoolean();
    private final ProviderRefusals refusals;
    private final boolean probe;

    RunReportBuilder() {
        this(new ProviderRefusals(), false);
    }

    /** @param probe whether this run finds out if the provider still refuses: then refusals do not stop it */
    RunReportBuilder(ProviderRefusals refusals, boolean probe) {
        this.refusals = refusals;
        this.probe = probe;
    }

    void count(CheckResult result) {
        if (!(result instanceof CheckResult.Charged charged)) {
            held.incrementAndGet();
            return;
        }
        refusals.count(charged);
        if (charged.outcome() instanceof Outcome.Paid) {
            paid.incrementAndGet();
        } else if (charged.outcome().isFinal()) {
            declined.incrementAndGet();
        } else {
            open.incrementAndGet();
            if (charged.providerRefused()) {
                refused.set(true);
            }
        }
    }

    void countFailure() {
        failed.incrementAndGet();
    }

    /** Whether so many accounts were refused that the others are left alone. */
    boolean isStopped() {
        return !probe && refusals.areEvidence();
    }

    RunReport report() {
        int checked = paid.get() + held.get() + declined.get() + open.get() + failed.get();
        return new RunReport(checked, paid.get(), held.get(), declined.get(), open.get(), failed.get(), refused.get());
    }
}
