package io.autorecharge.spring;

import io.autorecharge.AutoRecharge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.core.env.Environment;

/** Logs in one line that the library is inactive, and why. Does nothing else. */
@AutoConfiguration(after = AutoRechargeAutoConfiguration.class)
@ConditionalOnMissingBean(AutoRecharge.class)
class UnconfiguredAutoConfiguration {
    private static final Logger log = LoggerFactory.getLogger(UnconfiguredAutoConfiguration.class);

    UnconfiguredAutoConfiguration(Environment environment) {
        boolean enabled = environment.getProperty("autorecharge.enabled", Boolean.class, true);
        String why = enabled
                ? "neither " + Conditions.SECRET_KEY + " nor a Gateway bean is present"
                : "autorecharge.enabled is false";
        if (environment.getProperty("autorecharge.run-once", Boolean.class, false)) {
            throw new IllegalStateException("autorecharge.run-once has nothing to run: " + why);
        }
        log.info("Auto-recharge is off: {}", why);
    }
}
