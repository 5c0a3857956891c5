package io.autorecharge.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Runs {@link SimulationMain} with the arguments in a system property, such as {@code -Dsimulation="worlds 1 10"}. */
@Tag("simulation")
class LongSimulationTest {
    @Test
    @EnabledIfSystemProperty(
            named = "simulation",
            matches = "(enumerate|worlds|seed|story).*",
            disabledReason = "runs only with arguments: -Dsimulation=\"worlds FIRST_SEED MINUTES\"")
    void every_promise_holds_for_the_configured_time() {
        String[] arguments = System.getProperty("simulation").split(" ");

        assertThat(SimulationMain.holds(arguments, System.out::println)).isTrue();
    }
}
