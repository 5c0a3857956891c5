package io.autorecharge.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreditsTest {
    private static final long SEED = 20260302;
    private static final String SIZE = "must be between -9223372036854.775807 and 9223372036854.775807";

    @Test
    void a_tenth_and_two_tenths_are_three_tenths() {
        assertThat(Credits.of("0.1").plus(Credits.of("0.2"))).isEqualTo(Credits.of("0.3"));
    }

    @ParameterizedTest
    @CsvSource({"100,100", "12.50,12.5", "-0.000001,-0.000001", "007,7", "0.0,0", "-0,0"})
    void reads_decimals_and_writes_them_plainly(String text, String plain) {
        assertThat(Credits.of(text)).hasToString(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "NaN",
                "Infinity",
                "-Infinity",
                "1.0000001",
                "1e-7",
                "1e2",
                "1e9",
                "1E2",
                "0e99",
                "1e999999999",
                "1e-999999999",
                "+5",
                ".5",
                "5.",
                "--5",
                " 5",
                "5 ",
                "1_000",
                "\uFF11\uFF12",
                "1\uFF10",
                "\u0661\u0662",
                "\u0967",
                "\u2212" + "5",
                "9223372036855",
                "-9223372036855",
                "0x10",
                "ten",
                "1,5",
                "9999999999999999999999999999999999999999999999999999999999999999999"
            })
    void refuses_what_it_cannot_hold_and_names_the_field(String text) {
        assertThat(Refusal.of(() -> Credits.parse("threshold", text)).field()).isEqualTo("threshold");
    }

    @Test
    void holds_the_largest_long_of_millionths_and_not_one_more() {
        Credits largest = Credits.of("9223372036854.775807");

        assertThat(largest.micros()).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> largest.plus(Credits.ofMicros(1))).isInstanceOf(ArithmeticException.class);
        for (long whole : new long[] {Long.MIN_VALUE, -9_223_372_036_855L, 9_223_372_036_855L, Long.MAX_VALUE}) {
            Refusal.check("credits", whole, SIZE, () -> Credits.of(whole));
        }
        assertThatThrownBy(() -> Credits.ofMicros(Long.MIN_VALUE).negated()).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void agrees_with_exact_decimals_on_random_sums() {
        Random random = new Random(SEED);
        for (int i = 0; i < 10_000; i++) {
            long a = random.nextLong() / 4;
            long b = random.nextLong() / 4;
            BigDecimal exact = BigDecimal.valueOf(a, 6).add(BigDecimal.valueOf(b, 6));
            assertThat(Credits.ofMicros(a).plus(Credits.ofMicros(b)).toBigDecimal())
                    .as("seed %d, step %d", SEED, i)
                    .isEqualTo(exact);
            assertThat(Credits.of(exact).toBigDecimal()).isEqualTo(exact);
        }
    }

    @Test
    void orders_by_value() {
        assertThat(Credits.of("9.999999").isLessThan(Credits.of(10))).isTrue();
        assertThat(Credits.of(10).isLessThan(Credits.of(10))).isFalse();
        assertThat(Credits.of(10).isAtMost(Credits.of("10.0"))).isTrue();
        assertThat(Credits.of(2)).isGreaterThan(Credits.of(-3));
    }

    @Test
    void reads_64_characters_and_no_more() {
        assertThat(Credits.of("1." + "0".repeat(62))).isEqualTo(Credits.of(1));
        String longer = "1." + "0".repeat(63);
        Refusal.check(
                "threshold",
                longer.substring(0, 40) + "…",
                "must have at most 64 characters",
                () -> Credits.parse("threshold", longer));
    }

    @Test
    void refuses_a_missing_value_a_non_number_and_a_number_that_is_too_large_or_too_precise() {
        Refusal.check("threshold", "null", "must be given", () -> Credits.parse("threshold", null));
        Refusal.check("threshold", "NaN", "must be a decimal number", () -> Credits.parse("threshold", "NaN"));
        Refusal.check(
                "threshold",
                "1.0000001",
                "must have at most 6 decimal places",
                () -> Credits.parse("threshold", "1.0000001"));
        Refusal.check("threshold", "1E+999999999", SIZE, () -> Credits.of("threshold", new BigDecimal("1e999999999")));
        assertThatNullPointerException()
                .isThrownBy(() -> Credits.of("threshold", (BigDecimal) null))
                .withMessage("threshold");
    }

    @Test
    void a_part_lies_from_nothing_to_the_whole_and_is_rounded_down() {
        assertThat(Credits.of(20).part(1, 3)).isEqualTo(Credits.of("6.666666"));
        assertThat(Credits.of(20).part(0, 3)).isEqualTo(Credits.ZERO);
        assertThat(Credits.of(20).part(3, 3)).isEqualTo(Credits.of(20));
        assertThat(Credits.of(20).part(1, 1)).isEqualTo(Credits.of(20));
        assertThat(Credits.ZERO.part(1, 2)).isEqualTo(Credits.ZERO);
        Refusal.check(
                "whole",
                "-0.000001",
                "must not be negative",
                () -> Credits.SMALLEST.negated().part(1, 2));
        Refusal.check(
                "numerator", -1, "must be between 0 and 2", () -> Credits.of(20).part(-1, 2));
        Refusal.check(
                "numerator", 4, "must be between 0 and 3", () -> Credits.of(20).part(4, 3));
        Refusal.check(
                "denominator", 0, "must be at least 1", () -> Credits.of(20).part(0, 0));
    }

    @Test
    void adds_subtracts_and_multiplies_exactly() {
        assertThat(Credits.of("1.5").minus(Credits.of(2))).isEqualTo(Credits.of("-0.5"));
        assertThat(Credits.of("1.5").times(3)).isEqualTo(Credits.of("4.5"));
        assertThat(Credits.of("1.5").negated()).isEqualTo(Credits.of("-1.5")).isNotEqualTo(Credits.of("1.5"));
    }

    @Test
    void rounds_to_multiples_of_a_step_on_both_sides_of_zero() {
        Credits half = Credits.of("0.5");

        assertThat(Credits.of("1.7").roundedDownTo(half)).isEqualTo(Credits.of("1.5"));
        assertThat(Credits.of("-1.7").roundedDownTo(half)).isEqualTo(Credits.of(-2));
        assertThat(Credits.of("1.7").roundedUpTo(half)).isEqualTo(Credits.of(2));
        assertThat(Credits.of("-1.7").roundedUpTo(half)).isEqualTo(Credits.of("-1.5"));
        assertThat(Credits.of("1.5").isMultipleOf(half)).isTrue();
        assertThat(Credits.of("1.7").isMultipleOf(half)).isFalse();
    }

    @Test
    void zero_is_neither_positive_nor_negative() {
        assertThat(Credits.ZERO.isPositive() || Credits.ZERO.isNegative()).isFalse();
        assertThat(Credits.ZERO.isZero()).isTrue();
        assertThat(Credits.SMALLEST.isPositive()).isTrue();
        assertThat(Credits.SMALLEST.isZero()).isFalse();
        assertThat(Credits.SMALLEST.negated().isNegative()).isTrue();
        assertThat(Credits.SMALLEST.isAtMost(Credits.ZERO)).isFalse();
    }

    @Test
    void equal_amounts_are_one_key() {
        assertThat(Set.of(Credits.of("12.5"))).contains(Credits.of("12.50"));
        assertThat(Credits.of("12.5").hashCode())
                .isNotEqualTo(Credits.of("12.6").hashCode());
    }
}
