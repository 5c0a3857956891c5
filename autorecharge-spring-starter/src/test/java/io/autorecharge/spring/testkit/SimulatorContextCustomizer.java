package io.autorecharge.spring.testkit;

import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.stripe.simulator.StripeSimulator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/** Starts a simulator for a context that is about to be refreshed. Part of the key of Spring's context cache: all are equal. */
final class SimulatorContextCustomizer implements ContextCustomizer {
    static final String BEAN = "autoRechargeStripeSimulator";
    static final String WEBHOOK_SECRET = "whsec_simulator";

    private static final String STRIPE = "autorecharge.stripe.";
    private static final String HOST = "http://localhost/";

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        ContextClock clock = new ContextClock();
        StripeSimulator simulator =
                StripeSimulator.start(SimulatorOptions.defaults().withClock(clock));
        // The bean factory stops the simulator, even if the refresh fails.
        DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
        beans.registerSingleton(BEAN, simulator);
        beans.registerDisposableBean(BEAN, simulator::close);
        MutablePropertySources properties = context.getEnvironment().getPropertySources();
        properties.addFirst(new MapPropertySource(
                BEAN,
                Map.of(
                        STRIPE + "secret-key",
                        SimulatorOptions.SECRET_KEY,
                        STRIPE + "webhook-secret",
                        WEBHOOK_SECRET,
                        STRIPE + "api-base",
                        simulator.baseUrl())));
        properties.addLast(new MapPropertySource(
                BEAN + "Defaults",
                Map.of(STRIPE + "success-url", HOST + "success", STRIPE + "cancel-url", HOST + "cancelled")));
        context.addApplicationListener(new SimulatorConnection(context, simulator, clock));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SimulatorContextCustomizer;
    }

    @Override
    public int hashCode() {
        return SimulatorContextCustomizer.class.hashCode();
    }
}
