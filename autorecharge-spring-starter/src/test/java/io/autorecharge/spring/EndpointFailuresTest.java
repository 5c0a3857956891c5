package io.autorecharge.spring;

import static io.autorecharge.spring.EndpointsTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.spring.web.AccountResolver;
import io.autorecharge.store.AfterCommit;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.stripe.StripeGateway;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.stripe.simulator.StripeSimulator;
import io.autorecharge.stripe.simulator.WebhookMode;
import io.autorecharge.stripe.simulator.WebhookSignature;
import io.autorecharge.testkit.InMemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** A bug in a bean of the host is an error of the server: the client must not read its text, and the log must show it. */
@ExtendWith(OutputCaptureExtension.class)
class EndpointFailuresTest {
    private static final String WEBHOOK_SECRET = "whsec_failures";
    private static final String SECRET = "secret text";

    /** Stands for the event, which is known only after a session was paid. */
    private static final String WEBHOOK_EVENT = "the event";

    /** The beans of the host that can fail. */
    enum Bug {
        ACCOUNT_OF_THE_RESOLVER,
        EMAIL_OF_THE_RESOLVER,
        STORE,
        CLOCK,
        AFTER_COMMIT,
        CHECKOUT_GATEWAY
    }

    /** What they throw. Some name a field that a request has too. */
    private static final List<RuntimeException> FAILURES = List.of(
            new IllegalArgumentException(SECRET),
            new InvalidValueException("accountId", SECRET, "must be shorter"),
            new InvalidValueException("credits", SECRET, "must be positive"));

    private static volatile @Nullable Bug bug;
    private static volatile RuntimeException failure = FAILURES.get(0);

    private static void failIf(Bug here) {
        if (bug == here) {
            throw failure;
        }
    }

