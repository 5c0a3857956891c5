package io.autorecharge.logwatch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What must never stand in a log, a message or an answer: keys, signatures, credentials, card numbers, addresses. */
public final class Secrets {
    private static final Pattern CARD_NUMBER =
            Pattern.compile("(?<![0-9A-Za-z._-])[3-6](?:[ -]?[0-9]){12,18}(?![0-9A-Za-z._-])");
    private static final int SHORTEST_CARD_NUMBER = 13;
    private static final String AUTHORIZATION = "authorization";
    private static final List<Kind> KINDS = List.of(
            new Kind("an API key", "\\b[sr]k_(test|live)_[A-Za-z0-9]{2,}", "sk_", "rk_"),
            new Kind("a webhook's signing secret", "\\bwhsec_[A-Za-z0-9+/]{2,}", "whsec_"),
            new Kind("a client secret", "_secret_[A-Za-z0-9]{4,}", "_secret_"),
            new Kind("a payment method's id", "\\b(pm|card|src|tok)_[A-Za-z0-9]{14,}", "pm_", "card_", "src_", "tok_"),
            new Kind("a signature", "\\bv[01]=[0-9a-fA-F]{32,}", "v0=", "v1="),
            new Kind("an e-mail address", "[A-Za-z0-9._%+-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*\\.)+[A-Za-z]{2,}\\b", "@"));
    private static final Kind CREDENTIALS = new Kind(
            "credentials",
            "(?i)\\bauthorization\\b[\"']?\\s*[:=]\\s*[\"'\\[]*(basic|bearer)\\s+[^\\s\"'\\]]{4,}",
            ":",
            "=");

    private Secrets() {}

    /** @param hints a text without any of them contains none of this kind; most texts are settled by this cheap look */
    private record Kind(String name, Pattern pattern, String... hints) {
        Kind(String name, String regex, String... hints) {
            this(name, Pattern.compile(regex), hints);
        }

        Optional<String> in(String text) {
            for (String hint : hints) {
                if (text.contains(hint)) {
                    Matcher found = pattern.matcher(text);
                    return found.find()
                            ? Optional.of(name + " ('" + beginning(found.group()) + "…')")
                            : Optional.empty();
                }
            }
            return Optional.empty();
        }
    }

    /** What the text gives away, in words that do not repeat it; empty when nothing. */
    public static Optional<String> in(@Nullable CharSequence text) {
        if (text == null) {
            return Optional.empty();
        }
        String whole = text.toString();
        for (Kind kind : KINDS) {
            Optional<String> found = kind.in(whole);
            if (found.isPresent()) {
                return found;
            }
        }
        Optional<String> credentials = mentionsAuthorization(whole) ? CREDENTIALS.in(whole) : Optional.empty();
        return credentials.isEmpty() && hasDigitsOfCardNumber(whole) ? cardNumber(whole) : credentials;
    }

    private static boolean mentionsAuthorization(String text) {
        int length = AUTHORIZATION.length();
        for (int i = 0; i <= text.length() - length; i++) {
            char first = text.charAt(i);
            if ((first == 'a' || first == 'A') && text.regionMatches(true, i, AUTHORIZATION, 0, length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasDigitsOfCardNumber(String text) {
        int digits = 0;
        for (int i = 0; i < text.length() && digits < SHORTEST_CARD_NUMBER; i++) {
            char c = text.charAt(i);
            digits += c >= '0' && c <= '9' ? 1 : 0;
        }
        return digits == SHORTEST_CARD_NUMBER;
    }

    private static Optional<String> cardNumber(String text) {
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
