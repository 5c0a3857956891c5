package io.autorecharge.stripe;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How this library talks to Stripe. Immutable; {@link #toString()} shows no secret.
 *
 * <p>The key's prefix says the mode ({@code sk_test_}, {@code rk_test_}: test; {@code sk_live_}, {@code rk_live_}: live), and whatever Stripe
 * answers or reports in the other mode is not believed.
 */
public final class StripeSettings {
    /** How long making a connection may take. */
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /**
     * How long one request may take until the last byte of its answer, connecting included. A charge rarely makes more than
     * four requests in a row, and five of these stay under the two minutes of the engine's lease.
     */
    public static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(20);

    /** How long a checkout page takes payments. */
    public static final Duration DEFAULT_PAGE_LIFE = Duration.ofHours(1);

    /** How old, or how far ahead, a webhook's timestamp may be; Stripe's own default. */
    public static final Duration DEFAULT_WEBHOOK_TOLERANCE = Duration.ofMinutes(5);

    /** What is told next to the pay button of a page that saves the payment method. */
    public static final String DEFAULT_SAVING_NOTICE =
            "Your payment method is saved. It is charged for further credits, without you, each"
                    + " time your balance falls below your threshold, for the package you chose, until you switch auto-recharge off.";

    private static final String STRIPE = "https://api.stripe.com";

    private final String secretKey;
    private final List<String> webhookSecrets;
    private final String successUrl;
    private final String cancelUrl;
    private final Duration connectTimeout;
    private final Duration readTimeout;
    private final Duration checkoutLifetime;
    private final Duration webhookTolerance;
    private final URI apiBase;
    private final @Nullable String stripeAccount;
    private final @Nullable String statementDescriptorSuffix;
    private final String productName;
    private final String savingNotice;

    private StripeSettings(Builder from) {
        this.secretKey = SettingsRules.secretKey(from.secretKey);
        boolean live = SettingsRules.isLive(secretKey);
        this.webhookSecrets = SettingsRules.webhookSecrets(from.webhookSecrets);
        this.successUrl = SettingsRules.returnUrl("successUrl", from.successUrl, live);
        this.cancelUrl = SettingsRules.returnUrl("cancelUrl", from.cancelUrl, live);
        this.connectTimeout = SettingsRules.timeout("connectTimeout", from.connectTimeout);
        this.readTimeout = SettingsRules.timeout("readTimeout", from.readTimeout);
        this.checkoutLifetime = SettingsRules.between(
                "checkoutLifetime", from.checkoutLifetime, Duration.ofMinutes(35), Duration.ofHours(24));
        this.webhookTolerance = SettingsRules.between(
                "webhookTolerance", from.webhookTolerance, Duration.ofSeconds(10), Duration.ofHours(1));
        this.apiBase = SettingsRules.apiBase(from.apiBase, live);
        this.stripeAccount = SettingsRules.stripeAccount(from.stripeAccount);
        this.statementDescriptorSuffix = SettingsRules.descriptorSuffix(from.statementDescriptorSuffix);
        this.productName = SettingsRules.productName(from.productName);
        this.savingNotice = SettingsRules.savingNotice(from.savingNotice);
    }

    /**
     * Begins with what is required.
     *
     * @param secretKey of Stripe's dashboard; a restricted key needs to read and write PaymentIntents, Checkout Sessions and Customers and to
     *     read PaymentMethods and Charges
     * @param successUrl where Stripe's page sends a customer who paid; may hold <code>{CHECKOUT_SESSION_ID}</code>. From configuration, never from
     *     a request's headers
     * @param cancelUrl where it sends one who turned back
     */
    public static Builder builder(String secretKey, String successUrl, String cancelUrl) {
        return new Builder(secretKey, successUrl, cancelUrl);
    }

    /** Whether money is real, by the key's prefix. */
    public boolean isLive() {
        return SettingsRules.isLive(secretKey);
    }

    /** Whether webhooks can be verified. */
    public boolean hasWebhookSecret() {
        return !webhookSecrets.isEmpty();
    }

    String secretKey() {
        return secretKey;
    }

    List<String> webhookSecrets() {
        return webhookSecrets;
    }

    String successUrl() {
        return successUrl;
    }

    String cancelUrl() {
        return cancelUrl;
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    Duration readTimeout() {
        return readTimeout;
    }

    Duration checkoutLifetime() {
        return checkoutLifetime;
    }

    Duration webhookTolerance() {
        return webhookTolerance;
    }

    URI apiBase() {
        return apiBase;
    }

    @Nullable
    String stripeAccount() {
        return stripeAccount;
    }

    @Nullable
    String statementDescriptorSuffix() {
        return statementDescriptorSuffix;
    }

    String productName(int credits) {
        return productName.replace("{credits}", Integer.toString(credits));
    }

    String savingNotice() {
        return savingNotice;
    }

    @Override
    public String toString() {
        return "StripeSettings[secretKey=" + SettingsRules.masked(secretKey) + ", webhookSecrets="
                + webhookSecrets.size()
                + ", successUrl=" + successUrl + ", cancelUrl=" + cancelUrl + ", connectTimeout=" + connectTimeout
                + ", readTimeout=" + readTimeout + ", checkoutLifetime=" + checkoutLifetime + ", webhookTolerance="
                + webhookTolerance
                + ", apiBase=" + apiBase + ", stripeAccount=" + stripeAccount + ", statementDescriptorSuffix="
                + statementDescriptorSuffix + "]";
    }

    /** Collects the settings; {@link #build()} checks them. Not for use by several threads. */
    public static final class Builder {
        private final String secretKey;
        private final String successUrl;
        private final String cancelUrl;
        private List<String> webhookSecrets = List.of();
        private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
        private Duration readTimeout = DEFAULT_READ_TIMEOUT;
        private Duration checkoutLifetime = DEFAULT_PAGE_LIFE;
        private Duration webhookTolerance = DEFAULT_WEBHOOK_TOLERANCE;
        private String apiBase = STRIPE;
        private @Nullable String stripeAccount;
        private @Nullable String statementDescriptorSuffix;
        private String productName = "{credits} credits";
        private String savingNotice = DEFAULT_SAVING_NOTICE;

        private Builder(String secretKey, String successUrl, String cancelUrl) {
            this.secretKey = secretKey;
            this.successUrl = successUrl;
            this.cancelUrl = cancelUrl;
        }

        /** The endpoint's signing secrets ({@code whsec_…}): one, or the old and the new one while the secret is rolled. */
        public Builder webhookSecrets(List<String> value) {
            this.webhookSecrets = value;
            return this;
        }

        /** Default {@link #DEFAULT_CONNECT_TIMEOUT}. */
        public Builder connectTimeout(Duration value) {
            this.connectTimeout = value;
            return this;
        }

        /** Default {@link #DEFAULT_READ_TIMEOUT}. Five of these must fit into the engine's lease. */
        public Builder readTimeout(Duration value) {
            this.readTimeout = value;
            return this;
        }

        /** 35 minutes to 24 hours; Stripe takes no page that ends within 30 minutes. Default {@link #DEFAULT_PAGE_LIFE}. */
        public Builder checkoutLifetime(Duration value) {
            this.checkoutLifetime = value;
            return this;
        }

        /** 10 seconds to 1 hour. Default {@link #DEFAULT_WEBHOOK_TOLERANCE}. */
        public Builder webhookTolerance(Duration value) {
            this.webhookTolerance = value;
            return this;
        }

        /** Where the API is, for tests and simulators. Without TLS only on this machine, and only with a test key. */
        public Builder apiBase(String value) {
            this.apiBase = value;
            return this;
        }

        /** The connected account ({@code acct_…}) that every call is made for; null for the key's own. */
        public Builder stripeAccount(@Nullable String value) {
            this.stripeAccount = value;
            return this;
        }

        /**
         * What follows the account's prefix on the customer's statement; null for Stripe's default. It is part of a charge's frozen
         * parameters: changed while an attempt is in doubt, that attempt is looked up instead of being sent again.
         */
        public Builder statementDescriptorSuffix(@Nullable String value) {
            this.statementDescriptorSuffix = value;
            return this;
        }

        /** The line on the page; <code>{credits}</code> stands for the number. */
        public Builder productName(String value) {
            this.productName = value;
            return this;
        }

        /** Consent text on a page that saves the method, at most 1,200 characters. Default {@link #DEFAULT_SAVING_NOTICE}. */
        public Builder savingNotice(String value) {
            this.savingNotice = value;
            return this;
        }

        /** @throws io.autorecharge.credit.InvalidValueException with the name of the builder method; never with the value of a secret */
        public StripeSettings build() {
            return new StripeSettings(this);
        }
    }
}
