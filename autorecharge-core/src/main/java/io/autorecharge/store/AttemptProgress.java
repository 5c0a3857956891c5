package io.autorecharge.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far an attempt has come.
 *
 * @param state its state
 * @param sends how often it was, or may have been, sent
 * @param refusals how many of its sends the provider refused as such ({@code REJECTED}); a few end the attempt
 * @param checks how often it was checked since without a final answer; sets the delay of the next check
 * @param inDoubt whether a request may have had an effect that is not known; set before every request, cleared by a definite answer
 * @param firstSentAt when it may first have been sent: the life of the idempotency key counts from here
 * @param lastSentAt when it may last have been sent
 * @param nextCheckAt when to check it again; until then its sender may be waiting for the answer
 * @param providerReference the provider's id of the charge, as soon as it is known
 * @param detail the provider's last answer: a decline code, or what went wrong
 * @param closedAt when it left {@code OPEN}
 */
public record AttemptProgress(
        AttemptState state,
        int sends,
        int refusals,
        int checks,
        boolean inDoubt,
        Instant firstSentAt,
        Instant lastSentAt,
        Instant nextCheckAt,
        @Nullable String providerReference,
        @Nullable String detail,
        @Nullable Instant closedAt) {
    /** Claimed, and not sent yet. */
    public static AttemptProgress unsent(Instant at) {
        return new AttemptProgress(AttemptState.OPEN, 0, 0, 0, false, at, at, at, null, null, null);
    }

    /** Sent once, and in doubt since. */
    public static AttemptProgress sentOnce(Instant at) {
        return new AttemptProgress(AttemptState.OPEN, 1, 0, 0, true, at, at, at, null, null, null);
    }

    AttemptProgress sending(Instant at, Instant next) {
        Instant first = sends == 0 ? at : firstSentAt;
        return new AttemptProgress(
                state, sends + 1, refusals, checks, true, first, at, next, providerReference, detail, closedAt);
    }

    AttemptProgress waiting(boolean stillInDoubt, Instant next, @Nullable String reference, String word) {
        return new AttemptProgress(
                state,
                sends,
                refusals,
                checks + 1,
                stillInDoubt,
                firstSentAt,
                lastSentAt,
                next,
                known(reference),
                word,
                closedAt);
    }

    AttemptProgress refused(Instant next, String word) {
        return new AttemptProgress(
                state,
                sends,
                refusals + 1,
                checks + 1,
                false,
                firstSentAt,
                lastSentAt,
                next,
                providerReference,
                word,
                closedAt);
    }

    AttemptProgress lookingUp(Instant next) {
        return new AttemptProgress(
                state,
                sends,
                refusals,
                checks,
                inDoubt,
                firstSentAt,
                lastSentAt,
                next,
                providerReference,
                detail,
                closedAt);
    }

    AttemptProgress closed(AttemptState end, Instant at, @Nullable String reference, @Nullable String word) {
        return new AttemptProgress(
                end, sends, refusals, checks, false, firstSentAt, lastSentAt, nextCheckAt, known(reference), word, at);
    }

    /** A known reference is never removed. */
    private @Nullable String known(@Nullable String reference) {
        return reference == null ? providerReference : reference;
    }
}
