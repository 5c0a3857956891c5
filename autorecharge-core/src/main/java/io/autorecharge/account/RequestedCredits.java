package io.autorecharge.account;

import io.autorecharge.credit.Credits;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a refused debit would have needed. Until it expires, or the balance covers it, it starts a recharge like a low balance.
 *
 * @param credits the balance that the debit needs
 * @param until when it expires
 */
public record RequestedCredits(Credits credits, Instant until) {
    /** How long a refused debit is remembered. */
    public static final Duration LIFE = Duration.ofHours(1);

    public RequestedCredits {
        Objects.requireNonNull(credits, "credits");
        Objects.requireNonNull(until, "until");
    }

    /** A debit of {@code credits} was refused at {@code at}; a larger one that has not expired stays. */
    public static RequestedCredits of(Credits credits, Instant at, @Nullable RequestedCredits before) {
        Credits larger = before != null && before.until().isAfter(at) && credits.isLessThan(before.credits())
                ? before.credits()
                : credits;
        return new RequestedCredits(larger, at.plus(LIFE));
    }

    /** Whether a balance still falls short of it. */
    public boolean isOpen(Credits balance, Instant now) {
        return until.isAfter(now) && balance.isLessThan(credits);
    }
}
