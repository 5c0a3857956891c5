package io.autorecharge.internal.charge;

import io.autorecharge.policy.Decision;
import io.autorecharge.store.RechargeWithAttempt;
import org.jspecify.annotations.Nullable;

/** What is to be done outside the transaction that decided it. */
sealed interface NextStep {
    /**
     * Send the attempt.
     *
     * @param earlierInDoubt whether an earlier send of it is in doubt
     * @param decision what was decided just now; null for one more send
     */
    record Send(RechargeWithAttempt open, boolean earlierInDoubt, Decision.@Nullable Recharge decision)
            implements NextStep {}

    /** Ask what became of it. */
    record LookUp(RechargeWithAttempt open) implements NextStep {}

    /** Nothing. */
    record Hold(Decision.Hold hold) implements NextStep {}
}
