package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row or an account that violates an invariant. Immutable.
 *
 * @param rule the violated invariant
 * @param account the account; null when the row belongs to none
 * @param details what was found, with the ids of the rows. The text is for people and may change
 */
public record Violation(Invariant rule, @Nullable AccountId account, String details) {
    public Violation {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(details, "details");
    }

    /** One line, for the output of the command. */
    @Override
    public String toString() {
        return rule + (account == null ? "" : " account=" + account) + ": " + details;
    }
}
