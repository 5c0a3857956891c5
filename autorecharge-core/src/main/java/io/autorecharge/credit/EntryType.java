package io.autorecharge.credit;

/** Why an entry of the ledger was written. */
public enum EntryType {
    /** The host took credits for what its user consumed. */
    DEBIT,
    /** Credits bought with a captured charge, automatic or through a checkout. */
    PURCHASE,
    /** Credits on top of a purchase. */
    BONUS,
    /** Credits that the host granted without a payment through the library. */
    GRANT,
    /** Credits of a purchase that were removed because of a refund or dispute; when positive, credits returned because that was undone. */
    REVERSAL
}
