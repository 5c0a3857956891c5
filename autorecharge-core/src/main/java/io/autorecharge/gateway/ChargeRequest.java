package io.autorecharge.gateway;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is sent for one attempt, as it was frozen when the attempt was claimed: sent again, it is the same to the letter.
 *
 * @param account whose recharge; goes into the provider's metadata
 * @param recharge goes into the provider's metadata
 * @param attempt the idempotency key; goes into the provider's metadata
 * @param customerId the provider's customer
 * @param paymentMethodId what to charge
 * @param amount how much
 * @param description for the provider's own pages
 * @param firstSentAt when the attempt may first have been sent; look-ups begin a little before
 * @param inDoubt whether an earlier send of this attempt had no clear answer
 * @param terms goes into the provider's metadata; null in a look-up, which sends nothing
 */
public record ChargeRequest(
        AccountId account,
        RechargeId recharge,
        AttemptId attempt,
        String customerId,
        String paymentMethodId,
        Money amount,
        String description,
        Instant firstSentAt,
        boolean inDoubt,
        @Nullable ChargeTerms terms) {
    /** For a look-up. */
    public ChargeRequest(
            AccountId account,
            RechargeId recharge,
            AttemptId attempt,
            String customerId,
            String paymentMethodId,
            Money amount,
            String description,
            Instant firstSentAt,
            boolean inDoubt) {
        this(account, recharge, attempt, customerId, paymentMethodId, amount, description, firstSentAt, inDoubt, null);
    }
}
