package io.autorecharge.spring;

import io.autorecharge.AutoRecharge;
import io.autorecharge.AutoRechargeBuilder;
import io.autorecharge.event.AutoRechargeListener;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.jdbc.ConnectionPort;
import io.autorecharge.policy.PolicySource;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.AfterCommit;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.RechargeStore;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Auto-recharge itself: the policy, the {@link AutoRecharge} facade and its scheduler. Needs a payment provider: a Stripe key, or a
 * {@link Gateway} bean of the host. Public so that a host's own auto-configuration can be ordered before or after it.
 */
@AutoConfiguration(after = {StripeAutoConfiguration.class, StoreAutoConfiguration.class})
@ConditionalOnBooleanProperty(name = "autorecharge.enabled", matchIfMissing = true)
@ConditionalOnBean(Gateway.class)
@EnableConfigurationProperties(AutoRechargeProperties.class)
public final class AutoRechargeAutoConfiguration {
    AutoRechargeAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    RechargePolicy autoRechargePolicy(AutoRechargeProperties properties) {
        return new PolicyFactory(properties).policy();
    }

    @Bean
    @ConditionalOnMissingBean
    AutoRecharge autoRecharge(
            RechargePolicy policy,
            Gateway gateway,
            ObjectProvider<RechargeStore> stores,
            ObjectProvider<Ledger> ledgers,
            ObjectProvider<CheckoutGateway> checkouts,
            ObjectProvider<PolicySource> policies,
            ObjectProvider<AfterCommit> afterCommit,
            ObjectProvider<AutoRechargeListener> listeners,
            ObjectProvider<AutoRechargeObserver> observers,
            ObjectProvider<Clock> clock,
            AutoRechargeProperties properties,
            Environment environment) {
        RechargeStore store = Stores.required(stores);
        AutoRechargeBuilder builder = AutoRecharge.builder(policy, store, Stores.ledger(store, ledgers), gateway)
                .clock(Clocks.of(clock))
                .observer(new Observers(observers.orderedStream().toList()))
                .afterCommit(afterCommit.getIfAvailable(() -> AfterCommit.IMMEDIATELY))
                // While a restored database is being reconciled, a debit must not trigger a charge.
                .chargeImmediately(properties.reconcileSince() == null);
        checkouts.ifUnique(builder::checkout);
        PolicySource source = policies.getIfAvailable();
        if (source != null) {
            builder.policies(source);
        }
        listeners.orderedStream().forEach(builder::listener);
        ConsentText.apply(environment, builder);
        return BuilderSettings.apply(properties, builder).build();
    }

    @Bean
    AutoRechargeLifecycle autoRechargeLifecycle(AutoRecharge autoRecharge, AutoRechargeProperties properties) {
        return new AutoRechargeLifecycle(autoRecharge, properties.scheduler().enabled() && !properties.runOnce());
    }

    /** Only if the host uses Spring's transactions. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(TransactionSynchronizationManager.class)
    static class Transactions {
        @Bean
        @ConditionalOnMissingBean
        AfterCommit autoRechargeAfterCommit(ObjectProvider<ConnectionPort> connections) {
            return connections.getIfAvailable() instanceof SpringConnections spring
                    ? new TransactionAfterCommit(spring::isJoining)
                    : new TransactionAfterCommit(() -> true);
        }
    }

    /** For a process that runs once and ends. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty("autorecharge.run-once")
    static class Once {
        @Bean
        @ConditionalOnMissingBean
        ProcessExit autoRechargeProcessExit() {
            return System::exit;
        }

        @Bean
        ChargeAnswers autoRechargeChargeAnswers() {
            return new ChargeAnswers();
        }

        @Bean
        RunOnce autoRechargeRunOnce(
                AutoRecharge autoRecharge,
                ObjectProvider<RechargeStore> stores,
                ChargeAnswers answers,
                ObjectProvider<Clock> clock,
                AutoRechargeProperties properties,
                ProcessExit exit) {
            return new RunOnce(
                    autoRecharge,
                    Stores.required(stores),
                    answers,
                    Clocks.of(clock),
                    properties.reconcileSince(),
                    exit);
        }
    }
}
