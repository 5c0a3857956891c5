package io.autorecharge.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every fault at every call of every port, on the store in memory. */
class EnumerationTest {
    private final Enumeration enumeration = new Enumeration(InMemoryDatabase::new, Enumeration.PORTS);

    @ParameterizedTest
    @EnumSource
    void no_single_fault_anywhere_breaks_a_promise(Story story) {
        enumeration.singles(story);

        System.out.println(story + ": " + enumeration.scenarios() + " scenarios");
        assertThat(enumeration.failures()).isEmpty();
        assertThat(enumeration.scenarios()).isGreaterThan(100);
    }
}
