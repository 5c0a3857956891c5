package io.autorecharge.internal.pacing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Spaces calls to the provider evenly, below its documented limit of 25 per second per endpoint (docs.stripe.com/rate-limits).
 */
public final class RateLimiter {
    private final long spacing;
    private final LongSupplier nanos;
    private final AtomicLong next;

    public RateLimiter(int perSecond, LongSupplier nanos) {
        this.spacing = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.nanos = nanos;
        this.next = new AtomicLong(nanos.getAsLong());
    }

    /** Waits for this thread's turn. Returns early, with the turn used up, when the thread is interrupted. */
    public void acquire() {
        long turn = reserve();
        long wait = turn - nanos.getAsLong();
        while (wait > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, wait);
            wait = turn - nanos.getAsLong();
        }
    }

    long reserve() {
        return next.updateAndGet(last -> Math.max(last + spacing, nanos.getAsLong()));
    }
}
