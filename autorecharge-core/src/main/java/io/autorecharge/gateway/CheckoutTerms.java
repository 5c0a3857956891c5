package io.autorecharge.gateway;

import io.autorecharge.credit.Text;
import org.jspecify.annotations.Nullable;

/**
 * What a page sells. It goes into the provider's metadata, so that the purchase can be written down again by a database that has forgotten
 * it.
 *
 * @param credits what is bought
 * @param enable whether the purchase switches auto-recharge on, with its package
 * @param consentVersion the text that the user agreed to; null when the act was no agreement
 * @param recovers the attempt that wanted the customer present, whose recharge this pays; null for a purchase of its own
 */
public record CheckoutTerms(
        int credits,
        boolean enable,
        @Nullable String consentVersion,
        @Nullable AttemptId recovers) {
    /** @throws IllegalArgumentException naming the field and the value */
    public CheckoutTerms {
        if (credits < 0) {
            throw new IllegalArgumentException("credits must not be negative: " + credits);
        }
        if (consentVersion != null) {
            Text.require("consent version", consentVersion);
        }
    }

    /** A purchase that changes no setting. */
    public static CheckoutTerms of(int credits) {
        return new CheckoutTerms(credits, false, null, null);
    }
}
