package io.autorecharge.credit;

import java.util.Objects;

/**
 * The host's order to add credits: a welcome gift, a correction, a bank transfer.
 *
 * @param account whose credits
 * @param amount how many; positive
 * @param category whether they are paid for
 * @param reference the host's id; the same reference adds credits once
 * @param description for the ledger; must not begin with "Auto-recharge", which marks the library's own entries
 */
public record Grant(AccountId account, Credits amount, Category category, String reference, String description) {
    /** @throws InvalidValueException when a value breaks its rule */
    public Grant {
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(category, "category");
        Range.positive("amount", amount);
        Reference.requireOfHost(reference);
        Text.require("description", description);
        if (description.startsWith("Auto-recharge")) {
            throw new InvalidValueException("description", description, "must not begin with Auto-recharge");
        }
    }
}
