package io.autorecharge.internal.thread;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the threads of the library: daemons, and virtual threads where the runtime has them. */
public final class LibraryThreads {
    private static final Logger log = LoggerFactory.getLogger(LibraryThreads.class);
    private static final long IDLE_SECONDS = 10;

    private LibraryThreads() {}

    /** A pool of fixed size with a queue. */
    public static ExecutorService pool(int threads) {
        return Executors.newFixedThreadPool(threads, factory());
    }

    /** A pool without a queue: while all of its threads are busy it rejects. Its threads end when they are idle. */
    public static ExecutorService withoutQueue(int threads) {
        return new ThreadPoolExecutor(0, threads, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory());
    }

    /** For turns that wait: one thread for each. */
    public static ScheduledExecutorService timer(int turns) {
        return Executors.newScheduledThreadPool(turns, factory());
    }

    private static ThreadFactory factory() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object named = type.getMethod("name", String.class, long.class).invoke(builder, "autorecharge-", 1L);
            return (ThreadFactory) type.getMethod("factory").invoke(named);
        } catch (NoSuchMethodException | ClassNotFoundException e) {
            return daemons();
        } catch (IllegalAccessException | InvocationTargetException e) {
            log.debug("Virtual threads exist but cannot be used", e);
            return daemons();
        }
    }

    private static ThreadFactory daemons() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "autorecharge-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
