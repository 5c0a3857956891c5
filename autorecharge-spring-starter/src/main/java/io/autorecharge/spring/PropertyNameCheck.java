package io.autorecharge.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Prevents startup if a property would be ignored, before any bean is created: a limit on charges that is silently ignored costs money.
 * That is a property under its old name, and one whose name is unknown.
 *
 * <p>Environment variables are not all meant for the application: Kubernetes sets {@code AUTORECHARGE_SERVICE_HOST} if a service has that
 * name. So an unknown one prevents startup only if it looks like a misspelled property; the others are logged. A source that cannot list
 * its names, such as JNDI, is checked for old names only. Values are never shown: they may be secrets.
 */
final class PropertyNameCheck implements BeanFactoryPostProcessor {
    private static final Logger log = LoggerFactory.getLogger(PropertyNameCheck.class);

    /** Old names and the names that replace them. Also in additional-spring-configuration-metadata.json. */
    static final Map<String, String> RENAMED = new TreeMap<>(Map.of(
            "autorecharge.least-amount", "autorecharge.min-amount",
            "autorecharge.greatest-amount", "autorecharge.max-amount",
            "autorecharge.stripe.page-life", "autorecharge.stripe.checkout-lifetime"));

    private final ConfigurableEnvironment environment;
    private final KnownProperties known = new KnownProperties();

    PropertyNameCheck(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        List<String> problems = new ArrayList<>();
        Set<String> ignored = new TreeSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.from(environment.getPropertySources())) {
            findRenamed(source, problems);
            if (source instanceof IterableConfigurationPropertySource iterable) {
                findUnknown(iterable, problems, ignored);
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join("; ", problems));
        }
        if (!ignored.isEmpty()) {
            log.info("These environment variables set no property of autorecharge: {}", ignored);
        }
    }

    private static void findRenamed(ConfigurationPropertySource source, List<String> problems) {
        RENAMED.forEach((old, replacement) -> {
            ConfigurationProperty found = valueOrList(source, ConfigurationPropertyName.of(old));
            if (found != null) {
                problems.add(old + " was renamed to " + replacement + where(found));
            }
        });
    }

    /** The property of that name; if its value is a list, the first element. */
    private static @Nullable ConfigurationProperty valueOrList(
            ConfigurationPropertySource source, ConfigurationPropertyName name) {
        ConfigurationProperty value = source.getConfigurationProperty(name);
        return value != null ? value : source.getConfigurationProperty(name.append("[0]"));
    }

    private void findUnknown(IterableConfigurationPropertySource source, List<String> problems, Set<String> ignored) {
        boolean isEnvironment = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
        source.stream()
                .filter(KnownProperties.PREFIX::isAncestorOf)
                .filter(name -> !(isEnvironment ? known.containsIgnoringDots(name) : known.contains(name)))
                .filter(name -> RENAMED.keySet().stream().noneMatch(old -> KnownProperties.sameIgnoringDots(old, name)))
                .forEach(name -> {
                    String meant = known.meant(name).orElse(null);
                    if (isEnvironment && meant == null) {
                        ignored.add(name.toString());
                    } else {
                        problems.add(name + " is not a known property"
                                + (meant == null ? "" : "; did you mean " + meant + "?")
                                + where(source.getConfigurationProperty(name)));
                    }
                });
    }

    private static String where(@Nullable ConfigurationProperty property) {
        return property == null || property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")";
    }
}
