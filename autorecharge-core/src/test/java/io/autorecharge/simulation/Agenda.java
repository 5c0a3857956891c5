package io.autorecharge.simulation;

import io.autorecharge.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** The schedule of a world. Time stands still while a task runs, then jumps to the next task. */
final class Agenda {
    private static final int DEEPEST = 3;

    private final SettableClock time;
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparing(Entry::number));
    private long numbers;
    private long done;
    private int depth;

    private record Entry(Instant at, long number, Runnable task) {}

    Agenda(SettableClock time) {
        this.time = time;
    }

    void in(Duration delay, Runnable task) {
        entries.add(new Entry(time.instant().plus(delay), numbers++, task));
    }

    /** Runs all tasks within this time; called by a running task, it runs them in the middle of that task. */
    void run(Duration length) {
        if (depth == DEEPEST) {
            return;
        }
        depth++;
        try {
            Instant end = time.instant().plus(length);
            while (!entries.isEmpty() && !entries.peek().at().isAfter(end)) {
                Entry next = entries.poll();
                if (next.at().isAfter(time.instant())) {
                    time.advance(Duration.between(time.instant(), next.at()));
                }
                done++;
                next.task().run();
            }
            if (end.isAfter(time.instant())) {
                time.advance(Duration.between(time.instant(), end));
            }
        } finally {
            depth--;
        }
    }

    /** How many tasks have run. */
    long done() {
        return done;
    }
}
