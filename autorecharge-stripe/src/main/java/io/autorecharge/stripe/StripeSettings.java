package io.autorecharge.stripe;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of the Stripe adapter. Immutable; {@link #toString()} contains no secret.
 *
 * <p>The prefix of the secret key determines the mode: {@code sk_test_} and {@code rk_test_} mean test mode, {@code sk_live_} and
 * {@code rk_live_} mean live mode. Responses and events of the other mode are rejected.
 */
public final class StripeSettings {
    /** The time limit for opening a connection. */
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /**
     * The time limit for one request, from opening the connection to the last byte of the response. A charge rarely needs more than four
     * consecutive requests, and five of them fit into the engine's lease of two minutes.
     */
    public static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(20);

    /** How long a checkout session accepts payments. */
    public static final Duration DEFAULT_CHECKOUT_LIFETIME = Duration.ofHours(1);

    /** How far a webhook's timestamp may differ from the clock, in either direction; this is also Stripe's default. */
    public static final Duration DEFAULT_WEBHOOK_TOLERANCE = Duration.ofMinutes(5);

    /** The text next to the pay button of a checkout session that saves the payment method. */
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
    private final Set<String> savedMethodTypes;
    private final FailureCodes failureCodes;

    private StripeSettings(Builder from) {
        this.secretKey = SettingsValidation.secretKey(from.secretKey);
        boolean live = SettingsValidation.isLive(secretKey);
        this.webhookSecrets = SettingsValidation.webhookSecrets(from.webhookSecrets);
        this.successUrl = SettingsValidation.returnUrl("successUrl", from.successUrl, live);
        this.cancelUrl = SettingsValidation.returnUrl("cancelUrl", from.cancelUrl, live);
        this.connectTimeout = SettingsValidation.timeout("connectTimeout", from.connectTimeout);
        this.readTimeout = SettingsValidation.timeout("readTimeout", from.readTimeout);
        this.checkoutLifetime = SettingsValidation.between(
                "checkoutLifetime", from.checkoutLifetime, Duration.ofMinutes(35), Duration.ofHours(24));
        this.webhookTolerance = SettingsValidation.between(
                "webhookTolerance", from.webhookTolerance, Duration.ofSeconds(10), Duration.ofHours(1));
        this.apiBase = SettingsValidation.apiBase(from.apiBase, live);
        this.stripeAccount = SettingsValidation.stripeAccount(from.stripeAccount);
        this.statementDescriptorSuffix = SettingsValidation.descriptorSuffix(from.statementDescriptorSuffix);
        this.productName = SettingsValidation.productName(from.productName);
        this.savingNotice = SettingsValidation.savingNotice(from.savingNotice);
        this.savedMethodTypes = SavedMethodTypes.checked(from.savedMethodTypes);
        this.failureCodes = Objects.requireNonNull(from.failureCodes, "failureCodes");
    }

    /**
     * Starts with the required settings.
     *
     * @param secretKey from Stripe's dashboard; a restricted key needs write permission for PaymentIntents, Checkout Sessions and
     *     Customers, and read permission for PaymentMethods, Charges, Disputes and Events
     * @param successUrl where Stripe redirects a customer who paid; may contain <code>{CHECKOUT_SESSION_ID}</code>. Take it from
     *     configuration, never from the headers of a request
     * @param cancelUrl where Stripe redirects a customer who cancelled
     */
    public static Builder builder(String secretKey, String successUrl, String cancelUrl) {
        return new Builder(secretKey, successUrl, cancelUrl);
    }

    /** Whether the secret key is a live key, so that charges move real money. */
    public boolean isLive() {
        return SettingsValidation.isLive(secretKey);
    }

    /** Whether there is a webhook secret, so that webhooks can be verified. */
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

    Set<String> savedMethodTypes() {
        return savedMethodTypes;
    }

    FailureCodes failureCodes() {
        return failureCodes;
    }

    @Override
    public String toString() {
        return "StripeSettings[secretKey=" + SettingsValidation.masked(secretKey) + ", webhookSecrets="
                + webhookSecrets.size()
                + ", successUrl=" + successUrl + ", cancelUrl=" + cancelUrl + ", connectTimeout=" + connectTimeout
                + ", readTimeout=" + readTimeout + ", checkoutLifetime=" + checkoutLifetime + ", webhookTolerance="
                + webhookTolerance
                + ", apiBase=" + apiBase + ", stripeAccount=" + stripeAccount + ", statementDescriptorSuffix="
                + statementDescriptorSuffix + "]";
    }

    /** Collects the settings; {@link #build()} validates them. Not thread-safe. */
    public static final class Builder {
        private final String secretKey;
        private final String successUrl;
        private final String cancelUrl;
        private List<String> webhookSecrets = List.of();
        private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
        private Duration readTimeout = DEFAULT_READ_TIMEOUT;
        private Duration checkoutLifetime = DEFAULT_CHECKOUT_LIFETIME;
        private Duration webhookTolerance = DEFAULT_WEBHOOK_TOLERANCE;
        private String apiBase = STRIPE;
        private @Nullable String stripeAccount;
        private @Nullable String statementDescriptorSuffix;
        private String productName = "{credits} credits";
        private String savingNotice = DEFAULT_SAVING_NOTICE;
        private Collection<String> savedMethodTypes = SavedMethodTypes.DEFAULT;
        private FailureCodes failureCodes = FailureCodes.ofDefaults();

        private Builder(String secretKey, String successUrl, String cancelUrl) {
            this.secretKey = secretKey;
            this.successUrl = successUrl;
            this.cancelUrl = cancelUrl;
        }

        /** The signing secrets of the webhook endpoint ({@code whsec_…}): one, or the old and the new one while the secret is rolled. */
        public Builder webhookSecrets(List<String> value) {
            this.webhookSecrets = value;
            return this;
        }

        /** Defaults to {@link #DEFAULT_CONNECT_TIMEOUT}. */
        public Builder connectTimeout(Duration value) {
            this.connectTimeout = value;
            return this;
        }

        /** Defaults to {@link #DEFAULT_READ_TIMEOUT}. Five times this must fit into the engine's lease. */
        public Builder readTimeout(Duration value) {
            this.readTimeout = value;
            return this;
        }

        /**
         * Between 35 minutes and 24 hours; Stripe rejects a session that expires within 30 minutes. Defaults to
         * {@link #DEFAULT_CHECKOUT_LIFETIME}.
         */
        public Builder checkoutLifetime(Duration value) {
            this.checkoutLifetime = value;
            return this;
        }

        /** Between 10 seconds and 1 hour. Defaults to {@link #DEFAULT_WEBHOOK_TOLERANCE}. */
        public Builder webhookTolerance(Duration value) {
            this.webhookTolerance = value;
            return this;
        }

        /** The base URL of the API, for tests and simulators. Plain HTTP is allowed only on this machine and only with a test key. */
        public Builder apiBase(String value) {
            this.apiBase = value;
            return this;
        }

        /** The connected account ({@code acct_…}) for all calls; null means the account of the key. */
        public Builder stripeAccount(@Nullable String value) {
            this.stripeAccount = value;
            return this;
        }

        /**
         * The text after the account's prefix on the customer's statement; null means Stripe's default. It is part of the parameters that
         * Stripe stores with the idempotency key: if it changes while an attempt is in doubt, that attempt is looked up instead of being
         * sent again.
         */
        public Builder statementDescriptorSuffix(@Nullable String value) {
            this.statementDescriptorSuffix = value;
            return this;
        }

        /** The name of the product at checkout; <code>{credits}</code> stands for the number of credits. */
        public Builder productName(String value) {
            this.productName = value;
            return this;
        }

        /**
         * The consent text of a checkout session that saves the payment method, at most 1,200 characters. Defaults to
         * {@link #DEFAULT_SAVING_NOTICE}.
         */
        public Builder savingNotice(String value) {
            this.savingNotice = value;
            return this;
        }

        /**
         * The types of payment methods, in Stripe's words, that a checkout offers which saves the method for later charges; of these, it shows those
         * that are activated in Stripe's dashboard. Types that cannot be charged later are refused. Defaults to {@code card}, {@code link},
         * {@code sepa_debit} and {@code us_bank_account}. A checkout that saves nothing offers every activated type.
         */
        public Builder savedMethodTypes(Collection<String> value) {
            this.savedMethodTypes = value;
            return this;
        }

        /** What Stripe's codes mean for the next attempt. Defaults to {@link FailureCodes#ofDefaults}. */
        public Builder failureCodes(FailureCodes value) {
            this.failureCodes = value;
            return this;
        }

        /** @throws io.autorecharge.credit.InvalidValueException with the name of the builder method; never with the value of a secret */
        public StripeSettings build() {
            return new StripeSettings(this);
        }
    }
}
