package io.autorecharge.spring;

import static io.autorecharge.spring.EndpointsTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.spring.web.AccountResolver;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.stripe.simulator.StripeSimulator;
import io.autorecharge.stripe.simulator.WebhookMode;
import io.autorecharge.stripe.simulator.WebhookSignature;
import io.autorecharge.testkit.InMemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** A bug in a bean of the host is an error of the server: the client must not read its text, and the log must show it. */
@ExtendWith(OutputCaptureExtension.class)
class EndpointFailuresTest {
    private static final String WEBHOOK_SECRET = "whsec_failures";
    private static final String SECRET = "secret text";

    /** The beans of the host that can fail. */
    enum Bug {
        RESOLVER(new IllegalArgumentException(SECRET)),
        EMAIL(new InvalidValueException("credits.email", SECRET, "must be known")),
        STORE(new IllegalArgumentException(SECRET)),
        STORE_WITH_A_VALUE(new InvalidValueException("amount", SECRET, "must be positive"));

        private final RuntimeException failure;

        Bug(RuntimeException failure) {
            this.failure = failure;
        }
    }

    private static volatile @Nullable Bug bug;

    private static void failIf(Bug here) {
        if (bug == here) {
            throw here.failure;
        }
    }

    interface StoreAndLedger extends RechargeStore, Ledger {}

    @Configuration(proxyBeanMethods = false)
    @Import(HostApp.class)
    static class App {
        @Bean
        AccountResolver resolver() {
            return new AccountResolver() {
                @Override
                public AccountId accountOf(java.security.Principal principal) {
                    failIf(Bug.RESOLVER);
                    return AccountId.of(principal.getName());
                }

                @Override
                public @Nullable String emailOf(java.security.Principal principal) {
                    failIf(Bug.EMAIL);
                    return null;
                }
            };
        }

        @Bean
        StoreAndLedger store() {
            InMemoryStore real = new InMemoryStore();
            return (StoreAndLedger) Proxy.newProxyInstance(
                    App.class.getClassLoader(), new Class<?>[] {StoreAndLedger.class}, (proxy, method, arguments) -> {
                        if (method.getDeclaringClass() == RechargeStore.class) {
                            failIf(Bug.STORE);
                            failIf(Bug.STORE_WITH_A_VALUE);
                        }
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
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
        return Stream.of(
                Arguments.of(Bug.RESOLVER, "GET", Endpoints.SETTINGS, ""),
                Arguments.of(Bug.RESOLVER, "POST", Endpoints.SETTINGS, "{\"enabled\":true,\"credits\":100}"),
                Arguments.of(Bug.RESOLVER, "POST", Endpoints.CHECKOUT, "{\"credits\":100}"),
                Arguments.of(Bug.RESOLVER, "POST", Endpoints.RECOVERY, "{}"),
                Arguments.of(Bug.EMAIL, "POST", Endpoints.CHECKOUT, "{\"credits\":100}"),
                Arguments.of(Bug.STORE, "GET", Endpoints.SETTINGS, ""),
                Arguments.of(Bug.STORE, "POST", Endpoints.SETTINGS, "{\"enabled\":true,\"credits\":100}"),
                Arguments.of(Bug.STORE, "POST", Endpoints.CHECKOUT, "{\"credits\":100}"),
                Arguments.of(Bug.STORE, "POST", Endpoints.RECOVERY, "{}"),
                Arguments.of(Bug.STORE, "POST", Endpoints.WEBHOOK, null),
                Arguments.of(Bug.STORE_WITH_A_VALUE, "GET", Endpoints.SETTINGS, ""),
                Arguments.of(Bug.STORE_WITH_A_VALUE, "POST", Endpoints.SETTINGS, "{\"enabled\":true,\"credits\":100}"),
                Arguments.of(Bug.STORE_WITH_A_VALUE, "POST", Endpoints.CHECKOUT, "{\"credits\":100}"),
                Arguments.of(Bug.STORE_WITH_A_VALUE, "POST", Endpoints.WEBHOOK, null));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("everywhere")
    void a_bug_in_a_bean_of_the_host_is_a_500_without_its_text(
            Bug where, String method, String path, @Nullable String json, CapturedOutput output) throws Exception {
        bug = where;
        String body = json == null ? event : json;
        HttpResponse<String> answer = app.send(app.as(json == null ? null : "alice", path)
                .header("Content-Type", "application/json")
                .header("Stripe-Signature", WebhookSignature.header(List.of(WEBHOOK_SECRET), Instant.now(), body))
                .method(method, BodyPublishers.ofString(body)));

        assertProblem(answer, 500, null);
        assertThat(answer.body()).doesNotContain(SECRET);
        assertThat(output).contains(SECRET);
    }

    @Test
    void a_login_name_that_cannot_be_an_account_id_has_no_account() throws Exception {
        assertProblem(app.get(" padded ", Endpoints.SETTINGS), 403, null);
    }

    /** What tools such as springdoc list. */
    @Test
    void spring_mvc_knows_exactly_the_real_operations() {
        Map<String, String> operations = new java.util.TreeMap<>();
        app.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, handler) -> {
                    if (handler.getBeanType().getName().startsWith("io.autorecharge")) {
                        operations.merge(
                                mapping.getDirectPaths().toString(),
                                mapping.getMethodsCondition().getMethods().toString(),
                                (one, other) ->
                                        Stream.of(one, other).sorted().toList().toString());
                    }
                });

        assertThat(operations)
                .isEqualTo(Map.of(
                        "[" + Endpoints.SETTINGS + "]", "[[GET], [POST]]",
                        "[" + Endpoints.CHECKOUT + "]", "[POST]",
                        "[" + Endpoints.RECOVERY + "]", "[POST]",
                        "[" + Endpoints.WEBHOOK + "]", "[POST]"));
    }
}
