package io.autorecharge.store;

import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.LedgerEntry;
import org.jspecify.annotations.Nullable;

/**
 * An entry that the protocol wants in the ledger; the ledger adds sequence, balance and time.
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
    /** What was asked for when this entry was written. */
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
