package io.autorecharge.store;

import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.ChargeTerms;

/** A recharge and the latest of its attempts. */
public record RechargeWithAttempt(Recharge recharge, Attempt attempt) {
    /** The request to send; {@code earlierInDoubt} is whether a send before this one had no clear answer. */
    public ChargeRequest request(boolean earlierInDoubt) {
        return new ChargeRequest(
                attempt.account(),
                attempt.recharge(),
                attempt.id(),
                attempt.customerId(),
                attempt.paymentMethodId(),
                attempt.amount(),
                attempt.description(),
                attempt.firstSentAt(),
                earlierInDoubt,
                new ChargeTerms(recharge.packageCredits(), recharge.credits(), recharge.bonus()));
    }
}
