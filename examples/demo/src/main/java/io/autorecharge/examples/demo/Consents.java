package io.autorecharge.examples.demo;

import io.autorecharge.AutoRecharge;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The terms that the pages show, with the version that the API records as well. */
@Configuration(proxyBeanMethods = false)
class Consents {
    @Bean
    ConsentTerms consentTerms(AutoRecharge autoRecharge, @Value("${autorecharge.consent.version}") String version) {
        return ConsentTerms.of(version, autoRecharge.policy());
    }
}
