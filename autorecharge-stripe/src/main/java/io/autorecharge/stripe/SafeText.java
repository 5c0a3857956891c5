package io.autorecharge.stripe;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes foreign text safe for logs: masks keys, secrets, payment methods and addresses, replaces control characters, limits the length. */
final class SafeText {
    private static final Pattern SECRET = Pattern.compile("\\b(sk|rk|pk|whsec|pm|card|src|tok|ba)_[A-Za-z0-9_*]+");
    private static final Pattern CLIENT_SECRET = Pattern.compile("_secret_[A-Za-z0-9]+");
    private static final Pattern EMAIL = Pattern.compile("[^\\s'\"<>]+@[^\\s'\"<>]+");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Cs}]");
    private static final int MAX_LENGTH = 300;

    private SafeText() {}

    static String of(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String cut = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
        String plain = UNPRINTABLE.matcher(cut).replaceAll("?");
        String withoutIds = SECRET.matcher(CLIENT_SECRET.matcher(plain).replaceAll("_secret_…"))
                .replaceAll("$1_…");
        return EMAIL.matcher(withoutIds).replaceAll("…@…");
    }
}
