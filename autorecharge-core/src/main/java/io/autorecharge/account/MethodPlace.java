package io.autorecharge.account;

/** Where a payment method that a customer adds takes its place in the account's list. */
public enum MethodPlace {
    /** First: it is charged from now on. The primary method of before becomes the first backup. */
    PRIMARY,
    /** Last: it is charged when the methods before it fail or are passed over. The primary one where the account has none. */
    BACKUP
}
