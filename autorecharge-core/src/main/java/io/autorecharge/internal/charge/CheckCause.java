package io.autorecharge.internal.charge;

import io.autorecharge.policy.CreditPackage;
import io.autorecharge.store.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * Why an account is checked.
 *
 * @param trigger stored with a recharge that the check opens
 * @param order what the user asks to buy; null for an automatic check
 */
record CheckCause(Trigger trigger, @Nullable Order order) {
    /** A check that nobody waits for. */
    static CheckCause of(Trigger trigger) {
        return new CheckCause(trigger, null);
    }

    /** The user asks to try again after a decline. */
    static CheckCause retry() {
        return new CheckCause(Trigger.RETRY, null);
    }

    static CheckCause purchase(Order order) {
        return new CheckCause(Trigger.REQUEST, order);
    }

    /**
     * A package that the user asks to buy now.
     *
     * @param ids those of its recharge and its first attempt, the same however often the user sends the request
     */
    record Order(RequestedIds ids, CreditPackage chosen) {}
}
