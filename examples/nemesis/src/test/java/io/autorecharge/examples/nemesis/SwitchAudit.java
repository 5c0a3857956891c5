package io.autorecharge.examples.nemesis;

import io.autorecharge.credit.AccountId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * No account is charged after its user disabled auto-recharge for good. The switch-off is dated after its transaction, by the system clock
 * that dates claims in the database too; the clocks of nodes do not count.
 */
final class SwitchAudit {
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
            if (off != null && charge.insertedAt().isAfter(off)) {
                violations.accept("disabled at " + off + ", but charged: " + charge);
            }
        }
    }
}
