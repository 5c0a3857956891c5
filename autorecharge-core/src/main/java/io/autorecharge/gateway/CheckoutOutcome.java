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

    /**
     * The customer completed a checkout that adds a payment method; no money was captured.
     *
     * @param providerReference the provider's id of what saved it
     * @param method the payment method; null when none can be charged later
     */
    record Saved(String providerReference, @Nullable PaymentMethod method) implements CheckoutOutcome {
        /** Without the payment method, which must not be logged. */
        @Override
        public String toString() {
            return method == null ? "saved nothing" : "saved as " + providerReference;
        }
    }

    /** The customer has not completed it yet, and still can; or the payment is still processing. */
    record Pending() implements CheckoutOutcome {}

    /** The checkout session expired, or its payment failed permanently: no money will be captured, and no method saved. */
    record Closed(String reason) implements CheckoutOutcome {}
}
