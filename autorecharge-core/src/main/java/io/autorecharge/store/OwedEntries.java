package io.autorecharge.store;

import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.Reversal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The ledger entries of one payment that are not in the ledger yet: the database refused them, or a node has recorded a refund or dispute
 * and not posted it so far. What is owed is the difference between what the payment should have granted or removed and what is posted.
 * Immutable.
 *
 * @param providerReference the provider's id of the payment
 * @param captured what was captured
 * @param bought what the payment bought, as long as that is not granted; null when only a reversal is owed
 * @param bookedMinor how much of the money that went back is in the ledger, in minor units
 * @param cause why money last went back or returned; null when no reversal is owed
 * @param writtenOff paid credits that are not removed any more, because the host limits removals to a positive balance
 * @param writtenOffBonus as {@code writtenOff}, for the bonus
 * @param since when the entries were first owed
 * @param tries how often the database refused them
 * @param nextAt when to try again; null when nothing is left but what was written off
 * @param problem why they were refused last, in one line; null before that
 */
public record OwedEntries(
        String providerReference,
        Money captured,
        @Nullable Bought bought,
        long bookedMinor,
        Reversal.@Nullable Kind cause,
        Credits writtenOff,
        Credits writtenOffBonus,
        Instant since,
        int tries,
        @Nullable Instant nextAt,
        @Nullable String problem) {
    /** The hold reason and event reason when the rest of a removal waits for a positive balance. */
    public static final String NEGATIVE_BALANCE = "NEGATIVE_BALANCE";

    public OwedEntries {
        Objects.requireNonNull(providerReference, "providerReference");
        Objects.requireNonNull(captured, "captured");
        Objects.requireNonNull(writtenOff, "writtenOff");
        Objects.requireNonNull(writtenOffBonus, "writtenOffBonus");
        Objects.requireNonNull(since, "since");
    }

    /** What a payment bought. */
    public record Bought(Kind kind, Credits credits, Credits bonus) {
        /** What was paid. The names are stored. */
        public enum Kind {
            /** An automatic recharge. */
            RECHARGE,
            /** A purchase at checkout. */
            CHECKOUT
        }
    }

    /** The grant of a payment that the database has just refused. */
    public static OwedEntries ofPurchase(
            String providerReference, Money captured, Bought bought, Instant now, Instant nextAt, String problem) {
        return new OwedEntries(
                providerReference, captured, bought, 0, null, Credits.ZERO, Credits.ZERO, now, 1, nextAt, problem);
    }

    /** A reversal that has just been recorded and is posted next. */
    public static OwedEntries ofReversal(
            String providerReference, Money captured, long bookedMinor, Reversal.@Nullable Kind cause, Instant now) {
        return new OwedEntries(
                providerReference, captured, null, bookedMinor, cause, Credits.ZERO, Credits.ZERO, now, 0, now, null);
    }

    /** The same entries, due immediately because of another report. */
    public OwedEntries dueAt(Instant now, Reversal.@Nullable Kind newCause) {
        return new OwedEntries(
                providerReference,
                captured,
                bought,
                bookedMinor,
                newCause == null ? cause : newCause,
                writtenOff,
                writtenOffBonus,
                nextAt == null ? now : since,
                nextAt == null ? 0 : tries,
                now,
                nextAt == null ? null : problem);
    }

    /** After one more refusal. */
    public OwedEntries refused(String why, Instant next) {
        return new OwedEntries(
                providerReference,
                captured,
                bought,
                bookedMinor,
                cause,
                writtenOff,
                writtenOffBonus,
                since,
                tries + 1,
                next,
                why);
    }

    /** After the purchase was granted, and the reversals were posted as far as they could be. */
    public OwedEntries posted(long booked, Credits off, Credits offBonus) {
        return new OwedEntries(
                providerReference, captured, null, booked, cause, off, offBonus, since, tries, null, problem);
    }

    /** Whether nothing is owed and nothing was written off. */
    public boolean isOver() {
        return nextAt == null && writtenOff.isZero() && writtenOffBonus.isZero();
    }
}
