package io.autorecharge.stripe.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Parses form-encoded text. Nested names keep their brackets; {@code a[]} becomes {@code a[0]}, {@code a[1]} and so on. */
final class Form {

    private Form() {}

    static Map<String, String> parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            values.put(name.endsWith("[]") ? nextIndexed(name, values) : name, value);
        }
        return values;
    }

    private static String nextIndexed(String name, Map<String, String> values) {
        String array = name.substring(0, name.length() - 1);
        int index = 0;
        while (values.containsKey(array + index + "]")) {
            index++;
        }
        return array + index + "]";
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiError.badRequest("The request could not be read as a form: " + e.getMessage());
        }
    }
}
