package io.autorecharge.internal.charge;

import io.autorecharge.gateway.CustomerOwner;
import io.autorecharge.policy.Decision;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.RechargeWithAttempt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to do after the transaction that decided it. */
sealed interface NextStep {
    /**
     * Send the attempt.
     *
     * @param earlierInDoubt whether an earlier send of it is in doubt
     * @param owner whose the attempt's customer is; null when that must be asked
     * @param decision what was decided just now; null for a repeated request
     */
    record Send(
            RechargeWithAttempt open,
            boolean earlierInDoubt,
            @Nullable CustomerOwner owner,
            Decision.@Nullable Recharge decision)
            implements NextStep {}

    /** Try the entries that are owed to the account's ledger, then evaluate again. */
    record BookOwed() implements NextStep {}
    /** Ask whose the customer is, then evaluate again: nothing was claimed without knowing it. */
    record AskOwner(String customer) implements NextStep {}

    /** Wait for a turn to call the provider, then evaluate again: nothing was claimed without one. */
    record AwaitTurn() implements NextStep {}

    /** Look up the checkouts at the provider, then evaluate again. */
    record LookUpCheckouts(List<Checkout> claimed) implements NextStep {}

    /** Look up the attempt at the provider. */
    record LookUp(RechargeWithAttempt open) implements NextStep {}

    /** Do nothing. */
    record Hold(Decision.Hold hold) implements NextStep {}
}
