package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import java.util.Objects;

/**
 * An account that violates an invariant. Immutable.
 *
 * @param rule the violated invariant
 * @param account the account
 * @param details what was found, with the ids of the rows. The text is for people and may change
 */
public record Violation(Invariant rule, AccountId account, String details) {
    public Violation {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(details, "details");
    }

    /** One line, for the output of the command. */
    @Override
    public String toString() {
        return rule + " account=" + account + ": " + details;
    }
}
