package io.autorecharge.jdbc;

import org.jspecify.annotations.Nullable;

/** Fits texts of other systems into their columns. A text must never keep a payment from being recorded. */
final class SqlTexts {
    private static final int LONGEST_WORD = 1000;

    private SqlTexts() {}

    static @Nullable String word(@Nullable String text) {
        if (text == null) {
            return null;
        }
        // PostgreSQL stores no NUL.
        String clean = text.replace('\0', '?');
        if (clean.length() <= LONGEST_WORD) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(LONGEST_WORD - 1)) ? LONGEST_WORD - 1 : LONGEST_WORD;
        return clean.substring(0, end);
    }
}
