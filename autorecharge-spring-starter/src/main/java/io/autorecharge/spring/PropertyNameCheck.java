package io.autorecharge.spring;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
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
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Prevents startup if a property would be ignored, before any bean is created: a limit on charges that is silently ignored costs money.
 * That is a property under its old name, and one whose name is unknown.
 *
 * <p>Environment variables are not all meant for the application: Kubernetes sets {@code AUTORECHARGE_SERVICE_HOST} if a service has that
 * name. So an unknown one prevents startup only if it looks like a misspelled property and not like one of Kubernetes; the others are
 * logged. A source that cannot list its names, such as JNDI, is checked for old names only. Values are never shown: they may be secrets.
 */
final class PropertyNameCheck implements BeanFactoryPostProcessor {
    private static final Logger log = LoggerFactory.getLogger(PropertyNameCheck.class);

    /** Old names and the names that replace them. Also in additional-spring-configuration-metadata.json. */
    static final Map<String, String> RENAMED = new TreeMap<>(Map.of(
            "autorecharge.least-amount", "autorecharge.min-amount",
            "autorecharge.greatest-amount", "autorecharge.max-amount",
            "autorecharge.stripe.page-life", "autorecharge.stripe.checkout-lifetime"));

    /** The variables that Kubernetes sets for each service, after its name. */
    private static final Pattern KUBERNETES = Pattern.compile(
            "AUTORECHARGE(_\\w+)?_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?)?)");

    private final ConfigurableEnvironment environment;
    private final KnownProperties known = new KnownProperties();

    PropertyNameCheck(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        Findings findings = new Findings();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.from(environment.getPropertySources())) {
            findRenamed(source, findings);
            if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource variables) {
                for (String variable : variables.getPropertyNames()) {
                    checkVariable(variable, variables, findings);
                }
            } else if (source instanceof IterableConfigurationPropertySource iterable) {
                iterable.stream()
                        .filter(KnownProperties.PREFIX::isAncestorOf)
                        .filter(name -> !known.contains(name))
                        .forEach(name -> reject(name, origin(source.getConfigurationProperty(name)), findings));
            }
        }
        if (!findings.problems.isEmpty()) {
            throw new IllegalStateException(String.join("; ", findings.problems.values()));
        }
        if (!findings.ignored.isEmpty()) {
            log.info("These environment variables set no property of autorecharge: {}", findings.ignored);
        }
    }

    private static final class Findings {
        /** Error messages by the name of the property: one for each old name, however often it is set. */
        final Map<String, String> problems = new LinkedHashMap<>();

        final Set<String> ignored = new TreeSet<>();

        void renamed(String old, @Nullable Origin origin) {
            problems.putIfAbsent(old, old + " was renamed to " + RENAMED.get(old) + where(origin));
        }

        void unknown(String name, Optional<String> meant, @Nullable Origin origin) {
            String suggestion = meant.map(it -> "; did you mean " + it + "?").orElse("");
            String where = where(origin);
            problems.put(name + where, name + " is not a known property" + suggestion + where);
        }

        private static String where(@Nullable Origin origin) {
            return origin == null ? "" : " (" + origin + ")";
        }
    }

    private static void findRenamed(ConfigurationPropertySource source, Findings findings) {
        for (String old : RENAMED.keySet()) {
            ConfigurationProperty found = valueOrList(source, ConfigurationPropertyName.of(old));
            if (found != null) {
                findings.renamed(old, found.getOrigin());
            }
        }
    }

    /** The property of that name; if its value is a list, the first element. */
    private static @Nullable ConfigurationProperty valueOrList(
            ConfigurationPropertySource source, ConfigurationPropertyName name) {
        ConfigurationProperty value = source.getConfigurationProperty(name);
        return value != null ? value : source.getConfigurationProperty(name.append("[0]"));
    }

    /**
     * A variable is known only if it sets a known property. Its name alone does not tell: {@code AUTORECHARGE_MAX_AMOUNT} sets
     * {@code max-amount}, but {@code Autorecharge_Max_Amount} sets nothing. So Spring is asked, with this variable as the only one.
     */
    private void checkVariable(String variable, SystemEnvironmentPropertySource variables, Findings findings) {
        for (ConfigurationPropertySource source : alone(variable, variables)) {
            if (!(source instanceof IterableConfigurationPropertySource iterable)) {
                continue;
            }
            iterable.stream()
                    .filter(KnownProperties.PREFIX::isAncestorOf)
                    .filter(name -> known.sameIgnoringDots(name)
                            .noneMatch(property -> source.getConfigurationProperty(property) != null))
                    .forEach(name -> {
                        if (KUBERNETES.matcher(variable).matches() || !isSuspicious(name)) {
                            findings.ignored.add(variable);
                        } else {
                            reject(name, PropertySourceOrigin.get(variables, variable), findings);
                        }
                    });
        }
    }

    private static Iterable<ConfigurationPropertySource> alone(
            String variable, SystemEnvironmentPropertySource variables) {
        MutablePropertySources sources = new MutablePropertySources();
        // Its value does not matter, and its name does: Spring reads variables only from a source with such a name.
        sources.addFirst(new SystemEnvironmentPropertySource(variables.getName(), Map.of(variable, "")));
        return ConfigurationPropertySources.from(sources);
    }

    private boolean isSuspicious(ConfigurationPropertyName name) {
        return oldName(name).isPresent() || known.meant(name).isPresent();
    }

    private void reject(ConfigurationPropertyName name, @Nullable Origin origin, Findings findings) {
        oldName(name)
                .ifPresentOrElse(
                        old -> findings.renamed(old, origin),
                        () -> findings.unknown(name.toString(), known.meant(name), origin));
    }

    private static Optional<String> oldName(ConfigurationPropertyName name) {
        return RENAMED.keySet().stream()
                .filter(old -> KnownProperties.haveSameLetters(old, name))
                .findFirst();
    }

    private static @Nullable Origin origin(@Nullable ConfigurationProperty property) {
        return property == null ? null : property.getOrigin();
    }
}
