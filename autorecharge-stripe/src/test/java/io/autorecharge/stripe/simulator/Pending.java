package io.autorecharge.stripe.simulator;

import java.time.Duration;
import java.util.function.IntPredicate;

/** Counts what is in progress, so that a test can wait for a count instead of a time. */
final class Pending {

    private int count;

    synchronized void add() {
        count++;
        notifyAll();
    }

    synchronized void remove() {
        count--;
        notifyAll();
    }

    boolean awaitNone(Duration atMost) throws InterruptedException {
        return await(n -> n == 0, atMost);
    }

    boolean awaitAtLeast(int wanted, Duration atMost) throws InterruptedException {
        return await(n -> n >= wanted, atMost);
    }

    private synchronized boolean await(IntPredicate reached, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!reached.test(count)) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
