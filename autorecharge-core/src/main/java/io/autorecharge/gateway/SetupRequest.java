package io.autorecharge.gateway;

import io.autorecharge.account.MethodPlace;
import io.autorecharge.credit.AccountId;
import java.time.Instant;
import java.util.Currency;

/**
 * A checkout in which the customer adds a payment method and buys nothing, as it was fixed when it was offered. A second request is identical to
 * the first.
 *
 * @param account whose method it will be; part of the provider's metadata
 * @param checkout the library's id; part of the idempotency key and of the provider's metadata
 * @param customerId the provider's customer
 * @param place where the method takes its place; part of the provider's metadata
 * @param currency in which the method will be charged later; a method that cannot pay in it is not offered
 * @param offeredAt when it was offered; the session's lifetime starts here, so that a second request is identical
 * @param installation the installation that offered it; part of the idempotency key and of the provider's metadata
 */
public record SetupRequest(
        AccountId account,
        CheckoutId checkout,
        String customerId,
        MethodPlace place,
        Currency currency,
        Instant offeredAt,
        InstallationId installation) {
    /** What the provider's metadata says about it. */
    public CheckoutTerms terms() {
        return CheckoutTerms.saving(place);
    }
}
