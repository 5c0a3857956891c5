package io.autorecharge.spring;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** One property of {@code autorecharge.*}: whatever is refused is refused by its name and value. */
public record Property(String name, @Nullable Object value) {
    /** @param name without the prefix */
    public static Property of(String name, @Nullable Object value) {
        return new Property("autorecharge." + name, value);
    }

    /** Runs what takes the value, and puts this property's name to a refusal. */
    public <T> T apply(Supplier<T> use) {
        try {
            return use.get();
        } catch (IllegalArgumentException e) {
            throw refuse(String.valueOf(e.getMessage()));
        }
    }

    InvalidConfigurationPropertyValueException refuse(String reason) {
        return new InvalidConfigurationPropertyValueException(name, value, reason);
    }
}
