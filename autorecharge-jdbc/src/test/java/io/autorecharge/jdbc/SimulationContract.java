package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.autorecharge.simulation.Enumeration;
import io.autorecharge.simulation.Simulation;
import io.autorecharge.simulation.Story;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** The protocol on a real database, with faults at its statements and commits. */
abstract class SimulationContract {
    /** Chooses the single faults that a normal build plays. */
    private static final long SEED = 18;

    private static final Logger LIBRARY = (Logger) LoggerFactory.getLogger("io.autorecharge");

    private SimulatedDatabase simulated;

    abstract DataSource database();

    @BeforeEach
    void prepare() {
        simulated = new SimulatedDatabase(database());
        // Faults that are injected thousands of times are not worth a log line each.
        LIBRARY.setLevel(Level.OFF);
    }

    @AfterEach
    void logAgain() {
        LIBRARY.setLevel(null);
    }

    /** Of a small world in which much goes wrong. The same seed gives another world on each database, whose statements differ. */
    abstract long world();

    /** How many of the single faults a normal build plays, chosen by {@link #SEED}. */
    abstract int sample();

    @Test
    void no_single_fault_at_a_statement_of_a_charge_and_its_refund_breaks_a_promise() {
        Enumeration enumeration = new Enumeration(simulated::emptied, Enumeration.STATEMENTS);

        if (Soak.isOn()) {
            enumeration.singles(Story.REFUNDED_UNKNOWN);
            assertThat(enumeration.scenarios()).isGreaterThan(100);
        } else {
            enumeration.samples(Story.REFUNDED_UNKNOWN, sample(), 1, SEED);
            assertThat(enumeration.scenarios()).isEqualTo(2 * sample());
        }

        System.out.println("statements of a charge and its refund: " + enumeration.scenarios() + " scenarios");
        assertThat(enumeration.failures()).as("faults chosen by seed " + SEED).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @EnabledIfSystemProperty(named = Soak.PROPERTY, matches = "true", disabledReason = "takes minutes: -Dsoak=true")
    void no_single_fault_at_a_statement_breaks_a_promise(Story story) {
        Enumeration enumeration = new Enumeration(simulated::emptied, Enumeration.EVERYTHING);

        enumeration.singles(story);

        System.out.println(story + ": " + enumeration.scenarios() + " scenarios");
        assertThat(enumeration.failures()).isEmpty();
    }

    @Test
    void a_world_of_many_accounts_and_nodes_keeps_every_promise() {
        Simulation.Report report = Simulation.run(world(), simulated.emptied());

        System.out.println(report);
        assertThat(report.violations()).as("replay with seed " + world()).isEmpty();
        assertThat(report.captures()).isPositive();
        assertThat(report.refunds()).isPositive();
        assertThat(report.disputes()).isPositive();
        assertThat(report.faults()).isGreaterThan(20);
        assertThat(report.deaths()).isGreaterThan(10);
        assertThat(Verification.of(database()).verify(endOfTheWorld()).violations())
                .as("in the rows, with seed " + world())
                .isEmpty();
    }

    /** The world's clocks have moved on. */
    private Instant endOfTheWorld() {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select max(seen_at) from auto_recharge_installation")) {
            assertThat(row.next()).isTrue();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
