package io.autorecharge.credit;

/** What was given for credits: money, or nothing. Kept apart because refunds, accounting and expiry treat the two differently. */
public enum Category {
    /** Bought with money. */
    PAID,
    /** A bonus or a gift; linked to its purchase where it came with one, and sharing its fate. */
    PROMOTIONAL
}
