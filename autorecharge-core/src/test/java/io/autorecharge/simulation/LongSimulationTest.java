package io.autorecharge.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What {@link SimulationMain} does, by {@code -Dsimulation="worlds 1 10"} and the like. */
class LongSimulationTest {
    @Test
    @EnabledIfSystemProperty(
            named = "simulation",
            matches = "(enumerate|worlds|seed|story).*",
            disabledReason = "takes as long as it is told: -Dsimulation=\"worlds FIRST_SEED MINUTES\"")
    void every_promise_holds_for_as_long_as_told() {
        String[] arguments = System.getProperty("simulation").split(" ");

        assertThat(SimulationMain.holds(arguments, System.out::println)).isTrue();
    }
}
