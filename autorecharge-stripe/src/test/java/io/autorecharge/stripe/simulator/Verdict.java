package io.autorecharge.stripe.simulator;

/** The decision of the card issuer or the bank about one attempt. */
sealed interface Verdict {

    record Approved() implements Verdict {}

    record Declined(Decline decline) implements Verdict {}

    /** The cardholder must authenticate, and is present. */
    record AskHolder() implements Verdict {}

    /** The cardholder must authenticate, and is not present. */
    record Unattended() implements Verdict {}

    /** A bank debit, which stays undecided for days. */
    record Pending() implements Verdict {}
}
