package io.autorecharge.testkit;

import io.autorecharge.store.Pause;
import io.autorecharge.store.PauseReport;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** The stop for everything in memory. A transaction that has read it keeps the read lock until it ends. */
final class InMemoryPause {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
    private volatile @Nullable Pause pause;

    Optional<Pause> now() {
        return Optional.ofNullable(pause);
    }

    /** Reads it inside a claim; {@link #release} must follow on the same thread. */
    Optional<Pause> inClaim() {
        if (lock.getReadHoldCount() == 0) {
            lock.readLock().lock();
        }
        return now();
    }

    void release() {
        if (lock.getReadHoldCount() > 0) {
            lock.readLock().unlock();
        }
    }

    PauseReport begin(Pause stop, IntSupplier underWay) {
        lock.writeLock().lock();
        try {
            pause = stop;
        } finally {
            lock.writeLock().unlock();
        }
        return new PauseReport(stop, underWay.getAsInt(), true);
    }

    boolean end() {
        boolean stopped = pause != null;
        pause = null;
        return stopped;
    }
}
