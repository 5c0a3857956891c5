package io.autorecharge.store;

/** The state of an attempt. */
public enum AttemptState {
    /** Not decided: about to be sent, on its way, in doubt, or processing at the provider. */
    OPEN,
    /** Captured. */
    PAID,
    /** Definitely declined. */
    DECLINED,
    /** The bank requires the customer's authentication. */
    ACTION_REQUIRED,
    /** The provider never carried it out. */
    NOT_CHARGED
}
