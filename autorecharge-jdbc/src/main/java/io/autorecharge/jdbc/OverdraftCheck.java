package io.autorecharge.jdbc;

import java.util.regex.Pattern;

/** Recognizes the usual ways in which a constraint forbids a negative balance. What it misses is a refused debit when it happens. */
final class OverdraftCheck {
    /** After the column: not below zero, above it, or between it and more. */
    private static final String NOT_NEGATIVE = "\\W{0,3}(::\\w+\\W*)?\\s*(>=?|between)\\s*\\W*(cast\\W*)?0";

    /** Before the column: zero is below it. */
    private static final String ZERO_BELOW = "0[^<>=]{0,40}<=?\\W{0,3}";

    private OverdraftCheck() {}

    static boolean forbids(SchemaObstacle obstacle, AccountsTable accounts) {
        String column = switch (obstacle.kind()) {
            case CHECK -> accounts.balance().toString().replaceAll("\\W", "");
            case DOMAIN -> "value";
            default -> "";
        };
        if (column.isEmpty()) {
            return false;
        }
        String name = "(?<!\\w)" + Pattern.quote(column) + "(?!\\w)";
        return Pattern.compile("(?i)" + name + NOT_NEGATIVE + "|" + ZERO_BELOW + name)
                .matcher(obstacle.detail())
                .find();
    }
}
