package io.autorecharge.examples.nemesis;

import io.autorecharge.policy.Limits;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Counts the recharges of each account again, without the library's policy. */
final class LimitAudit {
    private final Limits limits;
    private final Consumer<String> violations;

    LimitAudit(Limits limits, Consumer<String> violations) {
        this.limits = limits;
        this.violations = violations;
    }

    /** @param charges ordered by account and time; those of one recharge count once */
    void check(List<Charge> charges) {
        Map<String, Charge> decisive = new LinkedHashMap<>();
        charges.forEach(it -> decisive.merge(it.recharge(), it, (before, next) -> before.isPaid() ? before : next));
        decisive.values().stream()
                .collect(Collectors.groupingBy(Charge::account))
                .values()
                .forEach(this::account);
    }

    private void account(List<Charge> charges) {
        for (int i = 1; i < charges.size(); i++) {
            if (charges.get(i).openedAt().isBefore(charges.get(i - 1).openedAt().plus(limits.cooldown()))) {
                violations.accept("no cooldown between " + charges.get(i - 1) + " and " + charges.get(i));
            }
        }
        List<Charge> paid = charges.stream().filter(Charge::isPaid).toList();
        for (int i = limits.purchases(); i < paid.size(); i++) {
            Charge earliest = paid.get(i - limits.purchases());
            if (paid.get(i).openedAt().isBefore(earliest.openedAt().plus(limits.window()))) {
                violations.accept(
                        "more than " + limits.purchases() + " in a window, from " + earliest + " to " + paid.get(i));
            }
        }
        BigDecimal low = BigDecimal.valueOf(Terms.HIGHEST_THRESHOLD);
        charges.stream()
                .filter(it -> it.balance().compareTo(low) >= 0)
                .forEach(it -> violations.accept("charged although no threshold is this high: " + it));
    }
}
