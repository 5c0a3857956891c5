package io.autorecharge.stripe.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parameters of one call. Malformed values are rejected as by Stripe, with the name of the parameter. */
final class Params {

    private final Map<String, String> values;

    Params(Map<String, String> values) {
        this.values = values;
    }

    Map<String, String> values() {
        return values;
    }

    /** The same text for the same parameters in any order, to compare requests with the same idempotency key. */
    String fingerprint() {
        return Json.text(new TreeMap<>(values));
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    boolean hasGroup(String name) {
        return values.keySet().stream().anyMatch(key -> key.startsWith(name + "["));
    }

    @Nullable
    String text(String name) {
        String value = values.get(name);
        if (value != null && value.isEmpty()) {
            throw ApiError.parameter(
                    name,
                    "parameter_invalid_empty",
                    "You passed an empty string for '" + name + "'. Remove '" + name
                            + "' from your request or supply a non-empty value.");
        }
        return value;
    }

    String text(String name, String fallback) {
        String value = text(name);
        return value == null ? fallback : value;
    }

    String require(String name) {
        String value = text(name);
        if (value == null) {
            throw ApiError.missingParameter(name);
        }
        return value;
    }

    boolean flag(String name) {
        String value = text(name);
        if (value != null && !value.equals("true") && !value.equals("false")) {
            throw ApiError.parameter(name, "parameter_invalid_boolean", "Invalid boolean: " + value);
        }
        return "true".equals(value);
    }

    @Nullable
    Long integer(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        try {
            return Long.valueOf(value);
        } catch (NumberFormatException e) {
            throw ApiError.parameter(name, "parameter_invalid_integer", "Invalid integer: " + value);
        }
    }

    long integer(String name, long fallback) {
        Long value = integer(name);
        return value == null ? fallback : value;
    }

    /** One of the values that Stripe knows for this parameter. */
    @Nullable
    String oneOf(String name, String... known) {
        String value = text(name);
        if (value != null && !List.of(known).contains(value)) {
            throw ApiError.parameter(
                    name, null, "Invalid " + name + ": must be one of " + String.join(", ", known) + ", not " + value);
        }
        return value;
    }

    /** The pairs of {@code name[key]=value}; pairs with an empty value are left out. */
    Map<String, String> group(String name) {
        Map<String, String> group = new LinkedHashMap<>();
        String prefix = name + "[";
        values.forEach((key, value) -> {
            if (key.startsWith(prefix) && !value.isEmpty()) {
                group.put(key.substring(prefix.length(), key.length() - 1), value);
            }
        });
        return group;
    }

    /** Metadata within Stripe's limits: 50 pairs, 40 characters per key, 500 per value. */
    Map<String, String> metadata(String name) {
        Map<String, String> metadata = group(name);
        if (metadata.size() > 50) {
            throw ApiError.parameter(
                    name, null, "Metadata can have at most 50 keys, you passed " + metadata.size() + ".");
        }
        metadata.forEach((key, value) -> {
            if (key.length() > 40 || key.contains("[") || key.contains("]")) {
                throw ApiError.parameter(
                        name, null, "Invalid metadata key '" + key + "': at most 40 characters, no brackets.");
            }
            if (value.length() > 500) {
                throw ApiError.parameter(
                        name + "[" + key + "]",
                        null,
                        "Metadata values can have at most 500 characters, you passed " + value.length() + ".");
            }
        });
        return metadata;
    }

    List<String> list(String name) {
        List<String> list = new ArrayList<>();
        for (int i = 0; has(name + "[" + i + "]"); i++) {
            list.add(require(name + "[" + i + "]"));
        }
        return list;
    }
}
