package io.autorecharge.account;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Text;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A saved payment method: the provider's ids and what a person recognizes it by. It never holds card data.
 *
 * @param customerId the provider's id of the customer who owns it
 * @param id the provider's id
 * @param brand such as {@code visa}; null when unknown
 * @param last4 last four digits; null when unknown
 * @param fingerprint the same for every saved copy of one card number; null when unknown
 * @param type the provider's type, such as {@code card} or {@code sepa_debit}; null when unknown
 * @param expiry the last month in which a card is valid; null when unknown, or when the method does not expire
 */
public record PaymentMethod(
        String customerId,
        String id,
        @Nullable String brand,
        @Nullable String last4,
        @Nullable String fingerprint,
        @Nullable String type,
        @Nullable YearMonth expiry) {
    /** The longest type that is stored, in characters. */
    public static final int MAX_TYPE = 40;

    /** @throws InvalidValueException when a value breaks its rule */
    public PaymentMethod {
        Text.require("customerId", customerId);
        Text.require("paymentMethodId", id);
        if (type != null && (type.isBlank() || type.length() > MAX_TYPE)) {
            throw new InvalidValueException(
                    "paymentMethodType", type, "must have 1 to " + MAX_TYPE + " characters, or be null");
        }
    }

    /** A payment method whose type and expiry are not known. */
    public PaymentMethod(
            String customerId,
            String id,
            @Nullable String brand,
            @Nullable String last4,
            @Nullable String fingerprint) {
        this(customerId, id, brand, last4, fingerprint, null, null);
    }

    /** The same payment method, with another customer's id. */
    public PaymentMethod withCustomer(String otherCustomerId) {
        return new PaymentMethod(otherCustomerId, id, brand, last4, fingerprint, type, expiry);
    }

    /**
     * Whether the card has expired. Cards are valid until the end of their month, wherever the bank is: a card counts as expired once the
     * month is over in every time zone.
     */
    public boolean isExpired(Instant now) {
        return expiry != null
                && YearMonth.from(now.atOffset(ZoneOffset.ofHours(-12))).isAfter(expiry);
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
