package io.autorecharge.stripe.simulator;

import java.time.Clock;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts a {@link StripeSimulator} for JUnit Jupiter tests, passes it to each method that declares a parameter of that type, and stops it.
 *
 * <pre>{@code
 * @ExtendWith(SimulatorExtension.class)
 * class ChargeTest {
 *     @Test
 *     void charges_the_card(StripeSimulator stripe) { ... }
 * }
 * }</pre>
 *
 * <p>Each test method gets its own simulator, without state from other tests. {@link #perClass()} starts one simulator for all test
 * methods of a class and of its nested classes; register it on a static field:
 *
 * <pre>{@code
 * private static final SettableClock CLOCK = new SettableClock();
 *
 * @RegisterExtension
 * static final SimulatorExtension STRIPE = SimulatorExtension.perClass().withClock(CLOCK);
 * }</pre>
 *
 * <p>Runs with JUnit 5.12 and later, JUnit 6 included. Immutable, and safe for tests that run in parallel.
 */
public final class SimulatorExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {

    private final boolean perClass;
    private final SimulatorOptions options;
    private final Namespace namespace = Namespace.create(this);

    /** One simulator per test method, with {@link SimulatorOptions#defaults()}; for {@code @ExtendWith}. */
    public SimulatorExtension() {
        this(false, SimulatorOptions.defaults());
    }

    private SimulatorExtension(boolean perClass, SimulatorOptions options) {
        this.perClass = perClass;
        this.options = options;
    }

    /** One simulator per test method. */
    public static SimulatorExtension perMethod() {
        return new SimulatorExtension();
    }

    /** One simulator per test class; {@code @BeforeAll} and {@code @AfterAll} methods get it too. */
    public static SimulatorExtension perClass() {
        return new SimulatorExtension(true, SimulatorOptions.defaults());
    }

    /** A copy that starts its simulators with these options. */
    public SimulatorExtension withOptions(SimulatorOptions newOptions) {
        return new SimulatorExtension(perClass, newOptions);
    }

    /** A copy whose simulators use this clock; give the code under test the same. */
    public SimulatorExtension withClock(Clock clock) {
        return withOptions(options.withClock(clock));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (perClass && running(context) == null) {
            start(context);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!perClass) {
            start(context);
        } else if (running(context) == null) {
            throw new IllegalStateException("SimulatorExtension.perClass() must be registered on a static field");
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        stop(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == StripeSimulator.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        StripeSimulator simulator = running(context);
        if (simulator == null) {
            throw new ParameterResolutionException(
                    "No simulator runs outside a test method; use SimulatorExtension.perClass() on a static field");
        }
        return simulator;
    }

    private void start(ExtensionContext context) {
        store(context).put(StripeSimulator.class, StripeSimulator.start(options));
    }

    /** Stops what this context started: removing an entry leaves those of enclosing contexts alone. */
    private void stop(ExtensionContext context) {
        StripeSimulator simulator = store(context).remove(StripeSimulator.class, StripeSimulator.class);
        if (simulator != null) {
            simulator.close();
        }
    }

    private StripeSimulator running(ExtensionContext context) {
        return store(context).get(StripeSimulator.class, StripeSimulator.class);
    }

    private Store store(ExtensionContext context) {
        return context.getStore(namespace);
    }
}
