package io.autorecharge.internal.schedule;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the process alive while the scheduler runs: all other threads of the library are daemons, and a worker application without a web
 * server would end as soon as its main method returns. Thread-safe.
 */
final class KeepAlive implements AutoCloseable {
    private @Nullable CountDownLatch end;

    synchronized void start() {
        if (end != null) {
            return;
        }
        CountDownLatch awaited = new CountDownLatch(1);
        Thread thread = new Thread(() -> await(awaited), "autorecharge-keep-alive");
        thread.setDaemon(false);
        thread.start();
        end = awaited;
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        if (end != null) {
            end.countDown();
            end = null;
        }
    }
}
