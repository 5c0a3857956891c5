package io.autorecharge.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/** Checks the names of the properties. Has no condition: without its key, misspelled, the library would do nothing. */
@AutoConfiguration
class PropertiesAutoConfiguration {
    @Bean
    static PropertyNameCheck autoRechargePropertyNameCheck(ConfigurableEnvironment environment) {
        return new PropertyNameCheck(environment);
    }
}
