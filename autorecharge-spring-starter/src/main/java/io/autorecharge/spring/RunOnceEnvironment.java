package io.autorecharge.spring;

import java.util.Map;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Turns {@code --autorecharge.run-once} and {@code --autorecharge.reconcile-since} into an application without web server, before the kind of application is chosen. A listener,
 * since the type that Spring Boot has for this moved between its lines.
 */
final class RunOnceEnvironment implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {
    private static final String RUN_ONCE = "autorecharge.run-once";
    private static final String RECONCILE = "autorecharge.reconcile-since";

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        String since = environment.getProperty(RECONCILE);
        if (since != null && since.isBlank()) {
            // Bound it would be no time at all, and the run an ordinary one that charges for what the backup has
            // forgotten.
            throw new IllegalArgumentException(RECONCILE + " is '" + since
                    + "'; give the moment that the backup shows, as 2026-05-04T03:00:00Z, or leave it out");
        }
        if (isWanted(environment) || since != null) {
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "autorecharge-run-once",
                            Map.of(RUN_ONCE, "true", "spring.main.web-application-type", "none")));
        }
    }

    /** The bare option has an empty value. */
    private static boolean isWanted(ConfigurableEnvironment environment) {
        String value = environment.getProperty(RUN_ONCE);
        if (value == null || value.isBlank()) {
            return value != null;
        }
        try {
            return environment.getRequiredProperty(RUN_ONCE, Boolean.class);
        } catch (ConversionException e) {
            // Refused with name and value when the properties are bound.
            return false;
        }
    }
}
