package io.autorecharge.internal.event;

import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.AutoRechargeListener;
import io.autorecharge.internal.thread.FailureLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls one listener: on its own threads, in order per account, and waits for it only as long as the limit. A call that does not return keeps
 * its thread, and is not repeated until it has returned; the number of such threads is bounded. Thread-safe.
 */
final class ListenerCalls {
    /** Accounts are spread over this many queues; each calls the listener for one event at a time. */
    static final int LANES = 4;

    /** How many calls may run at the same time: one per lane, and as many that do not return. */
    static final int THREADS = 2 * LANES;

    /** More are left in the outbox. */
    private static final int MOST_WAITING = 1_000;

    private final AutoRechargeListener listener;
    private final Executor threads;
    private final @Nullable ScheduledExecutorService timer;
    private final Duration limit;
    private final FailureLog failures;
    private final Lane[] lanes = new Lane[LANES];
    private final Set<String> unreturned = ConcurrentHashMap.newKeySet();

    /** @param timer null when calls have no time limit, because they run on the thread that asks for them */
    ListenerCalls(
            AutoRechargeListener listener,
            Executor threads,
            @Nullable ScheduledExecutorService timer,
            Duration limit,
            FailureLog failures) {
        this.listener = listener;
        this.threads = threads;
        this.timer = timer;
        this.limit = limit;
        this.failures = failures;
        for (int i = 0; i < LANES; i++) {
            lanes[i] = new Lane();
        }
    }

    /**
     * Calls the listener as soon as its lane is free.
     *
     * @param done receives the result: whether the listener has returned normally. Once, within the limit from the begin of the call, and once
     *     more if the listener returns normally after that
     */
    void call(AutoRechargeEvent event, Consumer<Boolean> done) {
        lanes[Math.floorMod(event.account().hashCode(), LANES)].add(new Call(event, done));
    }

    private boolean isClosed() {
        return threads instanceof ExecutorService pool && pool.isShutdown();
    }

    private final class Lane {
        private final Deque<Call> waiting = new ArrayDeque<>();
        private boolean busy;

        void add(Call call) {
            boolean full;
            boolean first;
            synchronized (this) {
                full = waiting.size() >= MOST_WAITING;
                if (!full) {
                    waiting.add(call);
                }
                first = !busy && !full;
                busy |= first;
            }
            if (full) {
                call.done.accept(false);
            } else if (first) {
                next();
            }
        }

        /** Starts the call that has waited longest. */
        void next() {
            Call call;
            synchronized (this) {
                call = waiting.poll();
                busy = call != null;
            }
            if (call != null) {
                start(call);
            }
        }

        private void start(Call call) {
            if (!unreturned.add(call.event.id())) {
                call.end(false);
                next();
                return;
            }
            try {
                threads.execute(() -> call.run(this));
            } catch (RejectedExecutionException e) {
                unreturned.remove(call.event.id());
                if (!isClosed()) {
                    failures.failed(
                            "No thread is free for a listener, because " + THREADS
                                    + " of its calls have not returned; event " + call.event.id()
                                    + " is delivered later",
                            e);
                }
                call.end(false);
                next();
            }
        }
    }

    private final class Call {
        private final AutoRechargeEvent event;
        private final Consumer<Boolean> done;
        private boolean ended;

        Call(AutoRechargeEvent event, Consumer<Boolean> done) {
            this.event = event;
            this.done = done;
        }

        /** @return false if it had ended before */
        private boolean end(boolean good) {
            synchronized (this) {
                if (ended) {
                    return false;
                }
                ended = true;
            }
            done.accept(good);
            return true;
        }

        void run(Lane lane) {
            Thread thread = Thread.currentThread();
            ScheduledFuture<?> watch = timer == null
                    ? null
                    : timer.schedule(() -> overdue(thread, lane), limit.toMillis(), TimeUnit.MILLISECONDS);
            boolean good = isNotified();
            unreturned.remove(event.id());
            if (watch != null) {
                watch.cancel(false);
            }
            if (end(good)) {
                lane.next();
            } else {
                // An interrupt was meant for the listener.
                Thread.interrupted();
                if (good) {
                    done.accept(true);
                }
            }
        }

        private void overdue(Thread thread, Lane lane) {
            if (end(false)) {
                failures.failed(
                        "A listener did not return within " + limit + " for event " + event.id()
                                + "; it will be notified again",
                        new IllegalStateException("the listener hangs in thread " + thread.getName()));
                thread.interrupt();
                lane.next();
            }
        }

        /** A listener may throw undeclared exceptions and errors: they must not cause an event to be delivered again without a delay. */
        private boolean isNotified() {
            try {
                listener.onEvent(event);
                return true;
            } catch (Throwable e) {
                failures.failed("A listener failed on event " + event.id() + "; it will be notified again", e);
                return false;
            }
        }
    }
}
