package io.autorecharge.store;

/** What caused the check of an account. */
public enum Trigger {
    /** A debit crossed the threshold, or the host reported a changed balance. */
    BALANCE,
    /** The user changed settings or payment method. */
    SETTINGS,
    /**
     * The account was due, for whatever reason. The sweep is one of the ways in which an account becomes due, and gave this stored word
     * its name.
     */
    SWEEP,
    /** The user bought a package with the saved payment method; no threshold and no agreement is needed for it. */
    REQUEST,
    /** The user asked to try again after a decline. */
    RETRY,
    /** The provider's payment history has a recharge that the restored database lacks. */
    BOOKS
}
