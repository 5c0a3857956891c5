package io.autorecharge.credit;

/** A reference was used again with another amount or type than the first time. This is a bug of the caller; nothing was written. */
public final class ReferenceConflictException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** @param first the entry that holds the reference */
    public ReferenceConflictException(LedgerEntry first, EntryType type, Credits amount) {
        super("reference '" + Text.shown(first.reference()) + "' of account '" + first.account() + "' stands for a "
                + first.type() + " of " + first.amount() + " and cannot be used for a " + type + " of " + amount);
    }
}
