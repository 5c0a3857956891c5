package io.autorecharge.gateway;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is sent for one attempt, as it was fixed when the attempt was claimed. A second send is identical to the first.
 *
 * @param account whose recharge; part of the provider's metadata
 * @param recharge the recharge to pay for; part of the provider's metadata
 * @param attempt part of the idempotency key and of the provider's metadata
 * @param number 1, 2 … within the recharge; part of the provider's metadata when it is greater than 1, together with the payment method
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
        int number,
        String customerId,
        String paymentMethodId,
        Money amount,
        String description,
        Instant firstSentAt,
        boolean inDoubt,
        @Nullable ChargeTerms terms,
        @Nullable InstallationId installation) {
    /** @throws InvalidValueException when the number is less than 1 */
    public ChargeRequest {
        if (number < 1) {
            throw new InvalidValueException("number", number, "must be at least 1");
        }
    }

    /** The first attempt of a recharge. */
    public ChargeRequest(
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
        this(
                account,
                recharge,
                attempt,
                1,
                customerId,
                paymentMethodId,
                amount,
                description,
                firstSentAt,
                inDoubt,
                terms,
                installation);
    }

    /** A request for a look-up of a first attempt from before installations had ids. */
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
                1,
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
