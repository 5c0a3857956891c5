package io.autorecharge.policy;

import io.autorecharge.account.CardStop;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a card was used by all accounts together.
 *
 * @param stop why it must not be charged at all; null when it may
 * @param counted when its attempts began that were declined, or are open; oldest first, at least since {@link CardLimit#countedFrom}
 */
public record CardUse(@Nullable CardStop stop, List<Instant> counted) {
    /** A card that was not used yet. */
    public static final CardUse NONE = new CardUse(null, List.of());

    public CardUse {
        counted = List.copyOf(counted);
    }
}
