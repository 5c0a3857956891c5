package io.autorecharge.internal.charge;

import io.autorecharge.internal.account.Step;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.Recharge;

/** Decides whether a recharge goes on when one of its attempts has failed for certain. */
public interface NextAttempt {
    /**
     * Opens the next attempt, in the transaction that settles the failed one.
     *
     * @param failed the attempt that has just failed, as it is stored now
     * @param code why, in the provider's word
     * @return whether another attempt of the recharge is open now
     */
    boolean tryNext(Step step, Recharge recharge, Attempt failed, String code);
}
