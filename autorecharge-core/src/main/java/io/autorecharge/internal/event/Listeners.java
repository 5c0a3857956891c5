package io.autorecharge.internal.event;

import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.AutoRechargeListener;
import io.autorecharge.internal.thread.FailureLog;
import io.autorecharge.internal.thread.LibraryThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The host's listeners, each with threads of its own: one that hangs stops no other. Thread-safe. */
public final class Listeners implements AutoCloseable {
    /** What the database may take to mark events as delivered. */
    private static final Duration MARKING = Duration.ofSeconds(2);

    private final List<ListenerCalls> calls = new ArrayList<>();
    private final List<ExecutorService> pools = new ArrayList<>();
    private final @Nullable ScheduledExecutorService timer;
    private final Set<Integer> all;
    private final Duration limit;
    private final Object idle = new Object();
    private int running;

    /**
     * @param executor runs the listeners without a time limit; null for threads of their own
     * @param limit how long to wait for a listener
     */
    public Listeners(
            List<AutoRechargeListener> listeners, @Nullable Executor executor, Duration limit, FailureLog failures) {
        this.limit = limit;
        timer = executor == null && !listeners.isEmpty() ? LibraryThreads.timer(1) : null;
        for (AutoRechargeListener listener : listeners) {
            calls.add(new ListenerCalls(listener, executor == null ? pool() : executor, timer, limit, failures));
        }
        all = IntStream.range(0, listeners.size()).boxed().collect(Collectors.toUnmodifiableSet());
    }

    private ExecutorService pool() {
        ExecutorService pool = LibraryThreads.withoutQueue(ListenerCalls.THREADS);
        pools.add(pool);
        return pool;
    }

    /** The indexes of all listeners. */
    Set<Integer> all() {
        return all;
    }

    /**
     * Notifies some listeners of an event.
     *
     * @param ended receives those that failed or did not return in time, when the last one has
     * @param late receives one that returned after its time
     */
    void notify(AutoRechargeEvent event, Set<Integer> wanted, Consumer<Set<Integer>> ended, IntConsumer late) {
        if (wanted.isEmpty()) {
            ended.accept(Set.of());
            return;
        }
        began();
        Set<Integer> waiting = new HashSet<>(wanted);
        Set<Integer> failed = new HashSet<>();
        for (int listener : wanted) {
            calls.get(listener).call(event, good -> {
                boolean last;
                synchronized (waiting) {
                    if (!waiting.remove(listener)) {
                        // Its failure is not reported yet, or already.
                        failed.remove(listener);
                        late.accept(listener);
                        return;
                    }
                    if (!good) {
                        failed.add(listener);
                    }
                    last = waiting.isEmpty();
                }
                if (last) {
                    try {
                        ended.accept(failed);
                    } finally {
                        done();
                    }
                }
            });
        }
    }

    private void began() {
        synchronized (idle) {
            running++;
        }
    }

    private void done() {
        synchronized (idle) {
            running--;
            idle.notifyAll();
        }
    }

    /** @param atMost null for the time limit of a listener */
    void awaitIdle(@Nullable Duration atMost) {
        long deadline = System.nanoTime() + (atMost == null ? limit.plus(MARKING) : atMost).toNanos();
        synchronized (idle) {
            try {
                for (long left = deadline - System.nanoTime();
                        running > 0 && left > 0;
                        left = deadline - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(idle, left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
        pools.forEach(ExecutorService::shutdownNow);
    }
}
