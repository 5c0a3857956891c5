package io.autorecharge.credit;

/**
 * The host's order to add credits by its own decision: a welcome gift, a correction, a bank transfer.
 *
 * @param account whose credits
 * @param amount how many, more than zero
 * @param category paid for or not
 * @param reference the host's own id; the same reference adds credits once
 * @param description for the ledger; must not begin with "Auto-recharge", which marks the library's own entries
 */
public record Grant(AccountId account, Credits amount, Category category, String reference, String description) {
    /** @throws IllegalArgumentException naming the field and the value */
    public Grant {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("amount must be more than zero: " + amount);
        }
        Reference.requireOfHost(reference);
        Text.require("description", description);
        if (description.startsWith("Auto-recharge")) {
            throw new IllegalArgumentException(
                    "description must not begin with 'Auto-recharge': '" + Text.shown(description) + "'");
        }
    }
}
