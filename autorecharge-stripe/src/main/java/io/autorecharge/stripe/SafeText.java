package io.autorecharge.stripe;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes foreign text safe for logs: masks keys, secrets, payment methods, card numbers and addresses, replaces control characters, limits
 * the length. Stripe's codes stay readable, also those that begin like an id, such as {@code card_decline_rate_limit_exceeded}.
 */
final class SafeText {
    private static final int MAX_LENGTH = 300;

    /** How far behind the limit the end of something that begins before it is searched for. */
    private static final int LOOK_AHEAD = 400;

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Cs}]");

    /** Ids have digits or capital letters, and no underscore after the first; codes are words in lower case. */
    private static final String CODE = "(?:[a-z]{1,13}|[a-z]+(?:_[a-z]+)+)(?![A-Za-z0-9_*])";

    /** The first that fits wins, so an address comes before what its first part may look like. */
    private static final Pattern HIDDEN = Pattern.compile(String.join(
            "|",
            "(?<email>[^\\s'\"<>]+@[^\\s'\"<>]+)",
            "\\b(?<prefix>sk|rk|pk|ek|whsec|pm|src|tok|btok|ba)_[A-Za-z0-9_*]+",
            "\\b(?<card>card)_(?!" + CODE + ")[A-Za-z0-9_*]+",
            "(?<secret>_secret_[A-Za-z0-9]+)",
            "(?<number>(?<![A-Za-z0-9_-])[0-9](?:[ -]?[0-9]){12,18}(?![A-Za-z0-9_-]))"));

    private static final Map<String, String> MASKS =
            Map.of("email", "…@…", "secret", "_secret_…", "number", "…", "prefix", "${prefix}_…", "card", "card_…");

    private SafeText() {}

    static String of(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String start = text.substring(0, Math.min(text.length(), MAX_LENGTH + LOOK_AHEAD));
        return masked(UNPRINTABLE.matcher(start).replaceAll("?"));
    }

    /** Cuts after masking, because half of a number or of an address would not be recognized. */
    private static String masked(String text) {
        StringBuilder safe = new StringBuilder();
        Matcher hidden = HIDDEN.matcher(text);
        int from = 0;
        while (from < MAX_LENGTH && hidden.find() && hidden.start() < MAX_LENGTH) {
            hidden.appendReplacement(safe, mask(hidden));
            from = hidden.end();
        }
        if (from < MAX_LENGTH) {
            safe.append(text, from, Math.min(text.length(), MAX_LENGTH));
        }
        return text.length() > Math.max(from, MAX_LENGTH) ? safe.append('…').toString() : safe.toString();
    }

    private static String mask(Matcher hidden) {
        return MASKS.entrySet().stream()
                .filter(it -> hidden.group(it.getKey()) != null)
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }
}
