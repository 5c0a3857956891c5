package io.autorecharge.simulation;

import org.jspecify.annotations.Nullable;

/** Says what goes wrong at which call. */
@FunctionalInterface
public interface FaultPlan {
    /** Nothing goes wrong. */
    FaultPlan NONE = (call, name) -> null;

    /** @return what goes wrong at this call, the next one that is made; null for nothing */
    @Nullable
    Fault at(Call call, String name);
}
