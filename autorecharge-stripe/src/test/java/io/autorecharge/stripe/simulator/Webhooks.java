package io.autorecharge.stripe.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The webhook endpoints, and how events are delivered: immediately, twice, late, out of order or never. Thread-safe.
 *
 * <p>Out of order: {@link WebhookMode#HOLD}, then {@link #releaseNewestFirst()}.
 */
public final class Webhooks {

    private final EventLog events;
    private final WebhookSender sender;
    private final List<WebhookEndpoint> endpoints = new CopyOnWriteArrayList<>();
    private final Queue<Event> held = new ConcurrentLinkedQueue<>();
    private final Set<String> losing = ConcurrentHashMap.newKeySet();
    private volatile WebhookMode mode = WebhookMode.DELIVER;

    Webhooks(EventLog events, WebhookSender sender) {
        this.events = events;
        this.sender = sender;
    }

    /** Sends events only to these endpoints from now on. */
    public void endpoints(WebhookEndpoint... replacements) {
        endpoints.clear();
        endpoints.addAll(List.of(replacements));
    }

    /** Sets how events are delivered from now on. Held events stay held until they are released. */
    public void mode(WebhookMode newMode) {
        mode = newMode;
    }

    /** Loses the events of these types in every mode. Without a type, loses no events. */
    public void lose(String... types) {
        losing.clear();
        losing.addAll(Set.of(types));
    }

    /** Sends held events, oldest first, without changing the mode. */
    public void release() {
        takeHeld().forEach(this::send);
    }

    /** Sends held events, newest first. */
    public void releaseNewestFirst() {
        List<Event> all = takeHeld();
        Collections.reverse(all);
        all.forEach(this::send);
    }

    /** Sends an event again, or a lost one for the first time, as "Resend" in Stripe's dashboard does. */
    public void resend(String eventId) {
        send(events.find(eventId)
                .orElseThrow(
                        () -> new IllegalArgumentException("eventId must be that of an existing event: " + eventId)));
    }

    /** The ids of all events of a type, oldest first, sent or not. */
    public List<String> eventIds(String type) {
        return events.oldestFirst()
                .filter(event -> event.type().equals(type))
                .map(Event::id)
                .toList();
    }

    /** All delivery attempts, in order. */
    public List<Delivery> deliveries() {
        return sender.deliveries();
    }

    /**
     * Waits until no delivery or retry is in progress.
     *
     * @return false on timeout
     */
    public boolean awaitIdle(Duration atMost) throws InterruptedException {
        return sender.awaitIdle(atMost);
    }

    void happened(Event event) {
        WebhookMode how = losing.contains(event.type()) ? WebhookMode.LOSE : mode;
        if (how == WebhookMode.HOLD) {
            held.add(event);
        } else if (how != WebhookMode.LOSE) {
            send(event);
            if (how == WebhookMode.TWICE) {
                send(event);
            }
        }
    }

    private void send(Event event) {
        for (WebhookEndpoint endpoint : endpoints) {
            if (endpoint.wants(event.type())) {
                sender.send(event, endpoint);
            }
        }
    }

    private List<Event> takeHeld() {
        List<Event> all = new ArrayList<>();
        for (Event event = held.poll(); event != null; event = held.poll()) {
            all.add(event);
        }
        return all;
    }
}
