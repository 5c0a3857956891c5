package io.autorecharge.spring;

import java.util.Map;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Disables the web server for {@code --autorecharge.run-once} and {@code --autorecharge.reconcile-since}, before Spring Boot chooses the
 * type of the application. It is a listener because Spring Boot's own type for this has another package in 3.5 than in 4.
 */
final class RunOnceEnvironment implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {
    private static final String RUN_ONCE = "autorecharge.run-once";
    private static final String RECONCILE = "autorecharge.reconcile-since";

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        String since = environment.getProperty(RECONCILE);
        if (since != null && since.isBlank()) {
            // The binder would read it as null, and the run would be an ordinary one that charges again for what the
            // backup lacks.
            throw new IllegalArgumentException(RECONCILE + " is '" + since
                    + "'; set it to the time of the backup, such as 2026-05-04T03:00:00Z, or leave it out");
        }
        if (isWanted(environment) || since != null) {
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "autorecharge-run-once",
                            Map.of(RUN_ONCE, "true", "spring.main.web-application-type", "none")));
        }
    }

    /** An option without a value counts as true. */
    private static boolean isWanted(ConfigurableEnvironment environment) {
        String value = environment.getProperty(RUN_ONCE);
        if (value == null || value.isBlank()) {
            return value != null;
        }
        try {
            return environment.getRequiredProperty(RUN_ONCE, Boolean.class);
        } catch (ConversionException e) {
            // Binding the properties fails later, with the name and the value.
            return false;
        }
    }
}
