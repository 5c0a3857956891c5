package io.autorecharge.simulation;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.AttemptState;
import io.autorecharge.testkit.FakeGateway;
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

/** What all nodes share: time, the database, the provider's books; and what is known from outside of what went on. */
final class World {
    /** The reference of payments that nobody made. */
    static final String FORGED = "pi_forged";

    private static final int MOST_VIOLATIONS = 20;
    private static final Duration KEY_LIFE = Duration.ofHours(24);

    final SettableClock time = new SettableClock();
    final FakeGateway provider = new FakeGateway(time);
    final Pages pages = new Pages(time);
    final RechargePolicy policy;
    final Database database;
    final boolean sweeps;
    final ClaimWatch watch = new ClaimWatch(this::violated);
    final Set<String> heard = new HashSet<>();
    final Set<AccountId> accounts = new LinkedHashSet<>();

    /** Debits that the library said were taken; whoever got an error does not know. */
    final Map<String, AccountId> debited = new LinkedHashMap<>();

    private final Map<AttemptId, Instant> firstSent = new HashMap<>();
    private final Map<AttemptId, ChargeRequest> requests = new LinkedHashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final Consumer<Runnable> delay;
    private boolean lateNext;
    private int ids;

    /**
     * @param sweeps whether nodes sweep
     * @param delay takes requests that are carried out later, to run them when time has passed
     */
    World(RechargePolicy policy, Database database, boolean sweeps, Consumer<Runnable> delay) {
        this.policy = policy;
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

    /** A node hands this request to the network. */
    void sent(ChargeRequest request) {
        watch.sent(request);
        Instant first = firstSent.computeIfAbsent(request.attempt(), id -> time.instant());
        if (time.instant().isAfter(first.plus(KEY_LIFE))) {
            violated("attempt " + request.attempt() + " was sent when its key may have been forgotten");
        }
        requests.putIfAbsent(request.attempt(), request);
        database.plain().store().recharges(request.account(), 3).stream()
                .filter(it -> it.attempt().id().equals(request.attempt()))
                .filter(it -> it.attempt().state() == AttemptState.NOT_CHARGED)
                .forEach(it -> violated("attempt " + request.attempt() + " was sent after it had been given up"));
    }

    /** The next request to charge is carried out when its sender has given up. */
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

    /** Everything that was handed to the network, once an attempt. */
    List<ChargeRequest> requests() {
        return List.copyOf(requests.values());
    }

    /** What the provider's webhooks would say of each attempt; those that it knows nothing of are not in it. */
    Map<ChargeRequest, Outcome> known() {
        Map<ChargeRequest, Outcome> found = new LinkedHashMap<>();
        requests.values().forEach(request -> {
            if (provider.lookUp(request) instanceof LookUp.Found it) {
                found.put(request, it.outcome());
            }
        });
        return found;
    }
}
