package io.autorecharge.spring.testkit;

import io.autorecharge.stripe.simulator.StripeSimulator;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** Ends the faults that a test method leaves behind, because the next test may get the same context from the cache. */
final class FaultsEndListener implements TestExecutionListener {
    @Override
    public void afterTestMethod(TestContext test) {
        if (test.hasApplicationContext()
                && test.getApplicationContext().containsBean(SimulatorContextCustomizer.BEAN)) {
            test.getApplicationContext()
                    .getBean(SimulatorContextCustomizer.BEAN, StripeSimulator.class)
                    .endFaults();
        }
    }
}
