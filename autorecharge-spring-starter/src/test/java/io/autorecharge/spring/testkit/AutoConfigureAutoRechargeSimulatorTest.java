package io.autorecharge.spring.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.stripe.simulator.Delivery;
import io.autorecharge.stripe.simulator.Fault;
import io.autorecharge.stripe.simulator.StripeSimulator;
import io.autorecharge.stripe.simulator.TestCard;
import io.autorecharge.testkit.SettableClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.context.MergedContextConfiguration;

class AutoConfigureAutoRechargeSimulatorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Host {
        @Bean
        SecurityFilterChain security(HttpSecurity http) throws Exception {
            return http.csrf(csrf -> csrf.disable()).build();
        }

        @Bean
        SettableClock clock() {
            return new SettableClock();
        }
    }

    @Nested
    @SpringBootTest(
            classes = Host.class,
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {
                "spring.datasource.url=jdbc:h2:mem:with-web-server;DB_CLOSE_DELAY=-1",
                "server.servlet.context-path=/shop",
                "autorecharge.stripe.secret-key=${A_KEY_THAT_NO_TEST_HAS}",
                "autorecharge.stripe.success-url=https://shop.example/paid"
            })
    @AutoConfigureAutoRechargeSimulator
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    class WithAWebServer {
        @Autowired
        private StripeSimulator stripe;

        @Autowired
        private AutoRecharge autoRecharge;

        @Autowired
        private Clock clock;

        @Test
        @Order(1)
        void a_paid_checkout_arrives_by_webhook() throws Exception {
            AccountId account = AccountId.of("alice");
            CheckoutSession checkout = autoRecharge.openCheckout(account, 100, null, null);
            assertThat(stripe.history().requests("POST", "/v1/checkout/sessions"))
                    .last()
                    .satisfies(request ->
                            assertThat(request.params()).containsEntry("success_url", "https://shop.example/paid"));

            assertThat(stripe.pay(checkout.url(), TestCard.VISA)).isTrue();

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(autoRecharge.balance(account)).isEqualTo(Credits.of(100)));
            assertThat(stripe.webhooks().awaitIdle(PATIENCE)).isTrue();
            assertThat(stripe.webhooks().deliveries())
                    .isNotEmpty()
                    .allMatch(delivery -> delivery.status() == 200)
                    .extracting(Delivery::url)
                    .allMatch(url -> url.toString().endsWith("/shop/api/credits/webhook"));
        }

        @Test
        @Order(2)
        void the_simulator_uses_the_clock_bean() {
            assertThat(autoRecharge.openCheckout(AccountId.of("bob"), 100, null, null))
                    .isNotNull();
            assertThat(stripe.history().requests())
                    .last()
                    .satisfies(request -> assertThat(request.at()).isEqualTo(clock.instant()));
        }

        @Test
        @Order(3)
        void a_test_leaves_faults_behind() {
            stripe.faults().always("POST /v1/checkout/sessions", Fault.UNAVAILABLE_BEFORE_EXECUTION);
        }

        @Test
        @Order(4)
        void and_the_next_test_does_not_meet_them() {
            assertThat(autoRecharge.openCheckout(AccountId.of("carol"), 100, null, null))
                    .isNotNull();
        }
    }

    @Nested
    @SpringBootTest(
            classes = Host.class,
            properties = "spring.datasource.url=jdbc:h2:mem:without-web-server;DB_CLOSE_DELAY=-1")
    @AutoConfigureAutoRechargeSimulator
    class WithoutAWebServer {
        @Autowired
        private StripeSimulator stripe;

        @Value("${autorecharge.stripe.api-base}")
        private String apiBase;

        @Test
        void the_starter_is_pointed_at_the_simulator_and_webhooks_go_nowhere() {
            assertThat(apiBase).isEqualTo(stripe.baseUrl());
            assertThat(stripe.webhooks().deliveries()).isEmpty();
        }

        @Nested
        class Inside {
            @Autowired
            private StripeSimulator same;

            @Test
            void a_nested_class_shares_the_context() {
                assertThat(same).isSameAs(stripe);
            }
        }
    }

    @Test
    void contexts_with_the_annotation_share_a_key_and_others_have_no_simulator() {
        SimulatorContextCustomizerFactory factory = new SimulatorContextCustomizerFactory();

        assertThat(factory.createContextCustomizer(WithAWebServer.class, List.of()))
                .isEqualTo(factory.createContextCustomizer(WithoutAWebServer.Inside.class, List.of()))
                .hasSameHashCodeAs(factory.createContextCustomizer(WithoutAWebServer.class, List.of()));
        assertThat(factory.createContextCustomizer(Host.class, List.of())).isNull();
    }

    @Test
    void the_simulator_stops_with_its_context() {
        GenericApplicationContext context = new GenericApplicationContext();
        new SimulatorContextCustomizer()
                .customizeContext(
                        context,
                        new MergedContextConfiguration(Host.class, new String[0], new Class<?>[0], null, null));
        context.refresh();
        StripeSimulator simulator = context.getBean(StripeSimulator.class);
        assertThat(listens(simulator)).isTrue();

        context.close();

        assertThat(listens(simulator)).isFalse();
    }

    private static boolean listens(StripeSimulator simulator) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(
                    "127.0.0.1", URI.create(simulator.baseUrl()).getPort()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
