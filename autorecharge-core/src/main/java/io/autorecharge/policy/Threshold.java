package io.autorecharge.policy;

import io.autorecharge.credit.Credits;
import java.util.Objects;

/**
 * The balance below which an account is recharged. This is the one definition of "low" and "crossed"; a database that computes them in SQL is
 * compared with it by the contract test of debits. Immutable.
 *
 * @param credits the balance to compare with
 * @param inclusive whether a balance that equals it is low too
 */
public record Threshold(Credits credits, boolean inclusive) {
    public Threshold {
        Objects.requireNonNull(credits, "credits");
    }

    /** Whether a balance calls for a recharge. */
    public boolean isLow(Credits balance) {
        return inclusive ? balance.isAtMost(credits) : balance.isLessThan(credits);
    }

    /** Whether a change took the balance from not low to low. */
    public boolean isCrossed(Credits before, Credits after) {
        return isLow(after) && !isLow(before);
    }
}
