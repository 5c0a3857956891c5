package io.autorecharge.spring.actuate;

import io.autorecharge.AutoRecharge;
import io.autorecharge.spring.AutoRechargeAutoConfiguration;
import io.autorecharge.store.RechargeStore;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The health indicator for Spring Boot 3.5. */
@AutoConfiguration(after = AutoRechargeAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
@ConditionalOnBooleanProperty(name = "management.health.autorecharge.enabled", matchIfMissing = true)
@ConditionalOnBean({AutoRecharge.class, RechargeStore.class})
@Import(HealthConfiguration.class)
class ActuatorHealthAutoConfiguration {
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
