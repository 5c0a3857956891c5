package io.autorecharge.gateway;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;

/**
 * A purchase that the customer makes on the provider's page.
 *
 * @param account whose purchase; goes into the provider's metadata
 * @param checkout our id; the idempotency key, and in the provider's metadata
 * @param customerId the provider's customer
 * @param credits what is bought, for the page
 * @param price what it costs
 * @param saveMethod whether the payment method is kept for charges without the customer
 */
public record CheckoutRequest(
        AccountId account, CheckoutId checkout, String customerId, int credits, Money price, boolean saveMethod) {}
