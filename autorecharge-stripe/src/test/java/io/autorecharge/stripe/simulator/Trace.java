package io.autorecharge.stripe.simulator;

import org.jspecify.annotations.Nullable;

/** The request that caused an event or a charge; both ids are null if the customer or Stripe caused it. */
record Trace(@Nullable String requestId, @Nullable String idempotencyKey) {

    static final Trace NONE = new Trace(null, null);
}
