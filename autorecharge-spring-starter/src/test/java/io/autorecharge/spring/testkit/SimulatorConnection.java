package io.autorecharge.spring.testkit;

import io.autorecharge.stripe.simulator.StripeSimulator;
import io.autorecharge.stripe.simulator.WebhookEndpoint;
import java.time.Clock;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Connects the simulator to a context that has started: its clock, and its web server's port. The port is read from the environment because
 * Spring Boot 4 moved the event that carries it.
 */
final class SimulatorConnection implements ApplicationListener<ContextRefreshedEvent> {
    private final ApplicationContext context;
    private final StripeSimulator simulator;
    private final ContextClock clock;

    SimulatorConnection(ApplicationContext context, StripeSimulator simulator, ContextClock clock) {
        this.context = context;
        this.simulator = simulator;
        this.clock = clock;
    }

    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        // Child contexts, such as that of a management port, publish their events here too.
        if (event.getApplicationContext() != context) {
            return;
        }
        clock.use(context.getBeanProvider(Clock.class).getIfUnique(Clock::systemUTC));
        Environment environment = context.getEnvironment();
        String port = environment.getProperty("local.server.port");
        if (port != null) {
            String path = prefix(environment, "server.servlet.context-path")
                    + prefix(environment, "spring.mvc.servlet.path")
                    + "/api/credits/webhook";
            simulator
                    .webhooks()
                    .endpoints(WebhookEndpoint.of(
                            "http://localhost:" + port + path, SimulatorContextCustomizer.WEBHOOK_SECRET));
        }
    }

    private static String prefix(Environment environment, String property) {
        return StringUtils.trimTrailingCharacter(environment.getProperty(property, ""), '/');
    }
}
