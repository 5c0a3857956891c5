package io.autorecharge.internal.event;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The events of one commit on their way to the listeners: those that were delivered are marked together. Thread-safe. */
final class DeliveryRound {
    private final Consumer<List<String>> mark;
    private final List<String> delivered = new ArrayList<>();
    private int open;

    DeliveryRound(int events, Consumer<List<String>> mark) {
        this.open = events;
        this.mark = mark;
    }

    void delivered(String event) {
        synchronized (this) {
            delivered.add(event);
        }
        failed();
    }

    void failed() {
        List<String> all;
        synchronized (this) {
            open--;
            if (open > 0 || delivered.isEmpty()) {
                return;
            }
            all = List.copyOf(delivered);
        }
        mark.accept(all);
    }
}
