package io.autorecharge.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeded worlds of many nodes and accounts, on the store in memory. {@code SimulationMain} runs them for as long as one likes. */
class SimulationTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 3, 5, 12, 19, 22, 26, 36})
    void every_promise_holds_in_the_world_of(long seed) {
        assertThat(Simulation.run(seed).violations())
                .as("replay with seed " + seed)
                .isEmpty();
    }

    @Test
    void every_promise_holds_in_a_world_that_nobody_has_seen_yet() {
        long seed = new SplittableRandom().nextLong();

        Simulation.Report report = Simulation.run(seed);

        System.out.println(report);
        assertThat(report.violations()).as("replay with seed " + seed).isEmpty();
    }

    @Test
    void the_same_seed_gives_the_same_world() {
        assertThat(Simulation.run(4)).isEqualTo(Simulation.run(4)).isNotEqualTo(Simulation.run(6));
    }

    @Test
    void worlds_hold_what_they_are_meant_to_try() {
        Simulation.Report report = Simulation.run(12);

        assertThat(report.captures()).isGreaterThan(50);
        assertThat(report.purchases()).isGreaterThan(20);
        assertThat(report.recoveries()).isPositive();
        assertThat(report.refunds()).isGreaterThan(10);
        assertThat(report.disputes()).isGreaterThan(5);
        assertThat(report.alarms()).isPositive();
        assertThat(report.faults()).isGreaterThan(100);
        assertThat(report.deaths()).isGreaterThan(10);
        assertThat(report.sends()).isGreaterThan(report.captures());
    }
}
