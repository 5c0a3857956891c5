package io.autorecharge.spring;

import io.autorecharge.stripe.StripeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the Stripe settings of the properties. */
final class StripeFactory {
    private static final Logger log = LoggerFactory.getLogger(StripeFactory.class);

    /** The adapter has one list of secrets, of which the properties give the first a name of its own. */
    private static final Pattern WEBHOOK_SECRET = Pattern.compile("^webhookSecrets\\[(\\d+)]");

    private final AutoRechargeProperties.Stripe properties;
    private final String localPort;

    /** @param localPort where this application listens, for pages to come back to while it is tried out */
    StripeFactory(AutoRechargeProperties.Stripe properties, String localPort) {
        this.properties = properties;
        this.localPort = localPort;
    }

    StripeSettings settings() {
        try {
            return builder().build();
        } catch (IllegalArgumentException e) {
            // Not by an exception that makes Spring Boot print the property's value: it may be a secret.
            throw new IllegalArgumentException("autorecharge.stripe." + propertyNames(e.getMessage()), e);
        }
    }

    private StripeSettings.Builder builder() {
        StripeSettings.Builder builder = StripeSettings.builder(
                        String.valueOf(properties.secretKey()),
                        page("success-url", properties.successUrl()),
                        page("cancel-url", properties.cancelUrl()))
                .webhookSecrets(webhookSecrets(properties))
                .connectTimeout(properties.connectTimeout())
                .readTimeout(properties.readTimeout())
                .checkoutLifetime(properties.checkoutLifetime())
                .webhookTolerance(properties.webhookTolerance())
                .stripeAccount(text(properties.account()))
                .statementDescriptorSuffix(text(properties.statementDescriptorSuffix()));
        set(properties.apiBase(), builder::apiBase);
        set(properties.productName(), builder::productName);
        set(properties.savingNotice(), builder::savingNotice);
        return builder;
    }

    /** With a test key an application runs without these; with real money its customers must be sent somewhere that was thought about. */
    private String page(String name, @Nullable String configured) {
        String url = text(configured);
        if (url != null) {
            return url;
        }
        if (String.valueOf(properties.secretKey()).startsWith("live_", 3)) {
            throw new IllegalArgumentException(name + " is missing, and the key is a live one");
        }
        String local = "http://localhost:" + localPort + "/";
        log.warn("autorecharge.stripe.{} is missing: until it is set, customers come back to {}", name, local);
        return local;
    }

    static List<String> webhookSecrets(AutoRechargeProperties.Stripe properties) {
        List<String> secrets = new ArrayList<>();
        set(properties.webhookSecret(), secrets::add);
        secrets.addAll(properties.additionalWebhookSecrets());
        return secrets;
    }

    private static void set(@Nullable String value, Consumer<String> setter) {
        String text = text(value);
        if (text != null) {
            setter.accept(text);
        }
    }

    /** An empty value, as of an environment variable that is not set, is none. */
    private static @Nullable String text(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }

    /** The adapter's {@code successUrl is …} as {@code success-url is …}. */
    private String propertyNames(@Nullable String message) {
        Matcher secret = WEBHOOK_SECRET.matcher(String.valueOf(message));
        if (secret.find()) {
            int place = Integer.parseInt(secret.group(1)) - (text(properties.webhookSecret()) == null ? 0 : 1);
            return (place < 0 ? "webhook-secret" : "additional-webhook-secrets[" + place + "]")
                    + String.valueOf(message).substring(secret.end());
        }
        String[] parts = String.valueOf(message).split("(?=[ \\[])", 2);
        String name = parts[0].replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
        String known = name.equals("stripe-account") ? "account" : name;
        return known + (parts.length > 1 ? parts[1] : "");
    }
}
