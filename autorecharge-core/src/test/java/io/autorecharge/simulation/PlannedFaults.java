package io.autorecharge.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Faults at calls with the given numbers. Records every call, so that the next plan can name it. */
final class PlannedFaults implements FaultPlan {
    private final Map<Integer, Fault> faults;
    private final Set<Call> counted;
    private final List<Seen> seen = new ArrayList<>();
    private boolean over;

    /** A call that was made. */
    record Seen(Call call, String name) {}

    /** @param counted kinds of calls that can fail in this enumeration */
    PlannedFaults(Map<Integer, Fault> faults, Set<Call> counted) {
        this.faults = faults;
        this.counted = counted;
    }

    @Override
    public @Nullable Fault at(Call call, String name) {
        if (over || !counted.contains(call)) {
            return null;
        }
        seen.add(new Seen(call, name));
        return faults.get(seen.size() - 1);
    }

    /** From here on no call fails. */
    void end() {
        over = true;
    }

    List<Seen> seen() {
        return seen;
    }
}
