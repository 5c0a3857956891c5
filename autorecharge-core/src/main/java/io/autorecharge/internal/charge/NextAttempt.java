package io.autorecharge.internal.charge;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.event.EventType;
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

    /** Reports that a method has failed, and its recharge has not. */
    static void publishFailed(Step step, Attempt failed, String code) {
        step.publish(of(EventType.METHOD_DECLINED, failed.account(), failed.id().value(), step.now())
                .about(failed.recharge().value())
                .because(code));
    }
}
