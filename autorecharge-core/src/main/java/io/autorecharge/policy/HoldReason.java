package io.autorecharge.policy;

/** Why an account is not recharged. The words stand in the API, in metrics and in logs. */
public enum HoldReason {
    /** Auto-recharge is off. */
    DISABLED,
    /** The balance is not below the threshold. */
    ABOVE_THRESHOLD,
    /** No record of the user's agreement. */
    NO_CONSENT,
    /** The user has not chosen a package. */
    NO_PACKAGE,
    /** The chosen package is not on sale any more. */
    PACKAGE_NOT_OFFERED,
    /** No payment method is saved. */
    NO_PAYMENT_METHOD,
    /** A recharge is under way. */
    RECHARGE_OPEN,
    /** The system's own stop. */
    SUSPENDED,
    /** Waiting after a decline. */
    BACKING_OFF,
    /** Too soon after the last recharge. */
    COOLDOWN,
    /** Most recharges of a window are used up. */
    PURCHASE_LIMIT,
    /** Most money of a month is used up. */
    SPEND_LIMIT,
    /** What would be charged lies outside the least and greatest amount. */
    AMOUNT_OUT_OF_BOUNDS,
    /** Paid credits are on their way to a ledger elsewhere; the balance misses them. */
    GRANT_PENDING,
    /** The ledger elsewhere did not say what the balance is. */
    BALANCE_UNKNOWN,
    /** The database was busy with this account; nothing was decided, and it is looked at again. */
    CONTENTION
}
