package io.autorecharge.internal.event;

import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.AutoRechargeListener;
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
 * Notifies the host's listeners of committed events: immediately, and again later if that failed or the process died before.
 */
public final class EventDelivery {
    private static final Logger log = LoggerFactory.getLogger(EventDelivery.class);
    private static final Duration GRACE = Duration.ofMinutes(1);
    private static final int BATCH = 100;

    /** The exponent of the longest wait, in minutes: about an hour. */
    private static final int LONGEST_WAIT = 6;

    private final RechargeStore store;
    private final List<AutoRechargeListener> listeners;
    private final Clock clock;
    private final Map<String, Failing> failing = new ConcurrentHashMap<>();

    public EventDelivery(RechargeStore store, List<AutoRechargeListener> listeners, Clock clock) {
        this.store = store;
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
    }

    /** Never throws: the events are committed, whether or not a listener can be notified. */
    public void deliver(List<AutoRechargeEvent> events) {
        List<String> delivered = events.stream()
                .filter(this::notifyListeners)
                .map(AutoRechargeEvent::id)
                .collect(Collectors.toList());
        if (delivered.isEmpty()) {
            return;
        }
        try {
            store.delivered(delivered, clock.instant());
        } catch (RuntimeException e) {
            log.warn(
                    "Events were delivered but could not be marked as delivered; they will be delivered again: {}",
                    delivered,
                    e);
        }
    }

    /**
     * Delivers events that have been unconfirmed for a while. Events that keep failing wait longer each time and do not delay others.
     */
    public void deliverOverdue() {
        Instant now = clock.instant();
        int limit = BATCH + failing.size();
        List<AutoRechargeEvent> undelivered = store.undelivered(now.minus(GRACE), limit);
        if (undelivered.size() < limit) {
            forgetOthers(undelivered, now);
        }
        List<AutoRechargeEvent> overdue =
                undelivered.stream().filter(event -> isDue(event, now)).toList();
        if (!overdue.isEmpty()) {
            deliver(overdue);
        }
    }

    /** An event that failed here and is no longer read was delivered by another node. */
    private void forgetOthers(List<AutoRechargeEvent> undelivered, Instant now) {
        Set<String> ids = undelivered.stream().map(AutoRechargeEvent::id).collect(Collectors.toSet());
        failing.entrySet()
                .removeIf(one -> one.getValue().nextAt().plus(GRACE).isBefore(now) && !ids.contains(one.getKey()));
    }

    private boolean isDue(AutoRechargeEvent event, Instant now) {
        Failing known = failing.get(event.id());
        return known == null || !known.nextAt().isAfter(now);
    }

    private boolean notifyListeners(AutoRechargeEvent event) {
        Failing before = failing.get(event.id());
        Set<Integer> failedListeners = new HashSet<>();
        for (int i = 0; i < listeners.size(); i++) {
            if ((before == null || before.failedListeners().contains(i)) && !isNotified(listeners.get(i), event)) {
                failedListeners.add(i);
            }
        }
        if (failedListeners.isEmpty()) {
            failing.remove(event.id());
            return true;
        }
        int tries = before == null ? 0 : before.tries() + 1;
        Duration wait = GRACE.multipliedBy(1L << Math.min(tries, LONGEST_WAIT));
        failing.put(event.id(), new Failing(tries, clock.instant().plus(wait), failedListeners));
        return false;
    }

    /**
     * A listener may throw undeclared exceptions and errors: they must not cause an event to be delivered again without a delay.
     */
    private static boolean isNotified(AutoRechargeListener listener, AutoRechargeEvent event) {
        try {
            listener.onEvent(event);
            return true;
        } catch (Throwable e) {
            log.warn("A listener failed on event {}; it will be notified again", event.id(), e);
            return false;
        }
    }

    /** An event, and the indexes of the listeners that have not been notified of it. */
    private record Failing(int tries, Instant nextAt, Set<Integer> failedListeners) {}
}
