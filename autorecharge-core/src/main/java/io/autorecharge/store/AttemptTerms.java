package io.autorecharge.store;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.RechargeId;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt sends to the provider. Frozen when the attempt is claimed, so that every further request is identical to the first.
 *
 * @param account the account that is recharged
 * @param recharge the decision that the attempt serves
 * @param id the attempt's id, which is part of its idempotency key
 * @param number 1, 2 … within the recharge
 * @param customerId the provider's customer
 * @param paymentMethodId the provider's payment method
 * @param fingerprint of the card; null if unknown
 * @param amount what is charged
 * @param description shown in the provider's dashboard
 * @param installation the installation that opened the attempt; null for one from before installations had ids
 */
public record AttemptTerms(
        AccountId account,
        RechargeId recharge,
        AttemptId id,
        int number,
        String customerId,
        String paymentMethodId,
        @Nullable String fingerprint,
        Money amount,
        String description,
        @Nullable InstallationId installation) {
    /** The first attempt of a recharge. */
    public static AttemptTerms first(
            Recharge recharge, AttemptId id, PaymentMethod method, String description, InstallationId installation) {
        return of(recharge, id, 1, method, description, installation);
    }

    /** An attempt of a recharge. */
    public static AttemptTerms of(
            Recharge recharge,
            AttemptId id,
            int number,
            PaymentMethod method,
            String description,
            InstallationId installation) {
        return new AttemptTerms(
                recharge.account(),
                recharge.id(),
                id,
                number,
                method.customerId(),
                method.id(),
                method.fingerprint(),
                recharge.price(),
                description,
                installation);
    }
}
