package io.autorecharge.gateway;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A purchase that the customer makes in the provider's checkout, as it was fixed when it was offered. A second request is identical to the
 * first.
 *
 * @param account whose purchase; part of the provider's metadata
 * @param checkout the library's id; part of the idempotency key and of the provider's metadata
 * @param customerId the provider's customer
 * @param terms what is bought; part of the provider's metadata
 * @param price the amount to pay
 * @param saveMethod whether the payment method is saved for charges while the customer is absent
 * @param offeredAt when it was offered; the session's lifetime starts here, so that a second request is identical
 * @param installation the installation that offered it; part of the idempotency key and of the provider's metadata; null for a checkout from
 *     before installations had ids, whose key and metadata have none
 */
public record CheckoutRequest(
        AccountId account,
        CheckoutId checkout,
        String customerId,
        CheckoutTerms terms,
        Money price,
        boolean saveMethod,
        Instant offeredAt,
        @Nullable InstallationId installation) {
    /** A purchase that changes no setting, from before installations had ids. */
    public CheckoutRequest(
            AccountId account,
            CheckoutId checkout,
            String customerId,
            int credits,
            Money price,
            boolean saveMethod,
            Instant offeredAt) {
        this(account, checkout, customerId, CheckoutTerms.of(credits), price, saveMethod, offeredAt, null);
    }

    /** The credits of the package that is bought. */
    public int credits() {
        return terms.credits();
    }
}
