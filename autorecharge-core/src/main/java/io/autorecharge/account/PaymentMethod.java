package io.autorecharge.account;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Text;
import org.jspecify.annotations.Nullable;

/**
 * A saved payment method: the provider's ids and what a person recognizes it by. It never holds card data.
 *
 * @param customerId the provider's id of the customer who owns it
 * @param id the provider's id
 * @param brand such as {@code visa}; null when unknown
 * @param last4 last four digits; null when unknown
 * @param fingerprint the same for every saved copy of one card number; null when unknown
 */
public record PaymentMethod(
        String customerId,
        String id,
        @Nullable String brand,
        @Nullable String last4,
        @Nullable String fingerprint) {
    /** @throws InvalidValueException when a value breaks its rule */
    public PaymentMethod {
        Text.require("customerId", customerId);
        Text.require("paymentMethodId", id);
    }

    /** For logs: leaves out the id that can be charged, and everything about the card except its brand. */
    @Override
    public String toString() {
        return "PaymentMethod[customerId=" + customerId + ", brand=" + brand + "]";
    }

    /** What the card is known by across accounts: its fingerprint, or the id of this method where that is unknown. */
    public String card() {
        return fingerprint == null ? id : fingerprint;
    }

    /** Whether both are the same card, even when it was saved twice. False when a fingerprint is unknown. */
    public boolean sameCardAs(@Nullable String otherFingerprint) {
        return fingerprint != null && fingerprint.equals(otherFingerprint);
    }
}
