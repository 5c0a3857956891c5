package io.autorecharge.spring;

import io.autorecharge.gateway.Gateway;
import io.autorecharge.stripe.FailureCodes;
import io.autorecharge.stripe.StripeGateway;
import io.autorecharge.stripe.StripeSettings;
import io.autorecharge.stripe.StripeWebhook;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/** Stripe as the payment provider, if a secret key is set. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "autorecharge.enabled", matchIfMissing = true)
@Conditional(Conditions.OnSecretKey.class)
@ConditionalOnMissingBean(Gateway.class)
@EnableConfigurationProperties(AutoRechargeProperties.class)
class StripeAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    FailureCodes autoRechargeFailureCodes() {
        return FailureCodes.ofDefaults();
    }

    @Bean
    @ConditionalOnMissingBean
    StripeSettings autoRechargeStripeSettings(
            AutoRechargeProperties properties, FailureCodes codes, Environment environment) {
        return new StripeFactory(properties.stripe(), codes, environment.getProperty("server.port", "8080")).settings();
    }

    @Bean
    @ConditionalOnMissingBean(Gateway.class)
    StripeGateway autoRechargeStripeGateway(StripeSettings settings) {
        return new StripeGateway(settings);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(StripeGateway.class)
    @Conditional(Conditions.OnWebhookSecret.class)
    StripeWebhook autoRechargeStripeWebhook(
            StripeSettings settings, StripeGateway gateway, ObjectProvider<Clock> clock) {
        return new StripeWebhook(settings, gateway, Clocks.of(clock));
    }
}
