package io.autorecharge.logwatch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What must never stand in a log, a message or an answer: keys, signatures, credentials, card numbers, addresses. */
public final class Secrets {
    private static final Pattern CARD_NUMBER =
            Pattern.compile("(?<![0-9A-Za-z._-])[3-6](?:[ -]?[0-9]){12,18}(?![0-9A-Za-z._-])");
    private static final Map<String, Pattern> PATTERNS = patterns();

    private Secrets() {}

    private static Map<String, Pattern> patterns() {
        Map<String, Pattern> patterns = new LinkedHashMap<>();
        patterns.put("an API key", Pattern.compile("\\b[sr]k_(test|live)_[A-Za-z0-9]{2,}"));
        patterns.put("a webhook's signing secret", Pattern.compile("\\bwhsec_[A-Za-z0-9+/]{2,}"));
        patterns.put("a client secret", Pattern.compile("_secret_[A-Za-z0-9]{4,}"));
        patterns.put("a payment method's id", Pattern.compile("\\b(pm|card|src|tok)_[A-Za-z0-9]{14,}"));
        patterns.put("a signature", Pattern.compile("\\bv[01]=[0-9a-fA-F]{32,}"));
        patterns.put(
                "credentials",
                Pattern.compile(
                        "(?i)\\bauthorization\\b[\"']?\\s*[:=]\\s*[\"'\\[]*(basic|bearer)\\s+[^\\s\"'\\]]{4,}"));
        patterns.put(
                "an e-mail address",
                Pattern.compile("[A-Za-z0-9._%+-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*\\.)+[A-Za-z]{2,}\\b"));
        return patterns;
    }

    /** What the text gives away, in words that do not repeat it; empty when nothing. */
    public static Optional<String> in(@Nullable CharSequence text) {
        if (text == null) {
            return Optional.empty();
        }
        for (Map.Entry<String, Pattern> kind : PATTERNS.entrySet()) {
            Matcher found = kind.getValue().matcher(text);
            if (found.find()) {
                return Optional.of(kind.getKey() + " ('" + beginning(found.group()) + "…')");
            }
        }
        Matcher number = CARD_NUMBER.matcher(text);
        while (number.find()) {
            if (isCardNumber(number.group())) {
                return Optional.of("a card number ('" + beginning(number.group()) + "…')");
            }
        }
        return Optional.empty();
    }

    /** What the messages of an exception, its causes and what it suppressed give away. */
    public static Optional<String> in(@Nullable Throwable thrown) {
        return thrown == null ? Optional.empty() : in(String.join("\n", messages(thrown)));
    }

    private static List<String> messages(Throwable thrown) {
        List<String> messages = new ArrayList<>();
        collect(thrown, messages, Collections.newSetFromMap(new IdentityHashMap<>()));
        return messages;
    }

    private static void collect(@Nullable Throwable thrown, List<String> messages, Set<Throwable> seen) {
        if (thrown == null || !seen.add(thrown)) {
            return;
        }
        messages.add(String.valueOf(thrown));
        collect(thrown.getCause(), messages, seen);
        for (Throwable suppressed : thrown.getSuppressed()) {
            collect(suppressed, messages, seen);
        }
    }

    private static String beginning(String found) {
        return found.substring(0, Math.min(8, found.length() / 2));
    }

    /** ISO/IEC 7812: the last digit is a check digit over the others. */
    private static boolean isCardNumber(String text) {
        String digits = text.replaceAll("[ -]", "");
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = digit * 2;
            sum += i % 2 == 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0 && !digits.chars().allMatch(c -> c == digits.charAt(0));
    }
}
