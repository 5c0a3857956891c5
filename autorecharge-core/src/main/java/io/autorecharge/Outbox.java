package io.autorecharge;

import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.AutoRechargeListener;
import io.autorecharge.store.RechargeStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the host's listeners what was committed: at once, and again later where that failed or the process died before. */
final class Outbox {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    private static final Duration GRACE = Duration.ofMinutes(1);
    private static final int BATCH = 100;

    private final RechargeStore store;
    private final List<AutoRechargeListener> listeners;
    private final Clock clock;

    Outbox(RechargeStore store, List<AutoRechargeListener> listeners, Clock clock) {
        this.store = store;
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
    }

    /** Never throws: what happened has happened, whoever fails to hear of it. */
    void deliver(List<AutoRechargeEvent> events) {
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

    /** Tells what nobody confirmed for a while. */
    void deliverOverdue() {
        List<AutoRechargeEvent> overdue = store.undelivered(clock.instant().minus(GRACE), BATCH);
        if (!overdue.isEmpty()) {
            deliver(overdue);
        }
    }

    private boolean tell(AutoRechargeEvent event) {
        boolean heard = true;
        for (AutoRechargeListener listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException e) {
                heard = false;
                log.warn("A listener failed on event {} and will be told again", event.id(), e);
            }
        }
        return heard;
    }
}
