package io.autorecharge.examples.nemesis;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Where a node's listener waits while it is told not to return, as a mail server that does not answer would make it wait. Thread-safe. */
final class HangingListener {
    private volatile long until = System.nanoTime();

    void hang(Duration time) {
        until = System.nanoTime() + time.toNanos();
    }

    /** Returns when the time is over; early only when the thread is interrupted, which a mail library may not notice at all. */
    void pass() {
        for (long left = until - System.nanoTime();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = until - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
        }
    }
}
