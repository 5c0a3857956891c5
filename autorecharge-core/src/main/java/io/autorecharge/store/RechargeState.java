package io.autorecharge.store;

/** The state of a recharge. */
public enum RechargeState {
    /** Claimed; the outcome of its attempt is not final yet. Each account has at most one. */
    OPEN,
    /** Captured and granted. */
    PAID,
    /** Declined, or the bank required the customer's authentication. */
    FAILED,
    /** Never carried out by the provider. */
    ABANDONED
}
