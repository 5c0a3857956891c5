package io.autorecharge.examples.schedulers;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Represents the host's application. Without arguments it recharges with its own scheduler; with {@code --autorecharge.run-once} it
 * is one run of the job.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class Application {
    public static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }
}
