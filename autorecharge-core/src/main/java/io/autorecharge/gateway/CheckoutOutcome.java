package io.autorecharge.gateway;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.Money;
import org.jspecify.annotations.Nullable;

/** What is known about a checkout. */
public sealed interface CheckoutOutcome {
    /**
     * The money was captured.
     *
     * @param providerReference the provider's id of the charge
     * @param amount what was captured
     * @param savedMethod the payment method that was saved for later charges, null when none was
     */
    record Paid(
            String providerReference,
            Money amount,
            @Nullable PaymentMethod savedMethod) implements CheckoutOutcome {}

    /** The customer has not paid yet, and still can; or the payment is still processing. */
    record Pending() implements CheckoutOutcome {}

    /** The checkout session expired, or its payment failed permanently: no money will be captured. */
    record Closed(String reason) implements CheckoutOutcome {}
}
