package io.autorecharge.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a checkout has come.
 *
 * @param sessionId the provider's id of the checkout session; null until the session is created
 * @param state its state
 * @param nextCheckAt when to look it up at the provider; null in a final state
 * @param checks how often it was looked up
 * @param providerReference the provider's id of the charge, when paid
 */
public record CheckoutProgress(
        @Nullable String sessionId,
        CheckoutState state,
        @Nullable Instant nextCheckAt,
        int checks,
        @Nullable String providerReference) {
    /** Offered; its session is not created yet. */
    public static CheckoutProgress offered(Instant nextCheckAt) {
        return new CheckoutProgress(null, CheckoutState.OPEN, nextCheckAt, 0, null);
    }
}
