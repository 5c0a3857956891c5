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
    /**
     * Money of a purchase went back, by a refund or a dispute, and its credits and bonus were taken back in proportion; the balance may be
     * negative now. The reason is {@code REFUND} or {@code DISPUTE}, the subject the provider's id of the charge.
     */
    PAYMENT_REVERSED,
    /** A refund failed or a dispute was won: credits and bonus were given again. Reason and subject as for {@link #PAYMENT_REVERSED}. */
    REVERSAL_UNDONE,
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
    /**
     * For operators: the provider reported the opposite of what had been settled. A payment that was reported after its failure was granted;
     * a failure that was reported after the payment took nothing. The reason is what was settled before: {@code PAID}, {@code DECLINED},
     * {@code ACTION_REQUIRED}, {@code NOT_CHARGED}, {@code CLOSED}; or {@code PAID_TWICE}, when two payments were captured where one was meant:
     * both are granted, and one should be refunded.
     */
    CONTRARY_OUTCOME,
    /** For operators: an account recharges suspiciously often. Nothing was held back. */
    VELOCITY_ALARM,
    /** For operators: the provider refuses our key, mode or request. */
    PROVIDER_REFUSED
}
