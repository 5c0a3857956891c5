package io.autorecharge.store;

import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.EntryType;
import org.jspecify.annotations.Nullable;

/**
 * An entry that the protocol wants in the ledger; the ledger adds sequence, balance and time.
 *
 * @param linkedTo the reference of the purchase that a bonus belongs to
 */
public record Posting(
        EntryType type,
        @Nullable Category category,
        Credits amount,
        String description,
        String reference,
        @Nullable String linkedTo) {}
