package io.autorecharge.spring.web;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Range;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.RequestBudget;
import io.autorecharge.jdbc.AccountsTable;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.spring.AutoRechargeAutoConfiguration;
import io.autorecharge.spring.Clocks;
import io.autorecharge.stripe.StripeGateway;
import io.autorecharge.stripe.StripeWebhook;
import jakarta.servlet.Filter;
import java.security.Principal;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
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
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.DispatcherServlet;

/** The endpoints. The host decides who may reach them: this configuration adds no security rule. */
@AutoConfiguration(after = AutoRechargeAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({DispatcherServlet.class, Filter.class, FilterRegistrationBean.class})
@ConditionalOnBooleanProperty(name = "autorecharge.web.enabled", matchIfMissing = true)
@ConditionalOnBean(AutoRecharge.class)
@EnableConfigurationProperties({ConsentProperties.class, RequestProperties.class})
class WebAutoConfiguration {
    private static final int MAX_PER_MINUTE = 1_000_000;

    private static final Logger log = LoggerFactory.getLogger(WebAutoConfiguration.class);

    WebAutoConfiguration(ObjectProvider<StripeGateway> stripe, ObjectProvider<StripeWebhook> webhook) {
        if (stripe.getIfAvailable() != null && webhook.getIfAvailable() == null) {
            log.warn("autorecharge.stripe.webhook-secret is missing: there is no webhook endpoint,"
                    + " and results are polled from Stripe, which takes longer");
        }
    }

    @Bean
    @ConditionalOnMissingBean
    AccountResolver autoRechargeAccountResolver() {
        return WebAutoConfiguration::accountOfName;
    }

    private static @Nullable AccountId accountOfName(Principal principal) {
        try {
            return AccountId.of(principal.getName());
        } catch (InvalidValueException e) {
            log.warn("A login name cannot be an account id", e);
            return null;
        }
    }

    @Bean
    ConsentRule autoRechargeConsentRule(ConsentProperties properties) {
        try {
            return new ConsentRule(properties.version(), properties.text());
        } catch (InvalidValueException e) {
            throw new InvalidConfigurationPropertyValueException("autorecharge.consent.version", e.value(), e.rule());
        }
    }

    @Bean
    CurrentAccount autoRechargeCurrentAccount(
            AccountResolver resolver,
            ObjectProvider<JdbcStore> stores,
            ObjectProvider<AccountsTable> tables,
            RequestProperties properties) {
        return new CurrentAccount(resolver, HostAccounts.of(stores, tables), budget(properties));
    }

    private static RequestBudget budget(RequestProperties properties) {
        try {
            int perMinute = Range.between("perMinute", properties.perMinute(), 1, MAX_PER_MINUTE);
            return new RequestBudget(perMinute, System::nanoTime);
        } catch (InvalidValueException e) {
            throw new InvalidConfigurationPropertyValueException(
                    "autorecharge.requests.per-minute", e.value(), e.rule());
        }
    }

    @Bean
    SettingsController autoRechargeSettingsController(
            AutoRecharge autoRecharge, CurrentAccount current, ConsentRule consent) {
        return new SettingsController(autoRecharge, current, consent);
    }

    @Bean
    PaymentMethodsController autoRechargePaymentMethodsController(
            AutoRecharge autoRecharge, CurrentAccount current, ObjectProvider<Clock> clock) {
        return new PaymentMethodsController(autoRecharge, current, Clocks.of(clock));
    }

    @Bean
    RequestedChargesController autoRechargeRequestedChargesController(
            AutoRecharge autoRecharge, CurrentAccount current) {
        return new RequestedChargesController(autoRecharge, current);
    }

    @Bean
    @ConditionalOnBean(CheckoutGateway.class)
    CheckoutController autoRechargeCheckoutController(
            AutoRecharge autoRecharge, CurrentAccount current, ConsentRule consent) {
        return new CheckoutController(autoRecharge, current, consent);
    }

    @Bean
    @ConditionalOnBean(CheckoutGateway.class)
    SetupController autoRechargeSetupController(AutoRecharge autoRecharge, CurrentAccount current) {
        return new SetupController(autoRecharge, current);
    }

    @Bean
    @ConditionalOnBean(CheckoutGateway.class)
    RecoveryController autoRechargeRecoveryController(AutoRecharge autoRecharge, CurrentAccount current) {
        return new RecoveryController(autoRecharge, current);
    }

    @Bean
    @ConditionalOnBean(StripeWebhook.class)
    WebhookController autoRechargeWebhookController(StripeWebhook webhook, AutoRecharge autoRecharge) {
        return new WebhookController(new WebhookResponder(webhook, autoRecharge));
    }

    @Bean
    FilterRegistrationBean<FormContentFilter> autoRechargeFormContentFilter() {
        // Before Spring's own filters, one of which parses forms.
        return filter(
                "autoRechargeFormContentFilter",
                Ordered.HIGHEST_PRECEDENCE + 100,
                new FormContentFilter(),
                Paths.SETTINGS,
                Paths.CHECKOUT,
                Paths.RECOVERY,
                Paths.RETRY,
                Paths.PURCHASES,
                Paths.METHODS_AND_BELOW,
                Paths.WEBHOOK);
    }

    @Bean
    FilterRegistrationBean<MethodFilter> autoRechargeSettingsMethodFilter() {
        return methods("autoRechargeSettingsMethodFilter", new MethodFilter("GET", "HEAD", "POST"), Paths.SETTINGS);
    }

    @Bean
    FilterRegistrationBean<MethodFilter> autoRechargePostMethodFilter() {
        return methods(
                "autoRechargePostMethodFilter",
                new MethodFilter("POST"),
                Paths.CHECKOUT,
                Paths.RECOVERY,
                Paths.RETRY,
                Paths.PURCHASES,
                Paths.WEBHOOK);
    }

    @Bean
    FilterRegistrationBean<MethodFilter> autoRechargePaymentMethodsMethodFilter() {
        return methods(
                "autoRechargePaymentMethodsMethodFilter",
                new MethodFilter(Paths::httpMethodsOfMethods),
                Paths.METHODS_AND_BELOW);
    }

    /** After the host's security, so that a request without a login is answered as on every other path. */
    private static FilterRegistrationBean<MethodFilter> methods(String name, MethodFilter filter, String... paths) {
        return filter(name, Ordered.LOWEST_PRECEDENCE - 100, filter, paths);
    }

    private static <F extends Filter> FilterRegistrationBean<F> filter(
            String name, int order, F filter, String... paths) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.setName(name);
        registration.addUrlPatterns(paths);
        registration.setOrder(order);
        return registration;
    }
}
