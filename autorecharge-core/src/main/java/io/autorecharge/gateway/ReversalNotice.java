package io.autorecharge.gateway;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Text;

/**
 * A notice that a refund or dispute of a payment was created or changed. It names the payment, but not its current state.
 *
 * @param id the provider's id of this notice; the same as that of the webhook event, where there is one
 * @param type the provider's name for what happened
 * @param providerReference the provider's id of the payment
 */
public record ReversalNotice(String id, String type, String providerReference) {
    /** @throws InvalidValueException when a value breaks its rule */
    public ReversalNotice {
        Text.require("noticeId", id);
        Text.require("type", type);
        Text.require("providerReference", providerReference);
    }
}
