package io.autorecharge.spring;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.stripe.FailureCodes;
import io.autorecharge.stripe.StripeSettings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the Stripe settings from the properties. */
final class StripeFactory {
    private static final Logger log = LoggerFactory.getLogger(StripeFactory.class);

    private final AutoRechargeProperties.Stripe properties;
    private final FailureCodes codes;
    private final String localPort;

    /** @param localPort where this application listens; the default addresses of a test key use it */
    StripeFactory(AutoRechargeProperties.Stripe properties, FailureCodes codes, String localPort) {
        this.properties = properties;
        this.codes = codes;
        this.localPort = localPort;
    }

    StripeSettings settings() {
        try {
            return builder().build();
        } catch (InvalidValueException e) {
            // Not the exception of which Spring Boot prints the property's value: it may be a secret.
            throw e.named("autorecharge.stripe." + propertyOf(e.field()));
        }
    }

    private StripeSettings.Builder builder() {
        StripeSettings.Builder builder = StripeSettings.builder(
                        String.valueOf(properties.secretKey()),
                        address("success-url", properties.successUrl()),
                        address("cancel-url", properties.cancelUrl()))
                .webhookSecrets(List.copyOf(webhookSecrets().values()))
                .connectTimeout(properties.connectTimeout())
                .readTimeout(properties.readTimeout())
                .checkoutLifetime(properties.checkoutLifetime())
                .webhookTolerance(properties.webhookTolerance())
                .failureCodes(codes)
                .stripeAccount(text(properties.account()))
                .statementDescriptorSuffix(text(properties.statementDescriptorSuffix()));
        set(properties.apiBase(), builder::apiBase);
        set(properties.productName(), builder::productName);
        set(properties.savingNotice(), builder::savingNotice);
        if (!properties.savedMethodTypes().isEmpty()) {
            builder.savedMethodTypes(properties.savedMethodTypes());
        }
        return builder;
    }

    /**
     * With a test key both addresses have a default. A live application must configure where its customers return to.
     */
    private String address(String name, @Nullable String configured) {
        String url = text(configured);
        if (url != null) {
            return url;
        }
        if (String.valueOf(properties.secretKey()).startsWith("live_", 3)) {
            throw new IllegalStateException("autorecharge.stripe." + name + " is missing, and the key is a live one");
        }
        String local = "http://localhost:" + localPort + "/";
        log.warn("autorecharge.stripe.{} is missing: until it is set, customers return to {}", name, local);
        return local;
    }

    /** All accepted secrets, in order, by the names of their properties. The adapter has one list for them. */
    private Map<String, String> webhookSecrets() {
        Map<String, String> secrets = new LinkedHashMap<>();
        set(properties.webhookSecret(), secret -> secrets.put("webhook-secret", secret));
        List<String> additional = properties.additionalWebhookSecrets();
        for (int i = 0; i < additional.size(); i++) {
            secrets.put("additional-webhook-secrets[" + i + "]", additional.get(i));
        }
        return secrets;
    }

    private String propertyOf(String field) {
        Map<String, String> renamed = new HashMap<>(Map.of("stripeAccount", "account"));
        int place = 0;
        for (String secret : webhookSecrets().keySet()) {
            renamed.put("webhookSecrets[" + place++ + "]", secret);
        }
        return renamed.getOrDefault(field, PropertyErrors.dashed(field));
    }

    private static void set(@Nullable String value, Consumer<String> setter) {
        String text = text(value);
        if (text != null) {
            setter.accept(text);
        }
    }

    /** An empty value, as from an environment variable that is not set, counts as none. */
    private static @Nullable String text(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }
}
