package io.autorecharge.store;

/** What made the library look at an account. */
public enum Trigger {
    /** A debit crossed the threshold, or the host said that the balance changed. */
    BALANCE,
    /** The user changed settings or payment method. */
    SETTINGS,
    /** The account was due, or the sweep found it. */
    SWEEP,
    /** The provider's books told of a recharge that the database had forgotten: it was restored from a backup. */
    BOOKS
}
