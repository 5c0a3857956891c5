package io.autorecharge.gateway;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is sent for one attempt, as it was fixed when the attempt was claimed. A second send is identical to the first.
 *
 * @param account whose recharge; part of the provider's metadata
 * @param recharge the recharge to pay for; part of the provider's metadata
 * @param attempt part of the idempotency key and of the provider's metadata
 * @param customerId the provider's customer
 * @param paymentMethodId the payment method to charge
 * @param amount the amount to charge
 * @param description for the provider's dashboard
 * @param firstSentAt when the attempt may have been sent first; look-ups begin a little earlier
 * @param inDoubt whether the outcome of an earlier send of this attempt is unknown
 * @param terms what the charge pays for; part of the provider's metadata; null in a look-up, which sends nothing
 * @param installation the installation that opened the attempt; part of the idempotency key and of the provider's metadata; null for an
 *     attempt from before installations had ids, whose key and metadata have none
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
        @Nullable ChargeTerms terms,
        @Nullable InstallationId installation) {
    /** A request for a look-up of an attempt from before installations had ids. */
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
        this(
                account,
                recharge,
                attempt,
                customerId,
                paymentMethodId,
                amount,
                description,
                firstSentAt,
                inDoubt,
                null,
                null);
    }
}
