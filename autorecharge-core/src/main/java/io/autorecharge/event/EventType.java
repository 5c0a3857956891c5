package io.autorecharge.event;

/** What happened. */
public enum EventType {
    /** An automatic recharge was paid and its credits were granted. */
    RECHARGE_PAID,
    /** The provider is still at it. */
    RECHARGE_PROCESSING,
    /** The card was declined. */
    RECHARGE_DECLINED,
    /** The bank wants the customer to be present. */
    AUTHENTICATION_REQUIRED,
    /** The provider never carried the charge out; the customer is not to blame, and it will be decided again. */
    RECHARGE_ABANDONED,
    /** A purchase on the page was paid and its credits were granted. */
    PURCHASE_PAID,
    /** The system stopped charging the account until its customer acts. */
    SUSPENDED,
    /** The stop is over. */
    RESUMED,
    /** The user switched auto-recharge on. */
    ENABLED,
    /** The user switched auto-recharge off. */
    DISABLED,
    /** A recharge was held back by a purchase or spend limit. */
    LIMIT_REACHED,
    /** For operators: the provider reported a capture that differs from what was asked for. Nothing was granted. */
    CAPTURE_MISMATCH,
    /** For operators: the provider refuses our key, mode or request. */
    PROVIDER_REFUSED
}
