package io.autorecharge.simulation;

import org.jspecify.annotations.Nullable;

/** Decides which call fails, and how. */
@FunctionalInterface
public interface FaultPlan {
    /** No call fails. */
    FaultPlan NONE = (call, name) -> null;

    /** @return the fault of the next call; null for none */
    @Nullable
    Fault at(Call call, String name);
}
