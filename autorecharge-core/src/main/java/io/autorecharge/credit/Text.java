package io.autorecharge.credit;

import org.jspecify.annotations.Nullable;

/** Checks of the texts that come from outside: one rule for ids and references, and errors that name the field and the value. */
public final class Text {
    /** The longest id or reference, in UTF-16 units: what a {@code varchar(255)} column and a provider's idempotency key both hold. */
    public static final int MAX_LENGTH = 255;

    private static final int SHOWN = 40;

    private Text() {}

    /**
     * Refuses what cannot be stored and compared the same way everywhere.
     *
     * @param field the name to put into the error
     * @return the value, unchanged
     * @throws IllegalArgumentException when it is null, blank, longer than {@value #MAX_LENGTH}, surrounded by white space, or holds control
     *     characters or broken surrogates
     */
    public static String require(String field, @Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        if (value.isBlank()) {
            throw new IllegalArgumentException(field + " is blank");
        }
        if (value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(field + " has " + value.length() + " characters, at most " + MAX_LENGTH
                    + " are allowed: '" + shown(value) + "'");
        }
        if (!value.strip().equals(value)) {
            throw new IllegalArgumentException(field + " begins or ends with white space: '" + shown(value) + "'");
        }
        if (value.codePoints().anyMatch(Text::unprintable)) {
            throw new IllegalArgumentException(
                    field + " holds a control character or half a surrogate pair: '" + shown(value) + "'");
        }
        return value;
    }

    /** The value's beginning with control characters replaced, so that an error or a log line cannot be forged by it. */
    public static String shown(String value) {
        StringBuilder out = new StringBuilder();
        value.codePoints().limit(SHOWN).forEach(c -> out.appendCodePoint(unprintable(c) ? '?' : c));
        return value.codePointCount(0, value.length()) > SHOWN ? out + "…" : out.toString();
    }

    private static boolean unprintable(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
