package io.autorecharge.jdbc;

import io.autorecharge.credit.InvalidValueException;
import java.util.List;

/**
 * The result of a verification. Immutable.
 *
 * @param violations the violations by rule, then by account: at most {@value Verification#LISTED} per rule
 * @param count the number of all violations
 */
public record VerificationReport(List<Violation> violations, long count) {
    public VerificationReport {
        violations = List.copyOf(violations);
        if (count < violations.size()) {
            throw new InvalidValueException(
                    "count", count, "must be at least the number of listed violations, " + violations.size());
        }
    }

    /** Whether every invariant holds. */
    public boolean isClean() {
        return count == 0;
    }
}
