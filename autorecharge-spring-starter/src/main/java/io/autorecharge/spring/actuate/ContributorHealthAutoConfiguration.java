package io.autorecharge.spring.actuate;

import io.autorecharge.AutoRecharge;
import io.autorecharge.spring.AutoRechargeAutoConfiguration;
import io.autorecharge.store.RechargeStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The health indicator for Spring Boot 4. */
@AutoConfiguration(after = AutoRechargeAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
@ConditionalOnBooleanProperty(name = "management.health.autorecharge.enabled", matchIfMissing = true)
@ConditionalOnBean({AutoRecharge.class, RechargeStore.class})
@Import(HealthConfiguration.class)
class ContributorHealthAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = "autorechargeHealthIndicator")
    HealthIndicator autorechargeHealthIndicator(HealthProbe probe) {
        return () -> {
            HealthProbe.Result result = probe.check();
            return (result.up() ? Health.up() : Health.down())
                    .withDetails(result.details())
                    .build();
        };
    }
}
