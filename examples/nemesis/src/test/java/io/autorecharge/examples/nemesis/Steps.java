package io.autorecharge.examples.nemesis;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Halts this process, as a power cut would, when the armed step is reached. Follows each thread through the protocol, so that the commit of
 * a claim can be distinguished from that of a settlement. Thread-safe.
 */
final class Steps {
    /** The exit code of a process that was killed by SIGKILL. */
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

    /** This thread has the provider's answer; its next write to the attempt is the settlement. */
    void settling(boolean value) {
        settling.set(value);
    }

    boolean isSettling() {
        return settling.get();
    }
}
