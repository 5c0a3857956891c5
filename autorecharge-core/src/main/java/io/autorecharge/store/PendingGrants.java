package io.autorecharge.store;

import java.util.List;

/**
 * What an account is owed by its ledger elsewhere.
 *
 * @param last the number of the account's newest grant, delivered or not; 0 without any. When it is unchanged, nothing was granted meanwhile
 * @param pending the grants that are not delivered yet, in the order of their numbers
 */
public record PendingGrants(long last, List<PendingGrant> pending) {
    /** Of an account that nothing was ever owed to. */
    public static final PendingGrants NONE = new PendingGrants(0, List.of());

    public PendingGrants {
        pending = List.copyOf(pending);
    }
}
