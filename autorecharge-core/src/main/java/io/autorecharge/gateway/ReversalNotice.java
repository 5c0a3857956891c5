package io.autorecharge.gateway;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Text;
import org.jspecify.annotations.Nullable;

/**
 * A notice that a refund or dispute of a payment was created or changed, or that the card network suspects fraud. It names the payment, but not
 * its current state.
 *
 * @param id the provider's id of this notice; the same as that of the webhook event, where there is one
 * @param type the provider's name for what happened
 * @param providerReference the provider's id of the payment
 * @param warning the provider's id of the fraud warning; null when the notice is about a refund or dispute
 */
public record ReversalNotice(
        String id,
        String type,
        String providerReference,
        @Nullable String warning) {
    /** A notice about a refund or dispute. */
    public ReversalNotice(String id, String type, String providerReference) {
        this(id, type, providerReference, null);
    }

    /** @throws InvalidValueException when a value breaks its rule */
    public ReversalNotice {
        Text.require("noticeId", id);
        Text.require("type", type);
        Text.require("providerReference", providerReference);
        if (warning != null) {
            Text.require("warning", warning);
        }
    }
}
