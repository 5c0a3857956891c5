package io.autorecharge.jdbc;

import io.autorecharge.credit.InvalidValueException;
import java.util.List;

/**
 * The result of a verification. Immutable.
 *
 * @param breaches the violations by rule, then by account: at most {@value Verification#LISTED} per rule
 * @param count the number of all violations
 */
public record VerificationReport(List<Violation> breaches, long count) {
    public VerificationReport {
        breaches = List.copyOf(breaches);
        if (count < breaches.size()) {
            throw new InvalidValueException(
                    "count", count, "must be at least the number of listed breaches, " + breaches.size());
        }
    }

    /** Whether every invariant holds. */
    public boolean isClean() {
        return count == 0;
    }
}
