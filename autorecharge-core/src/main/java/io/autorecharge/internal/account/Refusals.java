package io.autorecharge.internal.account;

/** What the database answered, in one line: the lines after the first may show values of the row. */
final class Refusals {
    private static final int LONGEST = 300;

    private Refusals() {}

    static String describe(RuntimeException refusal) {
        Throwable answer = refusal.getCause() == null ? refusal : refusal.getCause();
        return firstLine(String.valueOf(answer.getMessage()));
    }

    private static String firstLine(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
    }
}
