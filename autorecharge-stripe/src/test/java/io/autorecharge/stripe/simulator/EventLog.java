package io.autorecharge.stripe.simulator;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Records events for the events list and for listeners. Stripe lists the last 30 days. */
final class EventLog {

    static final Duration LISTED = Duration.ofDays(30);

    private final SimulatorClock clock;
    private final ConcurrentHashMap<String, Event> byId = new ConcurrentHashMap<>();
    private final ConcurrentLinkedDeque<Event> newestFirst = new ConcurrentLinkedDeque<>();
    private volatile Consumer<Event> listener = event -> {};

    EventLog(SimulatorClock clock) {
        this.clock = clock;
    }

    void listen(Consumer<Event> newListener) {
        listener = newListener;
    }

    void record(String type, Trace trace, Supplier<JsonObject> object) {
        publish(new Event(Ids.next("evt_"), type, clock.seconds(), trace, object, null));
    }

    /** With these {@code previous_attributes}. */
    void record(String type, Trace trace, Supplier<JsonObject> object, Supplier<JsonObject> previous) {
        publish(new Event(Ids.next("evt_"), type, clock.seconds(), trace, object, previous));
    }

    /** A change of an object; the event names the old values of what has changed. */
    void changed(String type, Trace trace, Supplier<JsonObject> before, Supplier<JsonObject> after) {
        record(type, trace, after, () -> Changes.between(before.get(), after.get()));
    }

    private void publish(Event event) {
        byId.put(event.id(), event);
        newestFirst.addFirst(event);
        listener.accept(event);
    }

    Optional<Event> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Stream<Event> listed() {
        long since = clock.instant().minus(LISTED).getEpochSecond();
        return newestFirst.stream().takeWhile(event -> event.created() >= since);
    }

    Stream<Event> oldestFirst() {
        Iterable<Event> oldestFirst = newestFirst::descendingIterator;
        return StreamSupport.stream(oldestFirst.spliterator(), false);
    }
}
