package io.autorecharge.examples.nemesis;

import io.autorecharge.credit.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** No account is charged after its user disabled auto-recharge for good. */
final class SwitchAudit {
    /** The clocks of nodes, which date recharges, differ from the clock that dates the switch-off. */
    private static final Duration SKEW = Duration.ofMillis(Slot.MOST_SKEW_MILLIS);

    private final Map<String, Instant> offSince = new HashMap<>();
    private final Consumer<String> violations;

    SwitchAudit(List<List<String[]>> histories, Consumer<String> violations) {
        this.violations = violations;
        histories.forEach(
                lines -> lines.stream().filter(line -> line[0].equals("off")).forEach(line -> off(line[1], line[2])));
    }

    private void off(String account, String millis) {
        if (Crowd.leavesForGood(AccountId.of(account))) {
            offSince.merge(account, Instant.ofEpochMilli(Long.parseLong(millis)), (a, b) -> a.isBefore(b) ? a : b);
        }
    }

    void check(List<Charge> charges) {
        for (Charge charge : charges) {
            Instant off = offSince.get(charge.account());
            if (off != null && charge.openedAt().isAfter(off.plus(SKEW))) {
                violations.accept("disabled at " + off + ", but charged: " + charge);
            }
        }
    }
}
