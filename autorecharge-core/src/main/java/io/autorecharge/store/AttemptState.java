package io.autorecharge.store;

/** Where an attempt stands. */
public enum AttemptState {
    /** Not decided: about to be sent, on its way, in doubt, or processing at the provider. */
    OPEN,
    /** Captured. */
    PAID,
    /** A definite no. */
    DECLINED,
    /** The bank wants the customer to be present. */
    ACTION_REQUIRED,
    /** The provider never carried it out. */
    NOT_CHARGED
}
