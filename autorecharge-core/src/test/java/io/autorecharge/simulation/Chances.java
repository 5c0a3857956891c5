package io.autorecharge.simulation;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Random faults, from a seed. */
final class Chances implements FaultPlan {
    private static final int OF = 10_000;

    private static final Set<Fault> HELD_UP =
            EnumSet.of(Fault.OTHER_NODE_LOOKS, Fault.A_DAY_PASSES, Fault.REFUSED_AFTER_TAKE_OVER);

    private final SplittableRandom random;
    private final int share;
    private final Map<Call, List<Fault>> choices = new EnumMap<>(Call.class);
    private boolean over;
    private long faults;

    /** @param share of ten thousand calls to the provider that fail; calls to the database fail a tenth as often */
    Chances(SplittableRandom random, int share) {
        this.random = random;
        this.share = share;
        for (Call call : Call.values()) {
            // The events of the world already include what others do meanwhile.
            choices.put(
                    call,
                    call.faults().stream()
                            .filter(it -> !it.isInterlude() || HELD_UP.contains(it))
                            .toList());
        }
    }

    @Override
    public @Nullable Fault at(Call call, String name) {
        if (over || random.nextInt(OF * weight(call)) >= share) {
            return null;
        }
        faults++;
        List<Fault> possible = choices.getOrDefault(call, List.of());
        return possible.get(random.nextInt(possible.size()));
    }

    private static int weight(Call call) {
        return switch (call) {
            case TURN, CHARGE, LOOK_UP, CHECKOUT, LISTENER -> 1;
            case BEGIN, COMMIT, STORE -> 10;
            default -> 100;
        };
    }

    void end() {
        over = true;
    }

    long faults() {
        return faults;
    }
}
