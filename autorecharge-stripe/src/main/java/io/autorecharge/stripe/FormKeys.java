package io.autorecharge.stripe;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Corrects the keys of lists in a form that stripe-java has encoded. It numbers them in the digits of the JVM's locale, such as
 * {@code expand[٠]} in Egypt, and Stripe refuses or ignores such keys.
 */
final class FormKeys {
    private static final Pattern INDEX = Pattern.compile("\\[((?:%[0-9A-F]{2})+)]");

    private FormKeys() {}

    /** The form with every index in ASCII digits. Values are unchanged. */
    static String inAscii(String form) {
        if (form.indexOf('%') < 0) {
            return form;
        }
        return Arrays.stream(form.split("&", -1)).map(FormKeys::pair).collect(Collectors.joining("&"));
    }

    private static String pair(String pair) {
        int end = pair.indexOf('=');
        return end < 0 ? pair : key(pair.substring(0, end)) + pair.substring(end);
    }

    private static String key(String key) {
        return INDEX.matcher(key).replaceAll(found -> Matcher.quoteReplacement("[" + index(found.group(1)) + "]"));
    }

    private static String index(String encoded) {
        String index = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        return index.codePoints().allMatch(Character::isDigit)
                ? index.codePoints()
                        .mapToObj(it -> String.valueOf(Character.digit(it, 10)))
                        .collect(Collectors.joining())
                : encoded;
    }
}
