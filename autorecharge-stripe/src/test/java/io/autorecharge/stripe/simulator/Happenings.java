package io.autorecharge.stripe.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The events of one change, held back until the change is complete, so that a receiver that reads the object finds it changed. For
 * one thread.
 */
final class Happenings {

    private record Happening(String type, Supplier<JsonObject> object) {}

    private final Trace trace;
    private final List<Happening> kept = new ArrayList<>(4);

    Happenings(Trace trace) {
        this.trace = trace;
    }

    Trace trace() {
        return trace;
    }

    void add(String type, Supplier<JsonObject> object) {
        kept.add(new Happening(type, object));
    }

    void publish(EventLog events) {
        kept.forEach(happening -> events.record(happening.type, trace, happening.object));
    }
}
