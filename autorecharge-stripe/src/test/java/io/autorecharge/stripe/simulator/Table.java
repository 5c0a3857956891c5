package io.autorecharge.stripe.simulator;

import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Objects by id, and their ids newest first, also by owner. A change to one object is atomic. */
final class Table<T> {

    private final ConcurrentHashMap<String, T> rows = new ConcurrentHashMap<>();
    private final Deque<String> newestFirst = new ConcurrentLinkedDeque<>();
    private final ConcurrentHashMap<String, Deque<String>> byOwner = new ConcurrentHashMap<>();

    void add(String id, T row, @Nullable String owner) {
        rows.put(id, row);
        newestFirst.addFirst(id);
        if (owner != null) {
            own(id, owner);
        }
    }

    void own(String id, String owner) {
        byOwner.computeIfAbsent(owner, any -> new ConcurrentLinkedDeque<>()).addFirst(id);
    }

    Optional<T> find(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    /** The existing row with this id. */
    T get(String id) {
        return find(id).orElseThrow(() -> new IllegalStateException("no row " + id));
    }

    /** Replaces the row. Changes of one row run one after the other. */
    T update(String id, UnaryOperator<T> change) {
        T changed = rows.computeIfPresent(id, (any, row) -> change.apply(row));
        if (changed == null) {
            throw new IllegalStateException("no row " + id);
        }
        return changed;
    }

    Stream<T> newestFirst() {
        return newestFirst.stream().map(this::get);
    }

    Stream<T> newestFirst(String owner) {
        Deque<String> ids = byOwner.get(owner);
        return ids == null ? Stream.empty() : ids.stream().map(this::get);
    }
}
