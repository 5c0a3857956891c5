package io.autorecharge.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;

/** Tells customers who were deleted from those whom this key has never seen: these are of another mode or account, and nobody is to blame. */
final class Customers {
    private final StripeClient client;

    Customers(StripeClient client) {
        this.client = client;
    }

    /** Stripe answers for a customer who was deleted, and refuses to for one it does not know. */
    boolean isDeleted(String id) throws StripeException {
        return Boolean.TRUE.equals(
                PaymentIntents.complete(client.v1().customers().retrieve(id)).getDeleted());
    }
}
