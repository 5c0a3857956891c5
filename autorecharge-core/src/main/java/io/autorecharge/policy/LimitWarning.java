package io.autorecharge.policy;

import io.autorecharge.credit.Money;
import java.time.Instant;

/**
 * Paid recharges have used so much of a limit of money.
 *
 * @param limit which limit: the reason of the hold that follows when it is used up
 * @param percent the level that was reached, such as 80
 * @param spent what was charged in the period so far
 * @param most the limit
 * @param from when the period began
 * @param until when it ends
 */
public record LimitWarning(HoldReason limit, int percent, Money spent, Money most, Instant from, Instant until) {}
