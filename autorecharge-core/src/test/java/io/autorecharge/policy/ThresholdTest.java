package io.autorecharge.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.autorecharge.credit.Credits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdTest {
    @ParameterizedTest(name = "threshold {0}, inclusive {1}: {2} to {3} crosses: {4}")
    @CsvSource({
        "10, false, 11, 10, false",
        "10, false, 11, 9.999999, true",
        "10, false, 10, 9.999999, true",
        "10, false, 9.999999, 9, false",
        "10, false, 9, 11, false",
        "10, true, 11, 10.000001, false",
        "10, true, 11, 10, true",
        "10, true, 10, 9, false",
        "0, false, 1, 0, false",
        "0, false, 0, -0.000001, true",
        "0, true, 1, 0, true",
    })
    void is_crossed_by_a_change_from_not_low_to_low(
            String threshold, boolean inclusive, String before, String after, boolean crossed) {
        assertThat(new Threshold(Credits.of(threshold), inclusive).isCrossed(Credits.of(before), Credits.of(after)))
                .isEqualTo(crossed);
    }

    @Test
    void a_balance_that_equals_it_is_low_only_where_it_is_inclusive() {
        assertThat(new Threshold(Credits.of(10), true).isLow(Credits.of(10))).isTrue();
        assertThat(new Threshold(Credits.of(10), false).isLow(Credits.of(10))).isFalse();
    }

    @Test
    void names_the_argument_that_is_null() {
        assertThatNullPointerException()
                .isThrownBy(() -> new Threshold(null, true))
                .withMessage("credits");
    }
}
