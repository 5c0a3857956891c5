package io.autorecharge.spring.actuate;

import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.event.Purgeable;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.policy.Decision;
import io.autorecharge.store.RechargeStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The meters {@code autorecharge.decisions} (counter, by {@code reason}, which is {@code recharge} if credits are bought),
 * {@code autorecharge.charges} (timer, by {@code outcome}), {@code autorecharge.questions} (counter of requests that do not charge, such
 * as look-ups, by {@code question} and {@code answered}), {@code autorecharge.ignored} (counter of reported objects of other installations, by
 * {@code report}), {@code autorecharge.purged} (counter of deleted rows, by {@code rows}), and {@code autorecharge.due} (gauge, accounts that
 * wait for a check). No tag names an account. Thread-safe.
 */
final class RechargeMetrics implements MeterBinder, AutoRechargeObserver {
    /** Due accounts are counted up to this number, because a scrape must not cost a full scan. */
    private static final int MAX_DUE = 10_000;

    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();
    private final RechargeStore store;
    private final Clock clock;

    RechargeMetrics(RechargeStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        registries.add(registry);
        Gauge.builder("autorecharge.due", store, it -> it.countDue(clock.instant(), MAX_DUE))
                .description("Accounts that are due for a check, counted up to " + MAX_DUE)
                .register(registry);
    }

    @Override
    public void decided(AccountId account, Decision decision) {
        String reason =
                decision instanceof Decision.Hold hold ? lower(hold.reason().name()) : "recharge";
        registries.forEach(
                it -> it.counter("autorecharge.decisions", "reason", reason).increment());
    }

    @Override
    public void charged(AccountId account, Outcome outcome, Duration took) {
        String name = outcomeOf(outcome);
        registries.forEach(it -> Timer.builder("autorecharge.charges")
                .description("Calls to the payment provider that may charge")
                .tag("outcome", name)
                .register(it)
                .record(took));
    }

    @Override
    public void purged(Purgeable what, int rows) {
        registries.forEach(it ->
                it.counter("autorecharge.purged", "rows", lower(what.name())).increment(rows));
    }

    @Override
    public void ignored(ProviderReport report) {
        String kind = lower(report.getClass().getSimpleName());
        registries.forEach(
                it -> it.counter("autorecharge.ignored", "report", kind).increment());
    }

    @Override
    public void asked(Question question, boolean answered) {
        registries.forEach(it -> it.counter(
                        "autorecharge.questions",
                        "question",
                        lower(question.name()),
                        "answered",
                        String.valueOf(answered))
                .increment());
    }

    /** The outcome's type name, with the reason where it decides what an operator does. */
    private static String outcomeOf(Outcome outcome) {
        if (outcome instanceof Outcome.NotSubmitted not) {
            return "not_submitted_" + lower(not.reason().name());
        }
        return lower(outcome.getClass().getSimpleName().replaceAll("([a-z])([A-Z])", "$1_$2"));
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}
