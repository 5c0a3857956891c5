package io.autorecharge.credit;

/** A reference came again with another amount or type than it was first used with: a bug of the caller, and nothing was written. */
public final class ReferenceConflictException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** @param first the entry that holds the reference */
    public ReferenceConflictException(LedgerEntry first, EntryType type, Credits amount) {
        super("reference '" + Text.shown(first.reference()) + "' of account '" + first.account() + "' stands for a "
                + first.type() + " of " + first.amount() + " and cannot be used for a " + type + " of " + amount);
    }
}
