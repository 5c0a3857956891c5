package io.autorecharge.examples.nemesis;

import io.autorecharge.gateway.AttemptId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Halts this process, as a power cut would, when the armed step is reached. Follows each attempt through the protocol, and each thread that
 * processes a webhook, so that the commit of a claim can be distinguished from that of a settlement. Thread-safe.
 */
final class Steps {
    /** The exit code of a process that was killed by SIGKILL. */
    static final int EXIT_CODE = 137;

    private final Step armed;
    private final AtomicInteger left;
    private final History history;
    private final ThreadLocal<Boolean> settling = ThreadLocal.withInitial(() -> false);
    private final Set<String> answered = ConcurrentHashMap.newKeySet();

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

    /** The provider has answered about this attempt; the next write to it is the settlement. */
    void answered(AttemptId attempt) {
        answered.add(attempt.value());
    }

    /** Whether this parameter of a statement is the id of an attempt that waits for its settlement. */
    boolean isAnswered(Object parameter) {
        return parameter instanceof String id && answered.contains(id);
    }

    /** The attempt was settled, or its next write is something else. */
    void forget(String attempt) {
        answered.remove(attempt);
    }

    /** This thread has the provider's report; its next write to the attempt is the settlement. */
    void settling(boolean value) {
        settling.set(value);
    }

    boolean isSettling() {
        return settling.get();
    }
}
