package io.autorecharge.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;

/** Distinguishes deleted customers from those of another mode or account, which this key has never seen. */
final class Customers {
    private final StripeClient client;

    Customers(StripeClient client) {
        this.client = client;
    }

    /** Stripe returns a deleted customer, but responds with an error for an unknown one. */
    boolean isDeleted(String id) throws StripeException {
        return Boolean.TRUE.equals(
                PaymentIntents.complete(client.v1().customers().retrieve(id)).getDeleted());
    }
}
