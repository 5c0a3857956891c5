package io.autorecharge.spring;

import java.util.regex.Pattern;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Keeps Stripe's keys out of the actuator endpoints {@code env} and {@code configprops}, even if the host shows values there. Keys are
 * recognized by value, because they may come under any name, such as that of an environment variable, or within the command line.
 */
@AutoConfiguration
@Conditional(Conditions.OnSecretKey.class)
@ConditionalOnClass(SanitizingFunction.class)
class SecretsAutoConfiguration {
    private static final Pattern SECRET = Pattern.compile("(sk|rk)_(test|live)_|whsec_");

    @Bean
    SanitizingFunction autoRechargeSecrets() {
        return SecretsAutoConfiguration::masked;
    }

    private static SanitizableData masked(SanitizableData data) {
        Object value = data.getValue();
        return value != null && SECRET.matcher(value.toString()).find() ? data.withSanitizedValue() : data;
    }
}
