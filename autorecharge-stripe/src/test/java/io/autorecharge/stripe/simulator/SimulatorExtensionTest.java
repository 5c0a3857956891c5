package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs test classes like those of an application. */
class SimulatorExtensionTest {

    private static final List<StripeSimulator> SEEN = new ArrayList<>();
    private static boolean hostRuns;

    @Test
    void each_test_method_has_its_own_simulator() {
        TestExecutionSummary run = run(PerMethod.class);

        assertThat(run.getTestsSucceededCount()).isEqualTo(2);
        assertThat(SEEN).hasSize(4);
        assertThat(SEEN.get(0)).isSameAs(SEEN.get(1)).isNotSameAs(SEEN.get(2));
        assertThat(SEEN.get(2)).isSameAs(SEEN.get(3));
        assertThat(SEEN).noneMatch(SimulatorExtensionTest::listens);
    }

    @Test
    void a_class_and_its_nested_classes_share_one_simulator() {
        TestExecutionSummary run = run(PerClass.class);

        assertThat(run.getTestsSucceededCount()).isEqualTo(3);
        assertThat(SEEN).hasSize(5).containsOnly(SEEN.get(0)).noneMatch(SimulatorExtensionTest::listens);
    }

    @Test
    void a_simulator_per_class_on_an_instance_field_is_an_error() {
        assertThat(messages(run(PerClassOnInstance.class)))
                .containsExactly("SimulatorExtension.perClass() must be registered on a static field");
    }

    @Test
    void a_simulator_per_method_cannot_be_a_parameter_of_before_all() {
        assertThat(messages(run(PerMethodBeforeAll.class)))
                .singleElement()
                .asString()
                .contains("No simulator runs outside a test method; use SimulatorExtension.perClass()");
    }

    private static List<String> messages(TestExecutionSummary run) {
        return run.getFailures().stream()
                .map(it -> it.getException().getMessage())
                .toList();
    }

    private static TestExecutionSummary run(Class<?> host) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        SEEN.clear();
        hostRuns = true;
        try {
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(host))
                                    .build(),
                            summary);
        } finally {
            hostRuns = false;
        }
        return summary.getSummary();
    }

    private static boolean listens(StripeSimulator simulator) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/v1/customers"))
                .build();
        try {
            HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The classes below run only when a test above runs them. */
    static boolean hostRuns() {
        return hostRuns;
    }

    @EnabledIf("io.autorecharge.stripe.simulator.SimulatorExtensionTest#hostRuns")
    @ExtendWith(SimulatorExtension.class)
    static class PerMethod {
        @BeforeEach
        void start(StripeSimulator stripe) {
            SEEN.add(stripe);
        }

        @Test
        void one(StripeSimulator stripe) {
            assertThat(listens(stripe)).isTrue();
            SEEN.add(stripe);
        }

        @Test
        void another(StripeSimulator stripe) {
            SEEN.add(stripe);
        }
    }

    @EnabledIf("io.autorecharge.stripe.simulator.SimulatorExtensionTest#hostRuns")
    static class PerClass {
        private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

        @RegisterExtension
        static final SimulatorExtension STRIPE =
                SimulatorExtension.perClass().withClock(Clock.fixed(NOW, ZoneOffset.UTC));

        @BeforeAll
        static void start(StripeSimulator stripe) {
            SEEN.add(stripe);
        }

        @AfterAll
        static void end(StripeSimulator stripe) {
            SEEN.add(stripe);
        }

        @Test
        void uses_the_clock(StripeSimulator stripe) throws Exception {
            assertThat(new RawStripe(stripe)
                            .post("/v1/customers")
                            .json()
                            .get("created")
                            .getAsLong())
                    .isEqualTo(NOW.getEpochSecond());
            SEEN.add(stripe);
        }

        @Test
        void another(StripeSimulator stripe) {
            SEEN.add(stripe);
        }

        @Nested
        class Inner {
            @Test
            void shares_it(StripeSimulator stripe) {
                assertThat(listens(stripe)).isTrue();
                SEEN.add(stripe);
            }
        }
    }

    @EnabledIf("io.autorecharge.stripe.simulator.SimulatorExtensionTest#hostRuns")
    static class PerClassOnInstance {
        @RegisterExtension
        final SimulatorExtension stripe = SimulatorExtension.perClass();

        @Test
        void one() {}
    }

    @EnabledIf("io.autorecharge.stripe.simulator.SimulatorExtensionTest#hostRuns")
    @ExtendWith(SimulatorExtension.class)
    static class PerMethodBeforeAll {
        @BeforeAll
        static void start(StripeSimulator stripe) {
            SEEN.add(stripe);
        }

        @Test
        void one() {}
    }
}
