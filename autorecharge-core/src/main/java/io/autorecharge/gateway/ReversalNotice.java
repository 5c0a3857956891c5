package io.autorecharge.gateway;

import io.autorecharge.credit.Text;

/**
 * Word that a refund or dispute of a payment was made or changed. It tells whom to ask about, and nothing of how things stand.
 *
 * @param id the provider's id of this piece of word; the same that a webhook brings, where there is one
 * @param type the provider's word for what happened
 * @param providerReference the provider's id of the payment
 */
public record ReversalNotice(String id, String type, String providerReference) {
    /** @throws IllegalArgumentException naming the field and the value */
    public ReversalNotice {
        Text.require("notice id", id);
        Text.require("type", type);
        Text.require("provider reference", providerReference);
    }
}
