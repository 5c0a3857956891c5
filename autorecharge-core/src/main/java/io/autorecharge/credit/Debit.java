package io.autorecharge.credit;

import org.jspecify.annotations.Nullable;

/**
 * The host's order to take credits.
 *
 * @param account whose credits
 * @param amount how many, more than zero
 * @param reference the host's own id of this consumption; the same reference takes credits once, however often it comes
 * @param description for the ledger
 * @param overdraft whether the balance may become negative
 */
public record Debit(AccountId account, Credits amount, String reference, String description, boolean overdraft) {
    /** @throws IllegalArgumentException naming the field and the value */
    public Debit {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("amount must be more than zero: " + amount);
        }
        Reference.requireOfHost(reference);
        Text.require("description", description);
    }

    /** A debit that is refused when the balance does not cover it. */
    public static Debit of(AccountId account, Credits amount, String reference, @Nullable String description) {
        return new Debit(account, amount, reference, description == null ? "Credits used" : description, false);
    }

    /** The same debit, allowed to take the balance below zero. */
    public Debit withOverdraft() {
        return new Debit(account, amount, reference, description, true);
    }
}
