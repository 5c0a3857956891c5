package io.autorecharge.internal.account;

import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.SpendingPeriod;
import io.autorecharge.policy.TotalLimits;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.RechargeWithAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The limits of money over all accounts. A claim reserves its price; what certainly took no money gives it back. Without limits there is no
 * statement.
 */
public final class TotalSpending {
    /** A limit that is raised or lifted is noticed after this time. */
    private static final Duration AGAIN = Duration.ofMinutes(15);

    private static final Set<AttemptState> UNPAID = EnumSet.of(AttemptState.DECLINED, AttemptState.NOT_CHARGED);

    private final TotalLimits limits;

    public TotalSpending(TotalLimits limits) {
        this.limits = limits;
    }

    /** Why a charge is held now; null when there is room for it. Reserves nothing, so a claim may still find no room. */
    Decision.@Nullable Hold hold(BiPredicate<SpendingPeriod, Money> hasRoom, Instant now, Money price) {
        for (SpendingPeriod period : periods(now, price)) {
            if (!hasRoom.test(period, price)) {
                return heldBy(now, period);
            }
        }
        return null;
    }

    /** Reserves the price of a claim in every period; null when that is done, and the hold when one of them has no room. */
    Decision.@Nullable Hold reserve(Step step, Money price) {
        List<SpendingPeriod> periods = periods(step.now(), price);
        for (int i = 0; i < periods.size(); i++) {
            SpendingPeriod period = periods.get(i);
            if (!step.tx().reserve(period, price)) {
                periods.subList(0, i).forEach(earlier -> step.tx().correct(earlier, -price.minorUnits()));
                // The period is the id: one event per period, whatever the number of accounts that it holds.
                step.publish(AutoRechargeEvent.of(
                                EventType.LIMIT_REACHED,
                                step.account().id(),
                                "all/" + period.kind() + "/" + period.start(),
                                step.now())
                        .because(HoldReason.ALL_ACCOUNTS_LIMIT.name())
                        .until(period.end()));
                return heldBy(step.now(), period);
            }
        }
        return null;
    }

    /** Counts a charge that the database had lost, in the periods that have not ended. A period without room for it is full anyway. */
    public void restored(Step step, RechargeWithAttempt lost) {
        Money price = lost.attempt().amount();
        periods(lost.recharge().openedAt(), price).stream()
                .filter(period -> period.end().isAfter(step.now()))
                .forEach(period -> step.tx().reserve(period, price));
    }

    private static Decision.Hold heldBy(Instant now, SpendingPeriod period) {
        Instant again = now.plus(AGAIN);
        return new Decision.Hold(HoldReason.ALL_ACCOUNTS_LIMIT, again.isBefore(period.end()) ? again : period.end());
    }

    /** Corrects what was reserved for an attempt, after an outcome was applied to it. */
    public void settled(Step step, RechargeWithAttempt before) {
        Attempt attempt = before.attempt();
        List<SpendingPeriod> periods = periods(before.recharge().openedAt(), attempt.amount());
        if (periods.isEmpty()) {
            return;
        }
        AttemptState after = step.tx()
                .rechargeOf(attempt.id())
                .map(it -> it.attempt().state())
                .orElse(attempt.state());
        long minor = attempt.amount().minorUnits();
        if (isHeldByAnother(step, attempt)) {
            return;
        }
        if (attempt.state() == AttemptState.OPEN && UNPAID.contains(after)) {
            periods.forEach(period -> step.tx().correct(period, -minor));
        } else if (UNPAID.contains(attempt.state()) && after == AttemptState.PAID) {
            periods.forEach(period -> step.tx().correct(period, minor));
        }
    }

    /** What a recharge has reserved stays reserved while another of its attempts may take it. */
    private static boolean isHeldByAnother(Step step, Attempt before) {
        boolean another = before.number() > 1 || step.account().state().backups() > 0;
        return another
                && before.state() == AttemptState.OPEN
                && step.tx().attempts(before.recharge()).stream()
                        .filter(it -> !it.id().equals(before.id()))
                        .anyMatch(it -> it.state() == AttemptState.OPEN || it.state() == AttemptState.ACTION_REQUIRED);
    }

    private List<SpendingPeriod> periods(Instant at, Money price) {
        return limits.periods(at, price.currencyCode());
    }
}
