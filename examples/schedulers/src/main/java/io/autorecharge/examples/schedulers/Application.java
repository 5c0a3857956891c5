package io.autorecharge.examples.schedulers;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Stands for the host's application. Started as it is it recharges by the scheduler in its own process; with {@code
 * --autorecharge.run-once} it is one run of the job.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class Application {
    public static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }
}
