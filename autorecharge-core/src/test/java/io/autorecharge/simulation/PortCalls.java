package io.autorecharge.simulation;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one node to its ports, with the faults of the plan. A crashed node makes no further call, however its code handles the
 * error, so that it has no further effect.
 */
public final class PortCalls {
    private final FaultPlan plan;
    private final Consumer<Fault> meanwhile;
    private boolean dead;

    PortCalls(FaultPlan plan, Consumer<Fault> meanwhile) {
        this.plan = plan;
        this.meanwhile = meanwhile;
    }

    /** A call without special results for some faults. */
    public <T> T run(Call call, String name, Supplier<T> real) {
        Fault fault = before(call, name);
        T result = real.get();
        after(call, name, fault);
        return result;
    }

    /**
     * Applies faults that precede the call.
     *
     * @return the planned fault, for {@link #after} and for callers with faults of their own
     */
    public @Nullable Fault before(Call call, String name) {
        Fault fault = next(call, name);
        if (fault == Fault.FAILS_BEFORE || fault == Fault.BUSY) {
            throw call.failure(name, fault == Fault.BUSY);
        }
        return fault;
    }

    /** As {@link #before}, but leaves the failure to the caller. */
    public @Nullable Fault next(Call call, String name) {
        checkAlive(name);
        Fault fault = plan.at(call, name);
        if (fault == null) {
            return null;
        }
        if (fault.isInterlude()) {
            meanwhile.accept(fault);
            checkAlive(name);
        } else if (fault == Fault.DIES_BEFORE) {
            throw die(name);
        }
        return fault;
    }

    /** Applies faults that follow the call. */
    public void after(Call call, String name, @Nullable Fault fault) {
        checkAlive(name);
        if (fault == Fault.DIES_AFTER) {
            throw die(name);
        }
        if (fault == Fault.FAILS_AFTER) {
            throw call.failure(name, false);
        }
    }

    /** Ends the process: from here on every call throws. */
    public NodeDied die(String where) {
        dead = true;
        return new NodeDied(where);
    }

    boolean isDead() {
        return dead;
    }

    /** @throws NodeDied when the process has ended */
    public void checkAlive(String name) {
        if (dead) {
            throw new NodeDied(name);
        }
    }
}
