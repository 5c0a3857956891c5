package io.autorecharge.gateway;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.Money;
import org.jspecify.annotations.Nullable;

/** What is known of a purchase on the provider's page. */
public sealed interface CheckoutOutcome {
    /**
     * The money was captured.
     *
     * @param providerReference the provider's id of the charge
     * @param amount what was captured
     * @param savedMethod the method that was kept for later, null when none was
     */
    record Paid(
            String providerReference,
            Money amount,
            @Nullable PaymentMethod savedMethod) implements CheckoutOutcome {}

    /** The customer has not paid yet, and still can; or the payment is on its way. */
    record Pending() implements CheckoutOutcome {}

    /** The page ran out, or its payment failed for good: no money will come from it. */
    record Closed(String reason) implements CheckoutOutcome {}
}
