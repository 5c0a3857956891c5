package io.autorecharge.spring;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.testkit.InMemoryStore;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A host's main. When it starts, it has a thread that would keep the process alive forever. */
final class RunOnceProcess {
    private RunOnceProcess() {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class WithoutDatabase {}

    @Configuration(proxyBeanMethods = false)
    @EnableLibraryOnly
    static class Refused {
        @Bean
        InMemoryStore store() {
            new Thread(RunOnceProcess::never, "host").start();
            InMemoryStore store = new InMemoryStore();
            Customers.low(store, AccountId.of("alice"));
            return store;
        }

        @Bean
        FakeShop shop() {
            FakeShop shop = new FakeShop();
            shop.charges.refuseNext(Reason.CONFIGURATION);
            return shop;
        }
    }

    public static void main(String[] arguments) {
        if (arguments[0].equals("refused")) {
            SpringApplication.run(Refused.class, "--autorecharge.run-once");
        } else {
            SpringApplication.run(
                    WithoutDatabase.class,
                    "--autorecharge.run-once",
                    "--autorecharge.stripe.secret-key=sk_test_abc",
                    "--spring.datasource.url=jdbc:h2:tcp://localhost:1/gone",
                    "--spring.datasource.hikari.connection-timeout=250");
        }
    }

    private static void never() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
