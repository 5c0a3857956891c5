package io.autorecharge.spring.actuate;

import io.autorecharge.AutoRecharge;
import io.autorecharge.spring.AutoRechargeAutoConfiguration;
import io.autorecharge.spring.Clocks;
import io.autorecharge.store.RechargeStore;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health indicator of Spring Boot 4. */
@AutoConfiguration(after = AutoRechargeAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
@ConditionalOnBooleanProperty(name = "management.health.autorecharge.enabled", matchIfMissing = true)
@ConditionalOnBean({AutoRecharge.class, RechargeStore.class, ProviderHealth.class})
public class ContributorHealthAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = "autorechargeHealthIndicator")
    HealthIndicator autorechargeHealthIndicator(
            RechargeStore store, ProviderHealth provider, ObjectProvider<Clock> clock) {
        HealthProbe probe = new HealthProbe(store, provider, Clocks.of(clock));
        return () -> {
            HealthProbe.Finding finding = probe.look();
            return (finding.up() ? Health.up() : Health.down())
                    .withDetails(finding.details())
                    .build();
        };
    }
}
