package io.autorecharge.spring;

import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Conditions on properties that are often set from an environment variable, and are empty if it is missing. */
final class Conditions {
    static final String SECRET_KEY = "autorecharge.stripe.secret-key";
    static final String WEBHOOK_SECRET = "autorecharge.stripe.webhook-secret";
    static final String ADDITIONAL_SECRETS = "autorecharge.stripe.additional-webhook-secrets";

    private Conditions() {}

    static boolean hasText(Environment environment, String property) {
        return StringUtils.hasText(environment.getProperty(property));
    }

    static boolean hasWebhookSecret(Environment environment) {
        return hasText(environment, WEBHOOK_SECRET)
                || Binder.get(environment)
                        .bind(ADDITIONAL_SECRETS, Bindable.listOf(String.class))
                        .map(secrets -> !secrets.isEmpty())
                        .orElse(false);
    }

    /** A secret key is set. */
    static final class OnSecretKey extends SpringBootCondition {
        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return outcome(hasText(context.getEnvironment(), SECRET_KEY), SECRET_KEY);
        }
    }

    /** At least one webhook secret is set. */
    static final class OnWebhookSecret extends SpringBootCondition {
        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return outcome(hasWebhookSecret(context.getEnvironment()), WEBHOOK_SECRET);
        }
    }

    private static ConditionOutcome outcome(boolean there, String property) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Auto-recharge");
        return there
                ? ConditionOutcome.match(message.found("property").items(List.of(property)))
                : ConditionOutcome.noMatch(message.didNotFind("property").items(List.of(property)));
    }
}
