package io.autorecharge.internal.account;

/** What the database answered, in one line: the lines after the first may show values of the row. */
final class Refusals {
    private static final int LONGEST = 300;

    private Refusals() {}

    static String describe(RuntimeException refusal) {
        Throwable answer = refusal.getCause() == null ? refusal : refusal.getCause();
        String message = answer.getMessage();
        String line = message == null || message.isBlank()
                ? answer.getClass().getSimpleName()
                : message.strip().lines().findFirst().orElse("");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
    }
}
