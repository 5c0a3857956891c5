package io.autorecharge.gateway;

import io.autorecharge.account.MethodPlace;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Range;
import io.autorecharge.credit.Text;
import org.jspecify.annotations.Nullable;

/**
 * What a checkout sells. It is part of the provider's metadata, so that a database that lost the purchase can restore it.
 *
 * @param credits the credits of the package that is bought
 * @param enable whether the purchase switches auto-recharge on, with its package
 * @param consentVersion the version of the text that the user agreed to; null when the purchase includes no agreement
 * @param recovers the attempt that needed the customer's authentication, whose recharge this pays for; null for any other purchase
 * @param saves where the payment method takes its place that the customer adds without buying; null for a purchase
 */
public record CheckoutTerms(
        int credits,
        boolean enable,
        @Nullable String consentVersion,
        @Nullable AttemptId recovers,
        @Nullable MethodPlace saves) {
    /** @throws InvalidValueException when a value breaks its rule */
    public CheckoutTerms {
        Range.atLeast("credits", credits, 0);
        if (consentVersion != null) {
            Text.require("consentVersion", consentVersion);
        }
    }

    /** A purchase. */
    public CheckoutTerms(int credits, boolean enable, @Nullable String consentVersion, @Nullable AttemptId recovers) {
        this(credits, enable, consentVersion, recovers, null);
    }

    /** A checkout that adds a payment method, and sells nothing. */
    public static CheckoutTerms saving(MethodPlace place) {
        return new CheckoutTerms(0, false, null, null, place);
    }

    /** A purchase that changes no setting. */
    public static CheckoutTerms of(int credits) {
        return new CheckoutTerms(credits, false, null, null);
    }
}