    /** A bean that does the same as {@code real} until it has the bug. */
    @SuppressWarnings("unchecked")
    private static <T> T failing(Bug here, Class<T> type, Class<?> port, Object real) {
        return (T) Proxy.newProxyInstance(
                EndpointFailuresTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == port) {
                        failIf(here);
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    interface StoreAndLedger extends RechargeStore, Ledger {}

    @Configuration(proxyBeanMethods = false)
    @Import(HostApp.class)
    static class App {
        @Bean
        AccountResolver resolver() {
            return new AccountResolver() {
                @Override
                public AccountId accountOf(Principal principal) {
                    failIf(Bug.ACCOUNT_OF_THE_RESOLVER);
                    return AccountId.of(principal.getName());
                }

                @Override
                public @Nullable String emailOf(Principal principal) {
                    failIf(Bug.EMAIL_OF_THE_RESOLVER);
                    return null;
                }
            };
        }

        @Bean
        StoreAndLedger store() {
            return failing(Bug.STORE, StoreAndLedger.class, RechargeStore.class, new InMemoryStore());
        }

        @Bean
        Clock clock() {
            return new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Instant instant() {
                    failIf(Bug.CLOCK);
                    return Instant.now();
                }
            };
        }

        @Bean
        AfterCommit afterCommit() {
            return task -> {
                failIf(Bug.AFTER_COMMIT);
                task.run();
            };
        }

        @Bean
        @Primary
        CheckoutGateway checkoutGateway(StripeGateway stripe) {
            return failing(Bug.CHECKOUT_GATEWAY, CheckoutGateway.class, CheckoutGateway.class, stripe);
        }
    }

    private static StripeSimulator stripe;
    private static RunningApp app;
    private static String event;

    @BeforeAll
    static void start() throws Exception {
        stripe = StripeSimulator.start(SimulatorOptions.defaults());
        stripe.webhooks().mode(WebhookMode.LOSE);
        app = RunningApp.start(
                App.class,
                "autorecharge.stripe.secret-key=" + SimulatorOptions.SECRET_KEY,
                "autorecharge.stripe.webhook-secret=" + WEBHOOK_SECRET,
                "autorecharge.stripe.api-base=" + stripe.baseUrl());
        String session = new ObjectMapper()
                .readTree(app.buys("alice", 100))
                .get("session_id")
                .textValue();
        event =
                "{\"id\":\"evt_failures\",\"object\":\"event\",\"livemode\":false,\"type\":\"checkout.session.completed\","
                        + "\"data\":{\"object\":{\"id\":\"" + session
                        + "\",\"metadata\":{\"autorecharge_account\":\"alice\","
                        + "\"autorecharge_checkout\":\"any\"}}}}";
    }

    @AfterAll
    static void stop() {
        app.close();
        stripe.close();
    }

    @AfterEach
    void repair() {
        bug = null;
    }

    static Stream<Arguments> everywhere() {
        return calls().flatMap(call -> FAILURES.stream().map(thrown -> {
            List<Object> arguments = new ArrayList<>(List.of(call.get()));
            arguments.add(thrown);
            return Arguments.of(arguments.toArray());
        }));
    }

    private static Stream<Arguments> calls() {
        String on = "{\"enabled\":true,\"credits\":100}";
        String buy = "{\"credits\":100}";
        String ids = "{\"ids\":[]}";
        String purchase = "{\"credits\":100,\"price\":\"9.00\",\"currency\":\"USD\",\"request_id\":\"click-1\"}";
        return Stream.of(
                Arguments.of(Bug.ACCOUNT_OF_THE_RESOLVER, "GET", Endpoints.SETTINGS, ""),
                Arguments.of(Bug.ACCOUNT_OF_THE_RESOLVER, "POST", Endpoints.SETTINGS, on),
                Arguments.of(Bug.ACCOUNT_OF_THE_RESOLVER, "POST", Endpoints.CHECKOUT, buy),
                Arguments.of(Bug.ACCOUNT_OF_THE_RESOLVER, "POST", Endpoints.RECOVERY, "{}"),
                Arguments.of(Bug.EMAIL_OF_THE_RESOLVER, "POST", Endpoints.CHECKOUT, buy),
                Arguments.of(Bug.STORE, "GET", Endpoints.SETTINGS, ""),
                Arguments.of(Bug.STORE, "POST", Endpoints.SETTINGS, on),
                Arguments.of(Bug.STORE, "POST", Endpoints.CHECKOUT, buy),
                Arguments.of(Bug.STORE, "POST", Endpoints.RECOVERY, "{}"),
                Arguments.of(Bug.STORE, "POST", Endpoints.WEBHOOK, WEBHOOK_EVENT),
                Arguments.of(Bug.ACCOUNT_OF_THE_RESOLVER, "POST", Endpoints.METHODS_SETUP, "{}"),
                Arguments.of(Bug.ACCOUNT_OF_THE_RESOLVER, "POST", Endpoints.PURCHASES, purchase),
                Arguments.of(Bug.ACCOUNT_OF_THE_RESOLVER, "POST", Endpoints.RETRY, "{}"),
                Arguments.of(Bug.STORE, "POST", Endpoints.METHODS_SETUP, "{}"),
                Arguments.of(Bug.STORE, "POST", Endpoints.PURCHASES, purchase),
                Arguments.of(Bug.STORE, "POST", Endpoints.RETRY, "{}"),
                Arguments.of(Bug.ACCOUNT_OF_THE_RESOLVER, "GET", Endpoints.METHODS, ""),
                Arguments.of(Bug.ACCOUNT_OF_THE_RESOLVER, "PUT", Endpoints.METHODS_ORDER, ids),
                Arguments.of(Bug.ACCOUNT_OF_THE_RESOLVER, "DELETE", Endpoints.method("pm_1"), "{}"),
                Arguments.of(Bug.ACCOUNT_OF_THE_RESOLVER, "POST", Endpoints.primary("pm_1"), "{}"),
                Arguments.of(Bug.STORE, "GET", Endpoints.METHODS, ""),
                Arguments.of(Bug.STORE, "PUT", Endpoints.METHODS_ORDER, ids),
                Arguments.of(Bug.STORE, "DELETE", Endpoints.method("pm_1"), "{}"),
                Arguments.of(Bug.STORE, "POST", Endpoints.primary("pm_1"), "{}"),
                Arguments.of(Bug.CLOCK, "GET", Endpoints.METHODS, ""),
                Arguments.of(Bug.CLOCK, "PUT", Endpoints.METHODS_ORDER, ids),
                Arguments.of(Bug.CLOCK, "DELETE", Endpoints.method("pm_1"), "{}"),
                Arguments.of(Bug.CLOCK, "POST", Endpoints.primary("pm_1"), "{}"),
                Arguments.of(Bug.AFTER_COMMIT, "PUT", Endpoints.METHODS_ORDER, ids),
                Arguments.of(Bug.AFTER_COMMIT, "DELETE", Endpoints.method("pm_1"), "{}"),
                Arguments.of(Bug.AFTER_COMMIT, "POST", Endpoints.primary("pm_1"), "{}"),
                Arguments.of(Bug.CLOCK, "POST", Endpoints.SETTINGS, on),
                Arguments.of(Bug.CLOCK, "POST", Endpoints.CHECKOUT, buy),
                Arguments.of(Bug.CLOCK, "POST", Endpoints.WEBHOOK, WEBHOOK_EVENT),
                Arguments.of(Bug.AFTER_COMMIT, "POST", Endpoints.SETTINGS, on),
                Arguments.of(Bug.CHECKOUT_GATEWAY, "POST", Endpoints.CHECKOUT, buy));
    }

    @ParameterizedTest(name = "{0} {1} {2} {4}")
    @MethodSource("everywhere")
    void a_bug_in_a_bean_of_the_host_is_a_500_without_its_text(
            Bug where, String method, String path, String json, RuntimeException thrown, CapturedOutput output)
            throws Exception {
        boolean isWebhook = json.equals(WEBHOOK_EVENT);
        String body = isWebhook ? event : json;
        HttpRequest.Builder request = app.as(isWebhook ? null : "alice", path)
                .header("Content-Type", "application/json")
                .header("Stripe-Signature", WebhookSignature.header(List.of(WEBHOOK_SECRET), Instant.now(), body))
                .method(method, BodyPublishers.ofString(body));
        failure = thrown;
        bug = where;

        HttpResponse<String> answer = app.send(request);

        assertProblem(answer, 500, null);
        assertThat(answer.body()).doesNotContain(SECRET);
        assertThat(output).contains(SECRET);
    }

    /** What tools such as springdoc list. */
    @Test
    void spring_mvc_knows_exactly_the_real_operations() {
        Map<String, String> operations = new TreeMap<>();
        app.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, handler) -> {
                    if (handler.getBeanType().getName().startsWith("io.autorecharge")) {
                        operations.merge(
                                mapping.getPatternValues().toString(),
                                mapping.getMethodsCondition().getMethods().toString(),
                                (one, other) ->
                                        Stream.of(one, other).sorted().toList().toString());
                    }
                });

        assertThat(operations)
                .isEqualTo(Map.ofEntries(
                        operation(Endpoints.METHODS, "[GET]"),
                        operation(Endpoints.METHODS_ORDER, "[PUT]"),
                        operation(Endpoints.METHODS_SETUP, "[POST]"),
                        operation(Endpoints.method("{id}"), "[DELETE]"),
                        operation(Endpoints.primary("{id}"), "[POST]"),
                        operation(Endpoints.PURCHASES, "[POST]"),
                        operation(Endpoints.RETRY, "[POST]"),
                        operation(Endpoints.SETTINGS, "[[GET], [POST]]"),
                        operation(Endpoints.CHECKOUT, "[POST]"),
                        operation(Endpoints.RECOVERY, "[POST]"),
                        operation(Endpoints.WEBHOOK, "[POST]")));
    }

    private static Map.Entry<String, String> operation(String path, String methods) {
        return Map.entry("[" + path + "]", methods);
    }
}
