package io.autorecharge.simulation;

import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.policy.Limits;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts the recharges of an account again, without the library's policy. */
final class LimitCheck {
    private final Limits limits;

    LimitCheck(Limits limits) {
        this.limits = limits;
    }

    /** @param others attempts whose payment was no decision of the library; limits do not apply to them */
    List<String> check(List<RechargeWithAttempt> all, Set<AttemptId> others) {
        List<String> found = new ArrayList<>();
        List<Recharge> inOrder = all.stream()
                .map(RechargeWithAttempt::recharge)
                .sorted(Comparator.comparing(Recharge::openedAt))
                .toList();
        if (all.stream()
                        .filter(it -> it.recharge().state() == RechargeState.OPEN)
                        .count()
                > 1) {
            found.add("more than one recharge is open: " + all);
        }
        for (int i = 1; i < inOrder.size(); i++) {
            Instant over = inOrder.get(i - 1).openedAt().plus(limits.cooldown());
            if (inOrder.get(i).openedAt().isBefore(over)) {
                found.add("within the cooldown: " + inOrder.get(i - 1) + " then " + inOrder.get(i));
            }
        }
        List<Recharge> counted = all.stream()
                .filter(it -> !others.contains(it.attempt().id()))
                .map(RechargeWithAttempt::recharge)
                .filter(it -> it.state() == RechargeState.OPEN || it.state() == RechargeState.PAID)
                .sorted(Comparator.comparing(Recharge::openedAt))
                .toList();
        for (int i = limits.purchases(); i < counted.size(); i++) {
            Instant from = counted.get(i - limits.purchases()).openedAt();
            if (counted.get(i).openedAt().isBefore(from.plus(limits.window()))) {
                found.add("more than " + limits.purchases() + " recharges in a window, from " + from + " to "
                        + counted.get(i));
            }
        }
        spend(counted, limits.monthlySpend(), found);
        return found;
    }

    private void spend(List<Recharge> counted, @Nullable Money most, List<String> found) {
        if (most == null) {
            return;
        }
        Map<YearMonth, Money> spent = counted.stream()
                .collect(Collectors.toMap(
                        it -> YearMonth.from(it.openedAt().atZone(limits.zone())), Recharge::price, Money::plus));
        spent.forEach((month, money) -> {
            if (most.isLessThan(money)) {
                found.add("spent " + money + " in " + month + " of at most " + most);
            }
        });
    }
}
