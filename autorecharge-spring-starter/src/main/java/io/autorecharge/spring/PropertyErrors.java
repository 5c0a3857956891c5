package io.autorecharge.spring;

import io.autorecharge.credit.InvalidValueException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Reports values that cannot work under the names of their properties. All names here are without the prefix {@code autorecharge.}. */
final class PropertyErrors {
    private static final String PREFIX = "autorecharge.";

    private PropertyErrors() {}

    /** Runs {@code use}, which takes the value of one property. */
    static <T> T property(String name, Supplier<T> use) {
        return properties(field -> name, use);
    }

    /** Runs {@code use}, which takes the properties of a group. Their names are the group's and the Java name of the field. */
    static <T> T group(String group, Supplier<T> use) {
        return properties(field -> group + "." + dashed(field), use);
    }

    /**
     * Runs {@code use}, which takes several properties.
     *
     * @param nameOf the property of a field that core calls invalid
     */
    static <T> T properties(UnaryOperator<String> nameOf, Supplier<T> use) {
        try {
            return use.get();
        } catch (InvalidValueException e) {
            throw invalid(nameOf.apply(e.field()), e.value(), e.rule());
        }
    }

    /** The exception of which Spring Boot shows the name, the value and where it was set. Not for secrets. */
    static InvalidConfigurationPropertyValueException invalid(String name, @Nullable Object value, String rule) {
        return new InvalidConfigurationPropertyValueException(PREFIX + name, value, rule);
    }

    /** {@code max-amount} for {@code maxAmount}. */
    static String dashed(String javaName) {
        return DataObjectPropertyName.toDashedForm(javaName);
    }
}
