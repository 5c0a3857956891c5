package io.autorecharge.spring.web;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.jdbc.AccountsTable;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.spring.AutoRechargeAutoConfiguration;
import io.autorecharge.spring.AutoRechargeProperties;
import io.autorecharge.spring.Clocks;
import io.autorecharge.spring.Conditions;
import io.autorecharge.spring.HostAccounts;
import io.autorecharge.spring.Property;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.stripe.StripeGateway;
import io.autorecharge.stripe.StripeWebhook;
import jakarta.servlet.Filter;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.DispatcherServlet;

/** The endpoints. Who may reach them is the host's to say: no security rule comes from here. */
@AutoConfiguration(after = AutoRechargeAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({DispatcherServlet.class, Filter.class, FilterRegistrationBean.class})
@ConditionalOnBooleanProperty(name = "autorecharge.web.enabled", matchIfMissing = true)
@ConditionalOnBean(AutoRecharge.class)
@EnableConfigurationProperties(AutoRechargeProperties.class)
public class WebAutoConfiguration {
    private static final Logger log = LoggerFactory.getLogger(WebAutoConfiguration.class);

    WebAutoConfiguration(ObjectProvider<StripeGateway> stripe, ObjectProvider<StripeWebhook> webhook) {
        if (stripe.getIfAvailable() != null && webhook.getIfAvailable() == null) {
            log.warn(
                    "{} is missing: there is no webhook endpoint, and what Stripe would report is found by asking, which takes longer",
                    Conditions.WEBHOOK_SECRET);
        }
    }

    @Bean
    @ConditionalOnMissingBean
    AccountResolver autoRechargeAccountResolver() {
        return principal -> AccountId.of(principal.getName());
    }

    @Bean
    ConsentRule autoRechargeConsentRule(AutoRechargeProperties properties) {
        String version = properties.consent().version();
        return Property.of("consent.version", version).apply(() -> new ConsentRule(version));
    }

    @Bean
    CurrentAccount autoRechargeCallers(
            AccountResolver resolver, ObjectProvider<JdbcStore> stores, ObjectProvider<AccountsTable> tables) {
        return new CurrentAccount(resolver, HostAccounts.of(stores, tables));
    }

    @Bean
    @ConditionalOnMissingBean
    SettingsController autoRechargeSettingsController(
            AutoRecharge autoRecharge, CurrentAccount callers, ConsentRule consent) {
        return new SettingsController(autoRecharge, callers, consent);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(CheckoutGateway.class)
    CheckoutController autoRechargeCheckoutController(
            AutoRecharge autoRecharge, CurrentAccount callers, ConsentRule consent) {
        return new CheckoutController(autoRecharge, callers, consent);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(CheckoutGateway.class)
    RecoveryController autoRechargeRecoveryController(AutoRecharge autoRecharge, CurrentAccount callers) {
        return new RecoveryController(autoRecharge, callers);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(StripeWebhook.class)
    WebhookController autoRechargeWebhookController(
            StripeWebhook webhook, AutoRecharge autoRecharge, RechargeStore store, ObjectProvider<Clock> clock) {
        return new WebhookController(new WebhookResponder(webhook, autoRecharge, store, Clocks.of(clock)));
    }

    /** Before Spring's own filters, of which one takes forms apart. */
    @Bean
    FilterRegistrationBean<FormContentFilter> autoRechargeContentGuard() {
        FilterRegistrationBean<FormContentFilter> registration = new FilterRegistrationBean<>(new FormContentFilter());
        registration.addUrlPatterns(Paths.SETTINGS, Paths.CHECKOUT, Paths.RECOVERY, Paths.WEBHOOK);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
        return registration;
    }
}
