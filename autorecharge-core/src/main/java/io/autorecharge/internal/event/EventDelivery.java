package io.autorecharge.internal.event;

import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.internal.thread.FailureLog;
import io.autorecharge.store.RechargeStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies the host's listeners of committed events: immediately, and again later if that failed or the process died before. Whoever
 * publishes an event does not wait for a listener.
 */
public final class EventDelivery implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventDelivery.class);
    private static final Duration GRACE = Duration.ofMinutes(1);
    private static final int BATCH = 100;

    /** The exponent of the longest wait, in minutes: about an hour. */
    private static final int LONGEST_WAIT = 6;

    private final RechargeStore store;
    private final Listeners listeners;
    private final Clock clock;
    private final FailureLog failures;
    private final Map<String, Failing> failing = new ConcurrentHashMap<>();

    /** The events of which a listener is being notified. */
    private final Set<String> inFlight = ConcurrentHashMap.newKeySet();

    public EventDelivery(RechargeStore store, Listeners listeners, Clock clock, FailureLog failures) {
        this.store = store;
        this.listeners = listeners;
        this.clock = clock;
        this.failures = failures;
    }

    /** Never throws, and does not wait: the events are committed, whether or not a listener can be notified. */
    public void deliver(List<AutoRechargeEvent> events) {
        List<AutoRechargeEvent> mine =
                events.stream().filter(event -> inFlight.add(event.id())).toList();
        if (mine.isEmpty()) {
            return;
        }
        DeliveryRound round = new DeliveryRound(mine.size(), this::mark);
        for (AutoRechargeEvent event : mine) {
            Failing before = failing.get(event.id());
            Set<Integer> wanted = before == null ? listeners.all() : before.failedListeners();
            listeners.notify(event, wanted, failed -> ended(round, event, failed), listener -> late(event, listener));
        }
    }

    /** Every wanted listener has returned, or did not within its time. */
    private void ended(DeliveryRound round, AutoRechargeEvent event, Set<Integer> failed) {
        if (failed.isEmpty()) {
            failing.remove(event.id());
            round.delivered(event.id());
            return;
        }
        Failing before = failing.get(event.id());
        int tries = before == null ? 0 : before.tries() + 1;
        Duration wait = GRACE.multipliedBy(1L << Math.min(tries, LONGEST_WAIT));
        Instant now = clock.instant();
        failing.put(event.id(), new Failing(tries, now, now.plus(wait), Set.copyOf(failed)));
        inFlight.remove(event.id());
        round.failed();
    }

    /** A listener that returned after its time was notified all the same. */
    private void late(AutoRechargeEvent event, int listener) {
        failing.computeIfPresent(event.id(), (id, known) -> known.without(listener));
    }

    private void mark(List<String> delivered) {
        try {
            store.delivered(delivered, clock.instant());
        } catch (RuntimeException e) {
            failures.failed(
                    "Events were delivered but could not be marked as delivered; they will be delivered again: "
                            + delivered,
                    e);
        } finally {
            delivered.forEach(inFlight::remove);
        }
    }

    /**
     * Delivers events that have been unconfirmed for a while. Events that keep failing wait longer each time and do not delay others.
     */
    public void deliverOverdue() {
        Instant now = clock.instant();
        int limit = BATCH + failing.size() + inFlight.size();
        List<AutoRechargeEvent> undelivered = store.undelivered(now.minus(GRACE), limit);
        if (undelivered.size() < limit) {
            forgetOthers(undelivered, now);
        }
        undelivered.stream().filter(event -> isDue(event, now)).forEach(event -> deliver(List.of(event)));
    }

    /** An event that failed here and is no longer read was delivered by another node. */
    private void forgetOthers(List<AutoRechargeEvent> undelivered, Instant now) {
        Set<String> ids = undelivered.stream().map(AutoRechargeEvent::id).collect(Collectors.toSet());
        failing.entrySet()
                .removeIf(one -> one.getValue().nextAt().plus(GRACE).isBefore(now) && !ids.contains(one.getKey()));
    }

    /** A clock that was set back makes no event wait. */
    private boolean isDue(AutoRechargeEvent event, Instant now) {
        Failing known = failing.get(event.id());
        return known == null || !known.nextAt().isAfter(now) || known.at().isAfter(now);
    }

    /** Waits until no listener is being notified, but not longer than the time limit of a listener. */
    public void awaitIdle() {
        listeners.awaitIdle(null);
    }

    /** Waits until no listener is being notified, but not longer than this. */
    public void awaitIdle(Duration atMost) {
        listeners.awaitIdle(atMost);
    }

    /** Begins no further call of a listener; what is not delivered stays in the outbox. */
    @Override
    public void close() {
        listeners.close();
        if (!inFlight.isEmpty()) {
            log.info("{} events are left to another node, or to the next start", inFlight.size());
        }
    }

    /** An event, when it failed, and the indexes of the listeners that have not been notified of it. */
    private record Failing(int tries, Instant at, Instant nextAt, Set<Integer> failedListeners) {
        Failing without(int listener) {
            Set<Integer> rest = new HashSet<>(failedListeners);
            rest.remove(listener);
            return new Failing(tries, at, nextAt, Set.copyOf(rest));
        }
    }
}
