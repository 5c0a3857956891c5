package io.autorecharge.policy;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often one card may be tried, whatever the account. Card networks fine merchants who repeat declined charges: Visa is quoted with 15 in 30
 * days, Mastercard with 10. Counted are definite declines and open attempts; a success counts no longer. Immutable.
 *
 * @param attempts the maximum number in any 30 days, at least 1
 */
public record CardLimit(int attempts) {
    /** The maximum number of attempts by default: the lowest limit of a card network. */
    public static final int DEFAULT_ATTEMPTS = 10;

    /** The time within which attempts count. */
    public static final Duration WINDOW = Duration.ofDays(30);

    /** @throws InvalidValueException for the field {@code cardAttempts}, when it is less than 1 */
    public CardLimit {
        Range.atLeast("cardAttempts", attempts, 1);
    }

    /** The earliest start of an attempt that still counts at {@code now}. */
    public Instant countedFrom(Instant now) {
        return now.minus(WINDOW);
    }

    /** Why the card may not be tried now; null when it may. */
    public Decision.@Nullable Hold hold(CardUse use, Instant now) {
        if (use.stop() != null) {
            return Decision.Hold.because(HoldReason.CARD_STOPPED);
        }
        List<Instant> counted = use.counted().stream()
                .filter(at -> at.isAfter(countedFrom(now)))
                .sorted()
                .toList();
        return counted.size() < attempts
                ? null
                : new Decision.Hold(
                        HoldReason.CARD_LIMIT,
                        counted.get(counted.size() - attempts).plus(WINDOW));
    }
}
