package io.autorecharge.store;

/** The result of claiming a card for an attempt. */
public enum CardClaim {
    /** The card's lock is held until the transaction ends, and the attempt is counted. */
    TAKEN,
    /** Another transaction holds the card's lock. Nothing was changed. */
    BUSY,
    /** The card is stopped, or was tried too often. Nothing was changed. */
    REFUSED
}
