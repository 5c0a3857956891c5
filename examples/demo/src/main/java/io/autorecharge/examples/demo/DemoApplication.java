package io.autorecharge.examples.demo;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the demo at {@code http://localhost:8080}, or at the port in {@code SERVER_PORT}. */
@SpringBootApplication(proxyBeanMethods = false)
public class DemoApplication {
    public static void main(String[] arguments) {
        create().run(arguments);
    }

    /** Creates the application, also for tests, and selects Stripe's test mode or the simulator before any bean is created. */
    static SpringApplication create() {
        SpringApplication application = new SpringApplication(DemoApplication.class);
        application.addInitializers(new StripeOrSimulator());
        return application;
    }
}
