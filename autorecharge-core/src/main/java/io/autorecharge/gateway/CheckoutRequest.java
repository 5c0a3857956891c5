package io.autorecharge.gateway;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import java.time.Instant;

/**
 * A purchase that the customer makes on the provider's page, as it was frozen when it was offered: asked for again, it is the same to the
 * letter.
 *
 * @param account whose purchase; goes into the provider's metadata
 * @param checkout our id; the idempotency key, and in the provider's metadata
 * @param customerId the provider's customer
 * @param terms what is bought; goes into the provider's metadata
 * @param price what it costs
 * @param saveMethod whether the payment method is kept for charges without the customer
 * @param offeredAt when it was offered; the page's life counts from here, so that asking again asks for the same
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

    /** What is bought, for the page. */
    public int credits() {
        return terms.credits();
    }
}
