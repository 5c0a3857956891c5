package io.autorecharge.examples.migrations;

import io.autorecharge.AutoRecharge;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application with a database and the library. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Host {
    /** Beans of an application are created before those of auto-configurations, after their own dependencies. */
    @Bean
    Till till(AutoRecharge autoRecharge) {
        return new Till(autoRecharge);
    }

    /** Debits credits. */
    record Till(AutoRecharge autoRecharge) {}
}
