package io.autorecharge.credit;

/**
 * A value that was given to the library breaks a rule: thrown at every edge (constructor, builder, property, endpoint, command) before anything
 * is changed. Callers that translate it read {@link #field}, {@link #value} and {@link #rule}; nobody needs to read the message. Immutable.
 */
public final class InvalidValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String value;
    private final String rule;

    /**
     * @param field the Java name of what was given: a parameter, a record component or a builder method, such as {@code maxAmount}; parts of a
     *     nested value follow a dot
     * @param value what was given, shown in full; callers never pass a secret
     * @param rule what holds for the field, as the end of a sentence that begins with it: {@code must be positive}
     */
    public InvalidValueException(String field, Object value, String rule) {
        super(field + " " + rule + ": " + value);
        this.field = field;
        this.value = String.valueOf(value);
        this.rule = rule;
    }

    /** Which value is wrong, by its Java name. */
    public String field() {
        return field;
    }

    /** What was given, as text. */
    public String value() {
        return value;
    }

    /** The rule it breaks, as the end of a sentence that begins with the field. */
    public String rule() {
        return rule;
    }

    /** The same mistake under the name that the caller used for the field, such as a property or a JSON field. */
    public InvalidValueException named(String name) {
        return new InvalidValueException(name, value, rule);
    }
}
