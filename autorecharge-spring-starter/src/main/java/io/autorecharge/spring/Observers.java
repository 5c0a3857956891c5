package io.autorecharge.spring;

import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.event.Purgeable;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.policy.Decision;
import java.time.Duration;
import java.util.List;

/** Passes each call on to several observers. */
record Observers(List<AutoRechargeObserver> all) implements AutoRechargeObserver {
    @Override
    public void decided(AccountId account, Decision decision) {
        all.forEach(it -> it.decided(account, decision));
    }

    @Override
    public void charged(AccountId account, Outcome outcome, Duration took) {
        all.forEach(it -> it.charged(account, outcome, took));
    }

    @Override
    public void asked(Question question, boolean answered) {
        all.forEach(it -> it.asked(question, answered));
    }

    @Override
    public void ignored(ProviderReport report) {
        all.forEach(it -> it.ignored(report));
    }

    @Override
    public void purged(Purgeable what, int rows) {
        all.forEach(it -> it.purged(what, rows));
    }
}
