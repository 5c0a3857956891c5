package io.autorecharge.credit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One immutable row of the ledger (a credit transaction). Corrections are new rows.
 *
 * @param account whose credits moved
 * @param sequence 1, 2, 3 … without gaps within the account
 * @param type why the entry was written
 * @param category of the credits that were added, or that a reversal removed; null for a debit
 * @param amount signed: negative takes credits
 * @param balanceAfter the account's balance after this entry
 * @param description for people; for automatic recharges it begins with "Auto-recharge"
 * @param reference unique within the account: writing the same reference again writes nothing
 * @param linkedTo the reference of the purchase that a bonus or a reversal belongs to
 * @param createdAt when it was written
 */
public record LedgerEntry(
        AccountId account,
        long sequence,
        EntryType type,
        @Nullable Category category,
        Credits amount,
        Credits balanceAfter,
        String description,
        String reference,
        @Nullable String linkedTo,
        Instant createdAt) {}
