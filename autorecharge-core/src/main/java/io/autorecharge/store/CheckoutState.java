package io.autorecharge.store;

/** The state of a checkout on the provider's page. */
public enum CheckoutState {
    /** The customer may still complete it. */
    OPEN,
    /** Captured and granted. */
    PAID,
    /** Completed without a payment: the payment method was added, or the customer was told that it could not be. */
    SAVED,
    /** It will not be completed. */
    CLOSED
}
