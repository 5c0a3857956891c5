package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.ReferenceConflictException;
import io.autorecharge.store.Posting;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An entry to write, before its sequence and balance are known. */
record LedgerOrder(
        AccountId account,
        EntryType type,
        @Nullable Category category,
        Credits amount,
        String description,
        String reference,
        @Nullable String linkedTo,
        Instant at) {
    static LedgerOrder of(Debit debit, Instant at) {
        return new LedgerOrder(
                debit.account(),
                EntryType.DEBIT,
                null,
                debit.amount().negated(),
                debit.description(),
                debit.reference(),
                null,
                at);
    }

    static LedgerOrder of(Grant grant, Instant at) {
        return new LedgerOrder(
                grant.account(),
                EntryType.GRANT,
                grant.category(),
                grant.amount(),
                grant.description(),
                grant.reference(),
                null,
                at);
    }

    static LedgerOrder of(AccountId account, Posting posting, Instant at) {
        return new LedgerOrder(
                account,
                posting.type(),
                posting.category(),
                posting.amount(),
                posting.description(),
                posting.reference(),
                posting.linkedTo(),
                at);
    }

    /** Whether the balance column can hold the balance afterwards. */
    boolean fits(Credits balance, BalanceType type) {
        BigInteger after = BigInteger.valueOf(balance.micros()).add(BigInteger.valueOf(amount.micros()));
        return after.bitLength() < Long.SIZE && type.holds(Credits.ofMicros(after.longValueExact()));
    }

    LedgerEntry entry(Credits balance, long sequence) {
        return new LedgerEntry(
                account,
                sequence + 1,
                type,
                category,
                amount,
                balance.plus(amount),
                description,
                reference,
                linkedTo,
                at);
    }

    /** @throws ReferenceConflictException when the existing entry of the reference is another one than this order would write */
    LedgerEntry replayedBy(LedgerEntry first) {
        if (first.type() != type || !first.amount().equals(amount)) {
            throw new ReferenceConflictException(first, type, amount);
        }
        return first;
    }
}
