/**
 * The Stripe adapter: charges, checkout sessions, refunds, disputes and webhooks. Create a {@link io.autorecharge.stripe.StripeGateway}
 * from {@link io.autorecharge.stripe.StripeSettings}, and a {@link io.autorecharge.stripe.StripeWebhook} from both and a clock. A webhook
 * call results in a {@link io.autorecharge.stripe.WebhookResult}.
 *
 * <p>Everything that knows Stripe's API, its error codes or its currencies belongs here. Decisions about accounts, credits and limits
 * belong to the core, and HTTP endpoints to the host or to the Spring starter. All other types are package-private.
 */
@NullMarked
package io.autorecharge.stripe;

import org.jspecify.annotations.NullMarked;
