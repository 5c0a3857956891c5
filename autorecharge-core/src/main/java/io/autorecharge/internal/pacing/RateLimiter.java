package io.autorecharge.internal.pacing;

import io.autorecharge.gateway.GatewayException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Spaces calls to the provider evenly, below its documented limit of 25 per second per endpoint (docs.stripe.com/rate-limits). There are two
 * lines: while threads stand in both, turns go to them alternately, so neither can starve the other. A line that stands alone gets every
 * turn. Safe for use by many threads.
 */
public final class RateLimiter {
    /** Who waits for a turn. */
    public enum Line {
        /** Automatic recharges and everything in the background. */
        RECHARGES,
        /** Requests of people, who wait for an answer. */
        PEOPLE
    }

    private static final Duration FOREVER = Duration.ofDays(1);

    private final long spacing;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Object> recharges = new ArrayDeque<>();
    private final Deque<Object> people = new ArrayDeque<>();

    private long next;
    private Line last = Line.PEOPLE;

    public RateLimiter(int perSecond, LongSupplier nanos) {
        this.spacing = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.nanos = nanos;
        this.next = nanos.getAsLong();
    }

    /** Takes a turn if one is free now. Never waits. */
    public boolean tryTake(Line line) {
        return taken(line, nanos.getAsLong());
    }

    /**
     * Takes a turn for the background, and waits for it.
     *
     * @throws GatewayException when the thread is interrupted; no turn was taken then, and the provider must not be called
     */
    public void acquire() {
        if (!take(Line.RECHARGES)) {
            throw new GatewayException(false, "the thread was interrupted before its turn to call the provider", null);
        }
    }

    /** @return false, with no turn taken, when the thread is interrupted */
    public boolean take(Line line) {
        return take(line, FOREVER);
    }

    /** @return false, with no turn taken, when the line is too long for {@code patience}, or the thread is interrupted */
    public boolean take(Line line, Duration patience) {
        long begun = nanos.getAsLong();
        if (Thread.currentThread().isInterrupted()) {
            return false;
        }
        return taken(line, begun) || waited(line, begun, begun + patience.toNanos());
    }

    private boolean taken(Line line, long now) {
        lock.lock();
        try {
            if (!recharges.isEmpty() || !people.isEmpty() || next - now > 0) {
                return false;
            }
            use(line, now);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean waited(Line line, long begun, long until) {
        Object ticket = new Object();
        Deque<Object> own = line(line);
        lock.lock();
        try {
            if (begun + 2 * spacing * own.size() - until > 0) {
                return false;
            }
            own.addLast(ticket);
            for (long now = begun; now - until <= 0; now = nanos.getAsLong()) {
                boolean head = own.peekFirst() == ticket && isTurnOf(line);
                if (head && next - now <= 0) {
                    // A thread that wakes late costs no turn.
                    use(line, Math.max(next, now - spacing));
                    return true;
                }
                changed.awaitNanos(Math.min(head ? next - now : Long.MAX_VALUE, until - now + 1));
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            own.remove(ticket);
            changed.signalAll();
            lock.unlock();
        }
    }

    private boolean isTurnOf(Line line) {
        return line(line == Line.PEOPLE ? Line.RECHARGES : Line.PEOPLE).isEmpty() || line != last;
    }

    private Deque<Object> line(Line line) {
        return line == Line.PEOPLE ? people : recharges;
    }

    private void use(Line line, long at) {
        next = at + spacing;
        last = line;
    }

    /** Returns a turn that was taken and not used. */
    public void giveBack() {
        lock.lock();
        try {
            next -= spacing;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
