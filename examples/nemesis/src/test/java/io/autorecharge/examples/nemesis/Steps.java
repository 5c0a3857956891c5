package io.autorecharge.examples.nemesis;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends this process without a word, as a power cut would, when an armed step is reached; and follows each thread through the protocol, so
 * that a commit can be told to be a claim's or a settlement's. Thread-safe.
 */
final class Steps {
    /** What a process that was killed by a signal is said to have ended with. */
    static final int EXIT_CODE = 137;

    private final Step armed;
    private final AtomicInteger left;
    private final History history;
    private final ThreadLocal<Boolean> settling = ThreadLocal.withInitial(() -> false);

    /** @param armed null for none */
    Steps(Step armed, int times, History history) {
        this.armed = armed;
        this.left = new AtomicInteger(times);
        this.history = history;
    }

    boolean isArmed(Step step) {
        return step == armed;
    }

    void reached(Step step) {
        if (step == armed && left.decrementAndGet() == 0) {
            history.write("halted", step.name());
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    /** This thread has the provider's word, and what it writes about the attempt next is the settlement. */
    void settling(boolean value) {
        settling.set(value);
    }

    boolean isSettling() {
        return settling.get();
    }
}
