package io.autorecharge.spring;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Stripe is called.
 *
 * @param secretKey The secret or restricted key of Stripe's dashboard: sk_test_…, rk_test_…, sk_live_… or rk_live_…. Without it, and without a
 *     Gateway bean, the library does nothing.
 * @param webhookSecret The signing secret of the webhook endpoint: whsec_…. Without it there is no webhook endpoint, and results come by
 *     asking.
 * @param additionalWebhookSecrets Further signing secrets that are accepted while one is replaced by another.
 * @param successUrl Where Stripe's page sends a customer who paid. May hold {CHECKOUT_SESSION_ID}.
 * @param cancelUrl Where Stripe's page sends a customer who turned back.
 * @param apiBase Where Stripe's API is, for tests and simulators. Default https://api.stripe.com.
 * @param connectTimeout How long making a connection may take.
 * @param readTimeout How long one request may take. Five of these must fit into autorecharge.timing.lease.
 * @param pageLife How long a checkout page takes payments.
 * @param webhookTolerance How old, or how far ahead, the timestamp of a webhook may be.
 * @param account The connected account that every call is made for: acct_….
 * @param statementDescriptorSuffix What follows the prefix on the customer's statement.
 * @param productName The line on the checkout page. {credits} stands for the number.
 * @param savingNotice Text next to the pay button of a page that saves the payment method.
 */
record StripeProperties(
        @Nullable String secretKey,
        @Nullable String webhookSecret,
        @DefaultValue List<String> additionalWebhookSecrets,
        @Nullable String successUrl,
        @Nullable String cancelUrl,
        @Nullable String apiBase,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("20s") Duration readTimeout,
        @DefaultValue("1h") Duration pageLife,
        @DefaultValue("5m") Duration webhookTolerance,
        @Nullable String account,
        @Nullable String statementDescriptorSuffix,
        @Nullable String productName,
        @Nullable String savingNotice) {
    /** Shows no secret. */
    @Override
    public String toString() {
        return "StripeProperties[account=" + account + "]";
    }
}
