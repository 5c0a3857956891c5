package io.autorecharge.credit;

/** Whether credits were paid for. Refunds, accounting and expiry treat the two categories differently. */
public enum Category {
    /** Bought with money. */
    PAID,
    /** A bonus or a gift. A bonus is linked to its purchase and is reversed with it. */
    PROMOTIONAL
}
