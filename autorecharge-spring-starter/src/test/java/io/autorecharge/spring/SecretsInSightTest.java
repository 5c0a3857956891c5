package io.autorecharge.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.autorecharge.logwatch.Secrets;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.stripe.simulator.StripeSimulator;
import io.autorecharge.testkit.InMemoryStore;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The places where a host could find a key: the actuator, the error of a failed start, the text of the properties. */
class SecretsInSightTest {
    private static final String KEY = "sk_test_insight1";

    private static StripeSimulator stripe;
    private static RunningApp app;

    @BeforeAll
    static void start() {
        stripe = StripeSimulator.start(SimulatorOptions.defaults());
        app = RunningApp.start(
                HostApp.class,
                "autorecharge.stripe.secret-key=" + KEY,
                "autorecharge.stripe.webhook-secret=whsec_insight1",
                "autorecharge.stripe.additional-webhook-secrets=whsec_insight0,whsec_insight2",
                "autorecharge.stripe.api-base=" + stripe.baseUrl(),
                "autorecharge.stripe.product-name={credits} shells",
                "payments.key=key " + KEY + " of the shop",
                "management.endpoints.web.exposure.include=*",
                "management.endpoint.env.show-values=always",
                "management.endpoint.configprops.show-values=always");
    }

    @AfterAll
    static void stop() {
        app.close();
        stripe.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "env",
                "env/autorecharge.stripe.secret-key",
                "env/autorecharge.stripe.webhook-secret",
                "env/payments.key",
                "configprops",
                "configprops/autorecharge",
                "beans",
                "conditions",
                "mappings",
                "health",
                "metrics"
            })
    void the_actuator_shows_no_key_even_if_the_host_shows_values(String endpoint) {
        HttpResponse<String> answer = app.get("alice", "/actuator/" + endpoint);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("insight");
        assertThat(Secrets.in(answer.body())).isEmpty();
    }

    @Test
    void the_actuator_shows_everything_else() {
        assertThat(app.get("alice", "/actuator/configprops/autorecharge").body())
                .contains("{credits} shells");
        assertThat(app.get("alice", "/actuator/env/autorecharge.stripe.product-name")
                        .body())
                .contains("{credits} shells");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secret-key | sk_test_hidden42 with more",
                "secret-key | 'rk_test_hidden42!'",
                "webhook-secret | sk_live_hidden42",
                "webhook-secret | whsec_hid den42",
                "additional-webhook-secrets | sk_live_hidden42",
                "account | sk_live_hidden42",
                "account | whsec_hidden42",
                "success-url | sk_live_hidden42",
                "success-url | https://[sk_live_hidden42",
                "cancel-url | http://x/?key=sk_live_hidden42 and more",
                "api-base | https://sk_live_hidden42@api.example",
                "api-base | ht!tp://sk_live_hidden42",
                "statement-descriptor-suffix | sk_live_hidden42_and_more",
                "product-name | sk_live_hidden42",
                "connect-timeout | 5 weeks"
            })
    void a_start_that_fails_says_which_setting_it_was_and_shows_no_key(String name, String value) {
        Map<String, String> properties = new HashMap<>(Map.of("secret-key", KEY, "webhook-secret", "whsec_insight1"));
        properties.put(name, value);
        Stream<String> stripes = properties.entrySet().stream()
                .map(property -> "--autorecharge.stripe." + property.getKey() + "=" + property.getValue());
        String[] arguments = Stream.concat(Stream.of("--spring.main.web-application-type=none"), stripes)
                .toArray(String[]::new);

        Throwable failure = catchThrowable(
                () -> SpringApplication.run(Unstartable.class, arguments).close());

        assertThat(failure).isNotNull();
        assertThat(Secrets.in(failure)).isEmpty();
        StringBuilder messages = new StringBuilder();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            messages.append(t.getMessage()).append('\n');
        }
        assertThat(messages.toString()).contains(name).doesNotContain("hidden42");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableLibraryOnly
    @Import(InMemoryStore.class)
    static class Unstartable {}

    @Test
    void the_properties_print_no_keys() {
        AutoRechargeProperties properties = app.bean(AutoRechargeProperties.class);

        assertThat(Map.of(
                                "all",
                                properties.toString(),
                                "stripe",
                                properties.stripe().toString())
                        .toString())
                .doesNotContain("insight");
    }
}
