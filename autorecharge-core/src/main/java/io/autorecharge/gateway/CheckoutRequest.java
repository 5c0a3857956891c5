package io.autorecharge.gateway;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import java.time.Instant;

/**
 * A purchase that the customer makes in the provider's checkout, as it was fixed when it was offered. A second request is identical to the
 * first.
 *
 * @param account whose purchase; part of the provider's metadata
 * @param checkout the library's id; the idempotency key, and part of the provider's metadata
 * @param customerId the provider's customer
 * @param terms what is bought; part of the provider's metadata
 * @param price the amount to pay
 * @param saveMethod whether the payment method is saved for charges while the customer is absent
 * @param offeredAt when it was offered; the session's lifetime starts here, so that a second request is identical
 */
public record CheckoutRequest(
        AccountId account,
        CheckoutId checkout,
        String customerId,
        CheckoutTerms terms,
        Money price,
        boolean saveMethod,
        Instant offeredAt) {
    /** A purchase that changes no setting. */
    public CheckoutRequest(
            AccountId account,
            CheckoutId checkout,
            String customerId,
            int credits,
            Money price,
            boolean saveMethod,
            Instant offeredAt) {
        this(account, checkout, customerId, CheckoutTerms.of(credits), price, saveMethod, offeredAt);
    }

    /** The credits of the package that is bought. */
    public int credits() {
        return terms.credits();
    }
}
