package io.autorecharge.account;

import io.autorecharge.credit.Credits;
import java.time.Instant;
import java.util.Objects;

/**
 * An account whose card was declined may be overdrawn for a while. It is remembered after its end, until a payment has brought the balance to
 * zero or more: before that, there is no other one.
 *
 * @param since the first decline
 * @param until its end; nothing is overdrawn from then on
 * @param credits how far the balance may be below zero
 * @param card the card that was declined: its fingerprint, or the id of its payment method
 * @param stage how far it has come
 */
public record Grace(Instant since, Instant until, Credits credits, String card, Stage stage) {
    public Grace {
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(credits, "credits");
        Objects.requireNonNull(card, "card");
        Objects.requireNonNull(stage, "stage");
    }

    /** Stored by name. */
    public enum Stage {
        /** It has begun. */
        RUNNING,
        /** It ends within a day, and that was reported. */
        ENDING,
        /** It is over. */
        ENDED
    }

    /** Whether the account may be overdrawn at this time. */
    public boolean isOpen(Instant now) {
        return stage != Stage.ENDED && until.isAfter(now);
    }

    /** How far the balance may be below zero at this time. */
    public Credits allowed(Instant now) {
        return isOpen(now) ? credits : Credits.ZERO;
    }

    public Grace ending() {
        return new Grace(since, until, credits, card, Stage.ENDING);
    }

    /** Over at {@code at}, or before that. */
    public Grace ended(Instant at) {
        return new Grace(since, at.isBefore(until) ? at : until, credits, card, Stage.ENDED);
    }
}
