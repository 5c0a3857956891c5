package io.autorecharge.store;

/** Where a recharge stands. */
public enum RechargeState {
    /** Claimed; its attempt is not decided yet. At most one an account. */
    OPEN,
    /** Captured and granted. */
    PAID,
    /** Declined, or the customer was needed. */
    FAILED,
    /** Never carried out by the provider. */
    ABANDONED
}
