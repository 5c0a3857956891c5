package io.autorecharge.store;

/** Where a purchase on the provider's page stands. */
public enum CheckoutState {
    /** The customer may still pay. */
    OPEN,
    /** Captured and granted. */
    PAID,
    /** No money will come from it. */
    CLOSED
}
