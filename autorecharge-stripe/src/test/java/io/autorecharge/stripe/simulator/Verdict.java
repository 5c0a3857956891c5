package io.autorecharge.stripe.simulator;

/** What the card issuer, or the bank, says to one attempt. */
sealed interface Verdict {

    record Approved() implements Verdict {}

    record Declined(Decline decline) implements Verdict {}

    /** The holder has to authenticate, and is there to do so. */
    record AskHolder() implements Verdict {}

    /** A bank debit: nobody knows for days. */
    record Pending() implements Verdict {}
}
