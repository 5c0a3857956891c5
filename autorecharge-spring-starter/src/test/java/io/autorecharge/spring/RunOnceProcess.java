package io.autorecharge.spring;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.testkit.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A host's main. When it starts, it has a thread that would keep the process alive for ever. */
final class RunOnceProcess {
    private RunOnceProcess() {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class WithoutDatabase {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class WithFakes {
        @Bean
        InMemoryStore store() {
            new Thread(RunOnceProcess::never, "host").start();
            InMemoryStore store = new InMemoryStore();
            Customers.low(store, AccountId.of("alice"));
            return store;
        }

        @Bean
        FakeShop shop(org.springframework.core.env.Environment environment) {
            FakeShop shop = new FakeShop();
            if (environment.getProperty("refused", Boolean.class, false)) {
                shop.charges.refuseNext(Reason.CONFIGURATION);
            }
            return shop;
        }
    }

    public static void main(String[] arguments) {
        String how = arguments[0];
        List<String> properties = new ArrayList<>(List.of("--autorecharge.run-once"));
        if (how.equals("refused")) {
            properties.add("--refused=true");
        }
        if (how.equals("no-database")) {
            properties.add("--autorecharge.stripe.secret-key=sk_test_abc");
            properties.add("--spring.datasource.url=jdbc:h2:tcp://localhost:1/gone");
            properties.add("--spring.datasource.hikari.connection-timeout=250");
        }
        boolean fakes = how.equals("well") || how.equals("refused");
        SpringApplication.run(fakes ? WithFakes.class : WithoutDatabase.class, properties.toArray(String[]::new));
    }

    private static void never() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
