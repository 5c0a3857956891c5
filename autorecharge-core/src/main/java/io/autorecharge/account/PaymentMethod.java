package io.autorecharge.account;

import io.autorecharge.credit.Text;
import org.jspecify.annotations.Nullable;

/**
 * A saved payment method: the provider's ids and what a person recognises it by; never card data.
 *
 * @param customerId the provider's id of the customer who owns it
 * @param id the provider's id
 * @param brand such as {@code visa}; null when unknown
 * @param last4 last four digits; null when unknown
 * @param fingerprint the same for the same card number, however often it is saved; null when unknown
 */
public record PaymentMethod(
        String customerId,
        String id,
        @Nullable String brand,
        @Nullable String last4,
        @Nullable String fingerprint) {
    /** @throws IllegalArgumentException naming the field and the value */
    public PaymentMethod {
        Text.require("customer id", customerId);
        Text.require("payment method id", id);
    }

    /** For logs: neither an id that money can be taken with nor anything of the card but its brand. */
    @Override
    public String toString() {
        return "PaymentMethod[customerId=" + customerId + ", brand=" + brand + "]";
    }

    /** Whether both are the same card, saved once or twice. */
    public boolean sameCardAs(@Nullable String otherFingerprint) {
        return fingerprint != null && fingerprint.equals(otherFingerprint);
    }
}
