package io.autorecharge.account;

import io.autorecharge.credit.Credits;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How fast an account uses its credits, and how far that raises the balance at which it is recharged. Only with a smart threshold.
 *
 * @param perHour the credits used per hour; null while that is not known: the threshold is not raised then
 * @param measuredAt when that was computed
 * @param raise what the stored threshold is raised by, from zero to {@code maxRaise}. Debits and the sweep compare balances with the
 *     threshold and this raise
 * @param maxRaise the most that it could be raised by when that was computed
 */
public record Usage(@Nullable Credits perHour, Instant measuredAt, Credits raise, Credits maxRaise) {
    public Usage {
        Objects.requireNonNull(measuredAt, "measuredAt");
        Objects.requireNonNull(raise, "raise");
        Objects.requireNonNull(maxRaise, "maxRaise");
    }

    /** With another raise, for other settings. */
    public Usage raised(Credits by, Credits most) {
        return new Usage(perHour, measuredAt, by, most);
    }
}
