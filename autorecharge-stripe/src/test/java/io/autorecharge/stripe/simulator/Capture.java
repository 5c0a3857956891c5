package io.autorecharge.stripe.simulator;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A captured payment.
 *
 * @param amount in the currency's smallest unit
 * @param paymentMethod the id of the payment method that was charged
 * @param idempotencyKey the key of the request that captured the payment; null if the customer paid at checkout
 * @param metadata of the PaymentIntent
 */
public record Capture(
        Instant at,
        String chargeId,
        String paymentIntentId,
        long amount,
        String currency,
        @Nullable String customer,
        String paymentMethod,
        @Nullable String idempotencyKey,
        Map<String, String> metadata) {

    JsonObject json() {
        return new JsonObject()
                .with("at", at.toString())
                .with("charge", chargeId)
                .with("payment_intent", paymentIntentId)
                .with("amount", amount)
                .with("currency", currency)
                .with("customer", customer)
                .with("payment_method", paymentMethod)
                .with("idempotency_key", idempotencyKey)
                .with("metadata", metadata);
    }
}
