package io.autorecharge.jdbc;

import io.autorecharge.credit.InvalidValueException;
import java.util.List;

/**
 * What a verification found. Immutable.
 *
 * @param breaches by rule, then by account: of each rule the first {@value Verification#LISTED}
 * @param count how many there are in all
 */
public record VerificationReport(List<Violation> breaches, long count) {
    public VerificationReport {
        breaches = List.copyOf(breaches);
        if (count < breaches.size()) {
            throw new InvalidValueException("count", count, "must be at least the number of listed breaches, " + breaches.size());
        }
    }

    /** Whether every invariant holds. */
    public boolean isClean() {
        return count == 0;
    }
}
