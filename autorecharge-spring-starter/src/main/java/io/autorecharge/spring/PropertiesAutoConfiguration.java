package io.autorecharge.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/** Checks the names of the properties. Unconditional: with a misspelled key the library would silently do nothing. */
@AutoConfiguration
class PropertiesAutoConfiguration {
    @Bean
    static PropertyNameCheck autoRechargePropertyNameCheck(ConfigurableEnvironment environment) {
        return new PropertyNameCheck(environment);
    }
}
