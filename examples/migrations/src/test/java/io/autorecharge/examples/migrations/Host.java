package io.autorecharge.examples.migrations;

import io.autorecharge.AutoRecharge;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application with a database and the library. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Host {
    /** Beans of an application are made before those of auto-configurations, and have what they need made first. */
    @Bean
    Till till(AutoRecharge autoRecharge) {
        return new Till(autoRecharge);
    }

    /** Where credits are taken. */
    record Till(AutoRecharge autoRecharge) {}
}
