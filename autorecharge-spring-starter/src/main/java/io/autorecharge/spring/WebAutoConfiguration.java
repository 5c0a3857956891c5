package io.autorecharge.spring;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.jdbc.AccountsTable;
import io.autorecharge.jdbc.JdbcStore;
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
class WebAutoConfiguration {
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
    Callers autoRechargeCallers(
            AccountResolver resolver, ObjectProvider<JdbcStore> stores, ObjectProvider<AccountsTable> tables) {
        return new Callers(resolver, HostAccounts.of(stores, tables));
    }

    @Bean
    @ConditionalOnMissingBean
    SettingsController autoRechargeSettingsController(AutoRecharge autoRecharge, Callers callers, ConsentRule consent) {
        return new SettingsController(autoRecharge, callers, consent);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(CheckoutGateway.class)
    CheckoutController autoRechargeCheckoutController(AutoRecharge autoRecharge, Callers callers, ConsentRule consent) {
        return new CheckoutController(autoRecharge, callers, consent);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(CheckoutGateway.class)
    RecoveryController autoRechargeRecoveryController(AutoRecharge autoRecharge, Callers callers) {
        return new RecoveryController(autoRecharge, callers);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(StripeWebhook.class)
    WebhookController autoRechargeWebhookController(
            StripeWebhook webhook, AutoRecharge autoRecharge, RechargeStore store, ObjectProvider<Clock> clock) {
        return new WebhookController(new WebhookDesk(webhook, autoRecharge, store, Clocks.of(clock)));
    }

    /** Before Spring's own filters, of which one takes forms apart. */
    @Bean
    FilterRegistrationBean<ContentGuard> autoRechargeContentGuard() {
        FilterRegistrationBean<ContentGuard> registration = new FilterRegistrationBean<>(new ContentGuard());
        registration.addUrlPatterns(Paths.SETTINGS, Paths.CHECKOUT, Paths.RECOVERY, Paths.WEBHOOK);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
        return registration;
    }
}
