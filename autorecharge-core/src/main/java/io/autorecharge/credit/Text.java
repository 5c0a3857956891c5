package io.autorecharge.credit;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks texts from outside: one rule for all ids, references and descriptions, and one for numbers. */
public final class Text {
    /** The longest id or reference, in UTF-16 units: what a {@code varchar(255)} column and a provider's idempotency key both hold. */
    public static final int MAX_LENGTH = 255;

    /** Longer numbers are refused before they are read, since reading takes quadratic time. */
    private static final int MAX_DIGITS = 64;

    private static final int SHOWN = 40;

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

    private Text() {}

    /**
     * Refuses what cannot be stored and compared the same way everywhere.
     *
     * @param field the name for the error
     * @return the value, unchanged
     * @throws InvalidValueException when it is null, blank, longer than {@value #MAX_LENGTH}, surrounded by white space, or contains control
     *     characters or half a surrogate pair
     */
    public static String require(String field, @Nullable String value) {
        if (value == null) {
            throw new InvalidValueException(field, null, "must be given");
        }
        if (value.isBlank()) {
            throw new InvalidValueException(field, value, "must not be blank");
        }
        if (value.length() > MAX_LENGTH) {
            throw new InvalidValueException(
                    field, value, "must have at most " + MAX_LENGTH + " characters, not " + value.length());
        }
        if (!value.strip().equals(value)) {
            throw new InvalidValueException(field, value, "must not begin or end with white space");
        }
        if (value.codePoints().anyMatch(Text::unprintable)) {
            throw new InvalidValueException(
                    field, value, "must not contain control characters or half a surrogate pair");
        }
        return value;
    }

    /**
     * A number as people write it: digits from 0 to 9, a point, a minus sign. No exponent, no plus sign and no digits of other scripts, which
     * are typing errors where an amount is meant.
     *
     * @throws InvalidValueException when the text is null, too long or not a decimal number
     */
    public static BigDecimal decimal(String field, @Nullable String value) {
        if (value == null) {
            throw new InvalidValueException(field, null, "must be given");
        }
        if (value.length() > MAX_DIGITS) {
            throw new InvalidValueException(field, value, "must have at most " + MAX_DIGITS + " characters");
        }
        if (!DECIMAL.matcher(value).matches()) {
            throw new InvalidValueException(field, value, "must be a decimal number");
        }
        return new BigDecimal(value);
    }

    /** The first 40 characters with control characters replaced, so that the value cannot forge an error or a log line. */
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
