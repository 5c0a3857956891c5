package io.autorecharge.stripe.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Collects the events of one change and publishes them when the change is complete, so that a receiver that fetches the object sees the
 * change. For one thread.
 */
final class EventBuffer {
    private record Unpublished(String type, Supplier<JsonObject> object) {}

    private final Trace trace;
    private final List<Unpublished> pending = new ArrayList<>(4);

    EventBuffer(Trace trace) {
        this.trace = trace;
    }

    Trace trace() {
        return trace;
    }

    void add(String type, Supplier<JsonObject> object) {
        pending.add(new Unpublished(type, object));
    }

    void publish(EventLog events) {
        pending.forEach(event -> events.record(event.type, trace, event.object));
    }
}
