package io.autorecharge.simulation;

import io.autorecharge.policy.VelocityAlarm;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts recharges that are too frequent, without the library's policy. Each breach raises one alarm, at the recharge that begins it. */
final class AlarmWatch {
    private final @Nullable VelocityAlarm alarm;

    AlarmWatch(@Nullable VelocityAlarm alarm) {
        this.alarm = alarm;
    }

    /** Whether the newest of these starts must raise an alarm. */
    boolean mustAlarm(List<Instant> starts) {
        List<Instant> inOrder = starts.stream().sorted().toList();
        int newest = inOrder.size() - 1;
        return tooMany(inOrder, newest) && !tooMany(inOrder, newest - 1);
    }

    private boolean tooMany(List<Instant> inOrder, int which) {
        if (alarm == null || which < 0) {
            return false;
        }
        int counted = 0;
        for (int i = 0; i <= which; i++) {
            if (inOrder.get(i).plus(alarm.within()).isAfter(inOrder.get(which))) {
                counted++;
            }
        }
        return counted > alarm.recharges();
    }
}
