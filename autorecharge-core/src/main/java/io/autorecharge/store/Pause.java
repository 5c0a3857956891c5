package io.autorecharge.store;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Text;
import java.time.Instant;
import java.util.Objects;

/**
 * A stop for everything: while it lasts, no node charges any account on its own.
 *
 * @param reason why, for the people who read it later; at most 255 characters
 * @param actor who stopped it; at most 255 characters
 * @param since when it was stopped
 */
public record Pause(String reason, String actor, Instant since) {
    /** @throws InvalidValueException when a text is blank, too long, or contains control characters */
    public Pause {
        Text.require("reason", reason);
        Text.require("actor", actor);
        Objects.requireNonNull(since, "since");
    }
}
