package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.simulation.Enumeration;
import io.autorecharge.simulation.Simulation;
import io.autorecharge.simulation.Story;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The protocol on a real database, with faults at its statements and commits. */
abstract class SimulationContract {
    private SimulatedDatabase simulated;
    private Enumeration enumeration;

    abstract DataSource database();

    @BeforeEach
    void prepare() {
        simulated = new SimulatedDatabase(database());
        enumeration = new Enumeration(simulated::emptied, Enumeration.STATEMENTS);
    }

    @Test
    void no_single_fault_at_a_statement_of_a_charge_breaks_a_promise() {
        enumeration.singles(Story.CHARGED_UNTOLD);

        assertThat(enumeration.failures()).isEmpty();
        assertThat(enumeration.scenarios()).isGreaterThan(200);
    }

    @ParameterizedTest
    @EnumSource
    @EnabledIfSystemProperty(
            named = "simulation",
            matches = "long",
            disabledReason = "takes minutes: -Dsimulation=long")
    void no_single_fault_at_a_statement_breaks_a_promise(Story story) {
        enumeration.singles(story);

        System.out.println(story + " on " + simulated + ": " + enumeration.scenarios() + " scenarios");
        assertThat(enumeration.failures()).isEmpty();
    }

    @Test
    void worlds_of_many_accounts_and_nodes_keep_every_promise() {
        for (long seed : List.of(3L, 11L)) {
            Simulation.Report report = Simulation.run(seed, simulated.emptied());

            assertThat(report.violations()).as("seed " + seed).isEmpty();
            assertThat(report.captures()).as("seed " + seed).isPositive();
        }
    }
}
