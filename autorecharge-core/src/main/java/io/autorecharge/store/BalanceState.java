package io.autorecharge.store;

import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction knows about the balance that it shows. A store that holds the balance itself answers {@link #CURRENT}; a balance
 * that another service keeps may be unknown or outdated.
 *
 * @param doubt why nothing may be decided on the balance now; null when decisions may rest on it
 * @param known whether a balance was read at all; events leave out one that was not
 * @param nextDeliveryAt when the next grant that is owed to the ledger is due for delivery; null when nothing is owed
 * @param compareEvery how often the balance has to be compared with the threshold because not every change is reported; null where debits
 *     do
 */
public record BalanceState(
        Decision.@Nullable Hold doubt,
        boolean known,
        @Nullable Instant nextDeliveryAt,
        @Nullable Duration compareEvery) {
    /** The balance is in the account's own row, under the lock that this transaction holds. */
    public static final BalanceState CURRENT = new BalanceState(null, true, null, null);

    /** As {@link #CURRENT}, but entries are owed to the ledger, and the next of them is tried at this time. */
    public static BalanceState owing(Instant next) {
        return new BalanceState(new Decision.Hold(HoldReason.ENTRIES_OWED, next), true, next, null);
    }

    /** Whether owed entries are to be tried at this time. */
    public boolean owesEntries(Instant now) {
        return doubt != null
                && doubt.reason() == HoldReason.ENTRIES_OWED
                && doubt.until() != null
                && !doubt.until().isAfter(now);
    }
}
