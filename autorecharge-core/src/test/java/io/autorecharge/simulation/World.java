package io.autorecharge.simulation;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.AttemptState;
import io.autorecharge.testkit.FakeGateway;
import io.autorecharge.testkit.Reports;
import io.autorecharge.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What all nodes share: time, the database and the provider; and an outside record of events. */
final class World {
    /** The reference of payments that were never made. */
    static final String FORGED = "pi_forged";

    private static final int MOST_VIOLATIONS = 20;
    private static final Duration KEY_LIFE = Duration.ofHours(24);

    final SettableClock time = new SettableClock();
    final FakeGateway provider = new FakeGateway(time);
    final SimulatedCheckouts checkouts = new SimulatedCheckouts(time);
    final MoneyBack moneyBack = new MoneyBack();
    final RechargePolicy policy;
    final Database database;
    final boolean sweeps;
    final ClaimWatch watch;
    final NoticeWatch notices;
    final Set<String> heard = new HashSet<>();
    final Set<AccountId> accounts = new LinkedHashSet<>();

    /** Attempts that were paid manually at the provider after they had failed. */
    final Set<AttemptId> paidByHand = new HashSet<>();

    /** Attempts that the customer authenticated later. */
    final Set<AttemptId> authenticated = new HashSet<>();

    /** Debits that the library confirmed; an error leaves a debit in doubt. */
    final Map<String, AccountId> debited = new LinkedHashMap<>();

    private final Map<AttemptId, Instant> firstSent = new HashMap<>();
    private final Map<AttemptId, ChargeRequest> requests = new LinkedHashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final Consumer<Runnable> delay;
    private boolean lateNext;
    private int ids;

    /**
     * @param sweeps whether nodes sweep
     * @param delay receives requests that are executed later
     */
    World(RechargePolicy policy, Database database, boolean sweeps, Consumer<Runnable> delay) {
        this.policy = policy;
        this.watch = new ClaimWatch(this::violated, time, policy.velocityAlarm());
        this.notices = new NoticeWatch(policy, this::violated);
        this.sweeps = sweeps;
        this.database = database;
        this.delay = delay;
    }

    String nextId() {
        return "id-" + ++ids;
    }

    void violated(String what) {
        if (violations.size() < MOST_VIOLATIONS) {
            violations.add(what);
        }
    }

    List<String> violations() {
        return violations;
    }

    /** A node sends this request. */
    void sent(ChargeRequest request) {
        watch.sent(request);
        notices.sent(request, database.plain().store(), time.instant());
        Instant first = firstSent.computeIfAbsent(request.attempt(), id -> time.instant());
        if (time.instant().isAfter(first.plus(KEY_LIFE))) {
            violated("attempt " + request.attempt() + " was sent when its key may have expired");
        }
        requests.putIfAbsent(request.attempt(), request);
        database.plain().store().recharges(request.account(), 3).stream()
                .filter(it -> it.attempt().id().equals(request.attempt()))
                .filter(it -> it.attempt().state() == AttemptState.NOT_CHARGED)
                .forEach(it -> violated("attempt " + request.attempt() + " was sent after it had been concluded"));
    }

    /** The next charge request is executed after its sender has timed out. */
    void nextArrivesLate() {
        lateNext = true;
    }

    boolean isLate() {
        boolean late = lateNext;
        lateNext = false;
        return late;
    }

    void arrivesLate(Runnable request) {
        delay.accept(request);
    }

    /** All attempts that were sent. */
    List<ChargeRequest> requests() {
        return List.copyOf(requests.values());
    }

    /** What the provider's webhooks would report of each attempt; without attempts it does not know. */
    Map<ChargeRequest, Outcome> known() {
        Map<ChargeRequest, Outcome> found = new LinkedHashMap<>();
        requests.values().forEach(request -> {
            provider.known(request.attempt()).ifPresent(it -> found.put(request, it));
        });
        return found;
    }

    /** The payments of an account at the provider: charges, oldest first, then checkouts. */
    List<MoneyBack.Payment> payments(AccountId account) {
        List<MoneyBack.Payment> all = new ArrayList<>();
        provider.captures(account).forEach(it -> all.add(moneyBack.of(account, it.reference(), it.amount())));
        checkouts.paid().stream()
                .filter(it -> it.account().equals(account))
                .forEach(it -> all.add(moneyBack.of(
                        account, it.payment().providerReference(), it.payment().amount())));
        return all;
    }

    /** Reports refunds and disputes to a node; it must know accepted reports from then on. */
    void report(AutoRecharge library, PaymentReversals report, AccountId account) {
        if (library.settle(Reports.reversal(library, account, report))) {
            moneyBack.accepted(report);
        } else {
            violated("account " + account + " rejected " + report);
        }
    }

    /** @return false if the charge requires no authentication, or was cancelled */
    boolean authenticate(ChargeRequest request) {
        boolean paid = provider.authenticate(request.attempt());
        if (paid) {
            authenticated.add(request.attempt());
        }
        return paid;
    }

    /** A failed charge is paid manually at the provider. */
    void payManually(ChargeRequest request) {
        Outcome before = provider.known(request.attempt()).orElse(null);
        if (before instanceof Outcome.Declined || before instanceof Outcome.ActionRequired) {
            provider.finish(request.attempt(), true);
            paidByHand.add(request.attempt());
        }
    }
}
