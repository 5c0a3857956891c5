package io.autorecharge.spring.actuate;

import io.autorecharge.AutoRecharge;
import io.autorecharge.spring.AutoRechargeAutoConfiguration;
import io.autorecharge.spring.Clocks;
import io.autorecharge.store.RechargeStore;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Meters, if Micrometer is present. Spring Boot binds them to its registry. */
@AutoConfiguration(after = AutoRechargeAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean({AutoRecharge.class, RechargeStore.class})
class MetricsAutoConfiguration {
    @Bean
    RechargeMetrics autoRechargeMetrics(RechargeStore store, ObjectProvider<Clock> clock) {
        return new RechargeMetrics(store, Clocks.of(clock));
    }
}
