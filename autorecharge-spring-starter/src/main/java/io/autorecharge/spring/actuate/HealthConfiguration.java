package io.autorecharge.spring.actuate;

import io.autorecharge.AutoRecharge;
import io.autorecharge.spring.Clocks;
import io.autorecharge.store.RechargeStore;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The part of the health indicator that is the same for every version of Spring Boot. */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {
    @Bean
    ProviderHealth autoRechargeProviderHealth() {
        return new ProviderHealth();
    }

    @Bean
    HealthProbe autoRechargeHealthProbe(
            AutoRecharge autoRecharge, RechargeStore store, ProviderHealth provider, ObjectProvider<Clock> clock) {
        return new HealthProbe(autoRecharge::clock, autoRecharge::database, store, provider, Clocks.of(clock));
    }
}
