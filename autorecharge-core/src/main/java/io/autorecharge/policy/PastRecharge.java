package io.autorecharge.policy;

import io.autorecharge.credit.Money;
import java.time.Instant;

/**
 * A recharge that counts against the limits: one that is open (its amount is reserved) or paid.
 *
 * @param openedAt when it was claimed
 * @param price its price
 */
public record PastRecharge(Instant openedAt, Money price) {}
