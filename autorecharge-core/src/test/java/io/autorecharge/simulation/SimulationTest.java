package io.autorecharge.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeded worlds with many nodes and accounts, on the in-memory store. {@code SimulationMain} runs them for any time. */
@Tag("simulation")
@Execution(ExecutionMode.CONCURRENT)
class SimulationTest {
    /** Each world is lived through once, for all tests. */
    private static final Map<Long, Simulation.Report> WORLDS = new ConcurrentHashMap<>();

    private static Simulation.Report world(long seed) {
        return WORLDS.computeIfAbsent(seed, Simulation::run);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 5, 12, 19, 22, 26, 36})
    void every_promise_holds_in_the_world_of(long seed) {
        assertThat(world(seed).violations()).as("replay with seed " + seed).isEmpty();
    }

    @Test
    void every_promise_holds_in_a_new_random_world() {
        // Shorter than a card number, which nothing may print.
        long seed = new SplittableRandom().nextInt(Integer.MAX_VALUE);

        Simulation.Report report = Simulation.run(seed);

        System.out.println(report);
        assertThat(report.violations()).as("replay with seed " + seed).isEmpty();
    }

    @Test
    void the_same_seed_gives_the_same_world() {
        assertThat(Simulation.run(5)).isEqualTo(world(5)).isNotEqualTo(world(6));
    }

    /** All seeds together, because every change of the library changes the world of a seed. */
    @Test
    void worlds_hold_what_they_are_meant_to_try() {
        List<Simulation.Report> worlds =
                LongStream.rangeClosed(1, 6).mapToObj(SimulationTest::world).toList();

        assertThat(all(worlds, Simulation.Report::captures)).isGreaterThan(100);
        assertThat(all(worlds, Simulation.Report::purchases)).isGreaterThan(60);
        assertThat(all(worlds, Simulation.Report::recoveries)).isPositive();
        assertThat(all(worlds, Simulation.Report::refunds)).isGreaterThan(20);
        assertThat(all(worlds, Simulation.Report::disputes)).isGreaterThan(10);
        assertThat(all(worlds, Simulation.Report::alarms)).isPositive();
        assertThat(all(worlds, Simulation.Report::faults)).isGreaterThan(200);
        assertThat(all(worlds, Simulation.Report::deaths)).isGreaterThan(40);
        assertThat(all(worlds, Simulation.Report::sends)).isGreaterThan(all(worlds, Simulation.Report::captures));
    }

    private static long all(List<Simulation.Report> worlds, ToLongFunction<Simulation.Report> count) {
        return worlds.stream().mapToLong(count).sum();
    }
}
