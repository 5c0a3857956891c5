package io.autorecharge.policy;

import io.autorecharge.credit.Money;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What automatic recharges of an account have cost in the current month and day, open ones included. Purchases in a checkout do not count.
 *
 * @param month the calendar month
 * @param day the calendar day
 * @param ownMonthlyLimit the user's own monthly limit; null if there is none
 */
public record Spending(Period month, Period day, @Nullable Money ownMonthlyLimit) {
    /**
     * @param from when it began
     * @param until when it ends, and the counts begin again
     * @param recharges how many recharges began in it that are open or paid
     * @param spent what they cost; other currencies do not count
     * @param limit the limit that holds: the lower one of the host's and the user's own; null if there is none
     */
    public record Period(
            Instant from,
            Instant until,
            int recharges,
            Money spent,
            @Nullable Money limit) {
        static Period of(
                List<PastRecharge> past, Instant from, Instant until, @Nullable Money limit, Currency currency) {
            List<Money> prices = past.stream()
                    .filter(it -> !it.openedAt().isBefore(from) && it.openedAt().isBefore(until))
                    .map(PastRecharge::price)
                    .filter(it -> it.currency().equals(currency))
                    .toList();
            Money spent = prices.stream().reduce(new Money(0, currency), Money::plus);
            return new Period(from, until, prices.size(), spent, limit);
        }
    }
}
