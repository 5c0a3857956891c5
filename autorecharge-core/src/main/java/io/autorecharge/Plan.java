package io.autorecharge;

import io.autorecharge.policy.Decision;
import io.autorecharge.store.OpenRecharge;
import org.jspecify.annotations.Nullable;

/** What is to be done outside the transaction that decided it. */
sealed interface Plan {
    /**
     * Send the attempt.
     *
     * @param earlierInDoubt whether an earlier send of it is in doubt
     * @param decision what was decided just now; null for one more send
     */
    record Send(OpenRecharge open, boolean earlierInDoubt, Decision.@Nullable Recharge decision) implements Plan {}

    /** Ask what became of it. */
    record LookUp(OpenRecharge open) implements Plan {}

    /** Nothing. */
    record Hold(Decision.Hold hold) implements Plan {}
}
