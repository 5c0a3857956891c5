package io.autorecharge.internal.thread;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls of the host's code on threads of their own and waits for each only for a limited time, whatever that code does. A call that does
 * not return keeps its thread; the number of those threads is bounded. Thread-safe.
 */
public final class BoundedCalls {
    private final Executor threads;
    private final Duration limit;
    private final FailureLog failures;

    /** @param threads rejects when too many calls have not returned */
    public BoundedCalls(Executor threads, Duration limit, FailureLog failures) {
        this.threads = threads;
        this.limit = limit;
        this.failures = failures;
    }

    /** Why a call has no result. */
    public enum Missing {
        /** It was not made: too many earlier ones have not returned, or the calling thread was interrupted before. */
        NOT_MADE,
        /** It has not returned within its time, or the calling thread was interrupted. */
        NO_ANSWER
    }

    /**
     * @param missing gives the result when there is none
     * @throws RuntimeException what the call throws
     */
    public <T> T call(String what, Supplier<T> call, Function<Missing, T> missing) {
        if (Thread.currentThread().isInterrupted()) {
            return missing.apply(Missing.NOT_MADE);
        }
        FutureTask<T> task = new FutureTask<>(call::get);
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            failures.failed(
                    "The payment gateway was not called for " + what + ": too many of its calls have not returned", e);
            return missing.apply(Missing.NOT_MADE);
        }
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            failures.failed("The payment gateway did not return within " + limit + " for " + what, e);
            task.cancel(true);
            return missing.apply(Missing.NO_ANSWER);
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            return missing.apply(Missing.NO_ANSWER);
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }
}
