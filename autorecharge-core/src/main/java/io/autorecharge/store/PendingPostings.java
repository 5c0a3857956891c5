package io.autorecharge.store;

import java.util.List;

/**
 * The unconfirmed grants of an account with an external ledger.
 *
 * @param last the number of the account's newest grant, delivered or not; 0 without any. As long as it is unchanged, nothing was granted
 * @param pending the grants that are not delivered yet, in the order of their numbers
 */
public record PendingPostings(long last, List<PendingPosting> pending) {
    /** Of an account without any grant. */
    public static final PendingPostings NONE = new PendingPostings(0, List.of());

    public PendingPostings {
        pending = List.copyOf(pending);
    }
}
