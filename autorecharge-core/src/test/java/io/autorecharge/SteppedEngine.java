package io.autorecharge;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The library without threads of its own, so that the caller decides what happens and in which order: due accounts are checked
 * immediately on the calling thread, and requested checks are handed over. For simulations; one thread at a time.
 */
public final class SteppedEngine {
    private SteppedEngine() {}

    /**
     * @param monotonic nanoseconds of the time that passes for all nodes alike
     * @param later receives the checks that a change requests, to be run when the caller likes
     * @param beforeProvider runs where a thread would wait for its turn to call the provider, after everything that led there
     */
    public static AutoRecharge build(
            AutoRechargeBuilder builder, LongSupplier monotonic, Executor later, Runnable beforeProvider) {
        AtomicLong nanos = new AtomicLong();
        AtomicBoolean built = new AtomicBoolean();
        AutoRecharge library = builder.pool(size -> new Inline(later))
                .rateLimiterClock(() -> {
                    if (built.get()) {
                        beforeProvider.run();
                    }
                    // The next turn is always there: calls to the provider never wait.
                    return nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
                })
                .monotonicClock(monotonic)
                .gatewayExecutor(Runnable::run)
                .afterCommit(Runnable::run)
                .build();
        built.set(true);
        return library;
    }

    /** One turn of the scheduler: the sweep if it is time, all due accounts, unconfirmed events. */
    public static void tick(AutoRecharge library) {
        library.tick();
    }

    private static final class Inline extends AbstractExecutorService {
        private final Executor later;
        private boolean closed;

        Inline(Executor later) {
            this.later = later;
        }

        @Override
        public Future<?> submit(Runnable task) {
            FutureTask<Object> now = new FutureTask<>(task, null);
            now.run();
            return now;
        }

        @Override
        public void execute(Runnable task) {
            later.execute(task);
        }

        @Override
        public void shutdown() {
            closed = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            closed = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return closed;
        }

        @Override
        public boolean isTerminated() {
            return closed;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
