package io.autorecharge.store;

/** The state of a purchase on the provider's checkout page. */
public enum CheckoutState {
    /** The customer may still pay. */
    OPEN,
    /** Captured and granted. */
    PAID,
    /** It will not be paid. */
    CLOSED
}
