package io.autorecharge.examples.demo;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the demo: {@code http://localhost:8080}, where {@code SERVER_PORT} does not say otherwise. */
@SpringBootApplication(proxyBeanMethods = false)
public class DemoApplication {
    public static void main(String[] arguments) {
        create().run(arguments);
    }

    /** The application as it is started, for tests too: with Stripe's test mode or the simulator chosen before any bean is made. */
    static SpringApplication create() {
        SpringApplication application = new SpringApplication(DemoApplication.class);
        application.addInitializers(new StripeOrSimulator());
        return application;
    }
}
