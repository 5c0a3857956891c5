package io.autorecharge.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Runs calls at the same moment and waits for all of them, up to a timeout. */
public final class Race implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Runs the call on the given number of threads at once; each call gets its number. */
    public <T> List<T> run(int runners, IntFunction<T> call) {
        List<Callable<T>> calls = new ArrayList<>();
        for (int i = 0; i < runners; i++) {
            int number = i;
            calls.add(() -> call.apply(number));
        }
        return run(calls);
    }

    /** Runs these calls at once; fails if one of them fails. */
    public <T> List<T> run(List<? extends Callable<? extends T>> calls) {
        CyclicBarrier start = new CyclicBarrier(calls.size());
        List<Future<T>> running = new ArrayList<>();
        for (Callable<? extends T> call : calls) {
            running.add(threads.submit(() -> {
                start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return call.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> one : running) {
            results.add(result(one));
        }
        return results;
    }

    /** Starts one call on a thread of its own. */
    public <T> Future<T> start(Callable<T> call) {
        return threads.submit(call);
    }

    /** Waits for the result of a call. */
    public static <T> T result(Future<T> running) {
        try {
            return running.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("a racing call failed: " + e, e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
