package io.autorecharge.credit;

import org.jspecify.annotations.Nullable;

/**
 * A value that was given to the library breaks a rule. It is thrown at every edge (constructor, builder, property, endpoint, command)
 * before anything is changed. Callers that translate it read {@link #field}, {@link #value} and {@link #rule}; the message need not be
 * parsed. Immutable.
 */
public final class InvalidValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String value;
    private final String rule;

    /**
     * @param field the Java name of what was given: a parameter, a record component or a builder method, such as {@code maxAmount}
     * @param value what was given; never a secret. Only its beginning is kept, with control characters replaced ({@link Text#shown})
     * @param rule what holds for the field, as the end of a sentence that begins with it: {@code must be positive}
     */
    public InvalidValueException(String field, @Nullable Object value, String rule) {
        super(field + " " + rule + ": " + Text.shown(String.valueOf(value)));
        this.field = field;
        this.value = Text.shown(String.valueOf(value));
        this.rule = rule;
    }

    /** The value that is wrong, by its Java name. */
    public String field() {
        return field;
    }

    /** What was given, as text that is safe to log; {@code null} when nothing was given. */
    public String value() {
        return value;
    }

    /** The rule it breaks, as the end of a sentence that begins with the field. */
    public String rule() {
        return rule;
    }

    /** The same mistake under the caller's name of the field, such as that of a property or a JSON field. */
    public InvalidValueException named(String name) {
        return new InvalidValueException(name, value, rule);
    }
}
