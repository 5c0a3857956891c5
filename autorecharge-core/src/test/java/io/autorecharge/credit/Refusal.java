package io.autorecharge.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The exception for a value that the library refuses, compared as a whole. */
public record Refusal(String field, String value, String rule) {
    /** Runs what must be refused. */
    public static Refusal of(ThrowingCallable refused) {
        InvalidValueException[] caught = new InvalidValueException[1];
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(refused)
                .satisfies(e -> caught[0] = e);
        InvalidValueException e = caught[0];
        assertThat(e).hasMessage(e.field() + " " + e.rule() + ": " + e.value());
        return new Refusal(e.field(), e.value(), e.rule());
    }

    /** Checks that this is refused for this field and value by this rule. */
    public static void check(String field, Object value, String rule, ThrowingCallable refused) {
        assertThat(of(refused)).isEqualTo(new Refusal(field, value.toString(), rule));
    }
}
