package io.autorecharge.store;

import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.ChargeTerms;

/** A recharge with its latest attempt. */
public record RechargeWithAttempt(Recharge recharge, Attempt attempt) {
    /** The request to send; {@code earlierInDoubt} states whether an earlier request had no clear answer. */
    public ChargeRequest request(boolean earlierInDoubt) {
        return new ChargeRequest(
                attempt.account(),
                attempt.recharge(),
                attempt.id(),
                attempt.number(),
                attempt.customerId(),
                attempt.paymentMethodId(),
                attempt.amount(),
                attempt.description(),
                attempt.firstSentAt(),
                earlierInDoubt,
                new ChargeTerms(recharge.packageCredits(), recharge.credits(), recharge.bonus()),
                attempt.installation());
    }
}
