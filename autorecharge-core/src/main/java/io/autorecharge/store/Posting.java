package io.autorecharge.store;

import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.LedgerEntry;
import org.jspecify.annotations.Nullable;

/**
 * An entry to be added to the ledger, which assigns sequence, balance and time.
 *
 * @param linkedTo the reference of the purchase that a bonus or a reversal belongs to
 */
public record Posting(
        EntryType type,
        @Nullable Category category,
        Credits amount,
        String description,
        String reference,
        @Nullable String linkedTo) {
    /** The posting that became this entry. */
    public static Posting of(LedgerEntry entry) {
        return new Posting(
                entry.type(),
                entry.category(),
                entry.amount(),
                entry.description(),
                entry.reference(),
                entry.linkedTo());
    }
}
