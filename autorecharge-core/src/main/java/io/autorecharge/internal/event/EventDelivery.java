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

/** Tells the host's listeners what was committed: at once, and again later where that failed or the process died before. */
public final class EventDelivery {
    private static final Logger log = LoggerFactory.getLogger(EventDelivery.class);
    private static final Duration GRACE = Duration.ofMinutes(1);
    private static final int BATCH = 100;

    /** As a power of two, of minutes: about an hour. */
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

    /** Never throws: what happened has happened, whoever fails to hear of it. */
    public void deliver(List<AutoRechargeEvent> events) {
        List<String> heard =
                events.stream().filter(this::tell).map(AutoRechargeEvent::id).collect(Collectors.toList());
        if (heard.isEmpty()) {
            return;
        }
        try {
            store.delivered(heard, clock.instant());
        } catch (RuntimeException e) {
            log.warn("Events were told but could not be marked so, and will be told again: {}", heard, e);
        }
    }

    /** Tells what nobody confirmed for a while; those that keep failing wait longer each time and stand in nobody's way. */
    public void deliverOverdue() {
        Instant now = clock.instant();
        int limit = BATCH + failing.size();
        List<AutoRechargeEvent> unheard = store.undelivered(now.minus(GRACE), limit);
        if (unheard.size() < limit) {
            forgetOthers(unheard, now);
        }
        List<AutoRechargeEvent> overdue =
                unheard.stream().filter(event -> isDue(event, now)).toList();
        if (!overdue.isEmpty()) {
            deliver(overdue);
        }
    }

    /** What failed here, and is not read although it has been due for a while, was told by another node. */
    private void forgetOthers(List<AutoRechargeEvent> unheard, Instant now) {
        Set<String> ids = unheard.stream().map(AutoRechargeEvent::id).collect(Collectors.toSet());
        failing.entrySet()
                .removeIf(one -> one.getValue().nextAt().plus(GRACE).isBefore(now) && !ids.contains(one.getKey()));
    }

    private boolean isDue(AutoRechargeEvent event, Instant now) {
        Failing known = failing.get(event.id());
        return known == null || !known.nextAt().isAfter(now);
    }

    private boolean tell(AutoRechargeEvent event) {
        Failing before = failing.get(event.id());
        Set<Integer> deaf = new HashSet<>();
        for (int i = 0; i < listeners.size(); i++) {
            if ((before == null || before.deaf().contains(i)) && !heard(listeners.get(i), event)) {
                deaf.add(i);
            }
        }
        if (deaf.isEmpty()) {
            failing.remove(event.id());
            return true;
        }
        int tries = before == null ? 0 : before.tries() + 1;
        Duration wait = GRACE.multipliedBy(1L << Math.min(tries, LONGEST_WAIT));
        failing.put(event.id(), new Failing(tries, clock.instant().plus(wait), deaf));
        return false;
    }

    /** A listener may throw what it does not declare, and what is no exception: no event may be told again and again for that. */
    private static boolean heard(AutoRechargeListener listener, AutoRechargeEvent event) {
        try {
            listener.onEvent(event);
            return true;
        } catch (Throwable e) {
            log.warn("A listener failed on event {} and will be told again", event.id(), e);
            return false;
        }
    }

    /** An event that some listeners have not heard yet, by their number. */
    private record Failing(int tries, Instant nextAt, Set<Integer> deaf) {}
}
