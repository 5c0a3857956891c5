package io.autorecharge.policy;

import io.autorecharge.credit.InvalidValueException;
import java.time.Duration;

/**
 * How long rows are kept that nothing needs any more. Paid and open recharges, checkouts, refunds, disputes and the ledger are kept for
 * ever. Each period is zero, which means for ever, or at least its minimum. Immutable.
 *
 * @param events delivered events; at least 62 days, because the verification reads those of 60 days
 * @param webhooks ids of handled webhook events; at least 31 days, because Stripe lists events for 30 days
 * @param failedRecharges recharges that ended without a payment; at least 367 days, because limits look back 366 days. The last recharge of
 *     an account is always kept
 * @param cardAttempts how often a card was tried; at least 31 days, because card networks count over 30 days
 */
public record Retention(Duration events, Duration webhooks, Duration failedRecharges, Duration cardAttempts) {
    /** Delivered events by default. */
    public static final Duration DEFAULT_EVENTS = Duration.ofDays(90);

    /** Ids of handled webhook events by default. */
    public static final Duration DEFAULT_WEBHOOKS = Duration.ofDays(35);

    /** Failed recharges by default: 13 months. */
    public static final Duration DEFAULT_FAILED_RECHARGES = Duration.ofDays(396);

    /** Counts of card attempts by default. */
    public static final Duration DEFAULT_CARD_ATTEMPTS = Duration.ofDays(62);

    private static final Retention DEFAULTS =
            new Retention(DEFAULT_EVENTS, DEFAULT_WEBHOOKS, DEFAULT_FAILED_RECHARGES, DEFAULT_CARD_ATTEMPTS);

    /** @throws InvalidValueException when a period is shorter than its minimum */
    public Retention {
        atLeast("events", events, 62);
        atLeast("webhooks", webhooks, 31);
        atLeast("failedRecharges", failedRecharges, 367);
        atLeast("cardAttempts", cardAttempts, 31);
    }

    /** The default of every period. */
    public static Retention ofDefaults() {
        return DEFAULTS;
    }

    private static void atLeast(String field, Duration value, int days) {
        if (!value.isZero() && value.compareTo(Duration.ofDays(days)) < 0) {
            throw new InvalidValueException(field, value, "must be zero, or at least " + days + " days");
        }
    }
}
