/**
 * Charges, purchases and webhooks with Stripe: {@link io.autorecharge.stripe.StripeSettings} makes a
 * {@link io.autorecharge.stripe.StripeGateway}, and both make a {@link io.autorecharge.stripe.StripeWebhook}.
 */
@NullMarked
package io.autorecharge.stripe;

import org.jspecify.annotations.NullMarked;
