package io.autorecharge.credit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The host's order to take credits from an account.
 *
 * @param account whose credits
 * @param amount how many; positive
 * @param reference the host's id of this consumption; the same reference takes credits once, however often it is sent
 * @param description for the ledger
 * @param overdraft whether the balance may become negative
 */
public record Debit(AccountId account, Credits amount, String reference, String description, boolean overdraft) {
    /** @throws InvalidValueException when a value breaks its rule */
    public Debit {
        Objects.requireNonNull(account, "account");
        Range.positive("amount", amount);
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
