package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import java.util.Objects;

/**
 * An account of which an invariant is not true, for people to look at. Immutable.
 *
 * @param rule what is broken
 * @param account whose it is
 * @param details what was found, with the ids of its rows; for people, its wording may change
 */
public record Violation(Invariant rule, AccountId account, String details) {
    public Violation {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(details, "details");
    }

    /** One line, as the command prints it. */
    @Override
    public String toString() {
        return rule + " account=" + account + ": " + details;
    }
}
