package io.autorecharge.event;

/** Rows that may be deleted when they are old. Everything else is kept for ever: see {@code RechargeStore.purge}. */
public enum Purgeable {
    /** Events that were delivered. */
    DELIVERED_EVENTS,
    /** Ids of webhook events that were handled. */
    HANDLED_WEBHOOKS,
    /** Recharges that ended without a payment, with their attempts. */
    FAILED_RECHARGES,
    /** The counts of how often a card was tried. */
    CARD_ATTEMPTS
}
