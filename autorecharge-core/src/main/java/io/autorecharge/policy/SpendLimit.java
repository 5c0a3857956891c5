package io.autorecharge.policy;

import io.autorecharge.credit.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * One limit of money within one period. A recharge counts when it began in the period.
 *
 * @param reason why a charge is held that would exceed it
 * @param most the limit
 * @param from when the period begins
 * @param until when it ends
 * @param strict whether a charge in another currency is held; otherwise other currencies do not count
 */
record SpendLimit(HoldReason reason, Money most, Instant from, Instant until, boolean strict) {
    /** At which parts of a limit its account is warned. */
    private static final List<Integer> WARNED_AT = List.of(80, 100);

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Money spent(List<PastRecharge> past) {
        return past.stream()
                .filter(recharge -> !recharge.openedAt().isBefore(from)
                        && recharge.openedAt().isBefore(until))
                .map(PastRecharge::price)
                .filter(paid -> paid.currency().equals(most.currency()))
                .reduce(new Money(0, most.currency()), Money::plus);
    }

    /** Whether a charge of {@code price} would exceed the limit. */
    boolean isExceededBy(Money price, List<PastRecharge> past) {
        if (!price.currency().equals(most.currency())) {
            return strict;
        }
        return most.isLessThan(spent(past).plus(price));
    }

    /** Whether more than the limit was charged already. */
    boolean isExceeded(List<PastRecharge> past) {
        return most.isLessThan(spent(past));
    }

    /** The levels that were reached. */
    Stream<LimitWarning> warnings(List<PastRecharge> past) {
        Money spent = spent(past);
        return WARNED_AT.stream()
                .filter(percent -> hundredfold(spent).compareTo(part(percent)) >= 0)
                .map(percent -> new LimitWarning(reason, percent, spent, most, from, until));
    }

    private static BigDecimal hundredfold(Money spent) {
        return BigDecimal.valueOf(spent.minorUnits()).multiply(HUNDRED);
    }

    private BigDecimal part(int percent) {
        return BigDecimal.valueOf(most.minorUnits()).multiply(BigDecimal.valueOf(percent));
    }
}
