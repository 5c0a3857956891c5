package io.autorecharge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.event.AutoRechargeObserver.Question;
import io.autorecharge.event.Purgeable;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.internal.event.SafeObserver;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An observer that wraps others must pass on every method: one that it misses does nothing, because it has a default. */
class ObserversTest {
    private static final AccountId ALICE = AccountId.of("alice");

    private static final Map<Class<?>, Object> VALUES = Map.of(
            AccountId.class,
            ALICE,
            Decision.class,
            Decision.Hold.because(HoldReason.DISABLED),
            Outcome.class,
            new Outcome.Unknown("reset"),
            Duration.class,
            Duration.ZERO,
            Question.class,
            Question.ATTEMPT,
            boolean.class,
            true,
            Purgeable.class,
            Purgeable.DELIVERED_EVENTS,
            int.class,
            3,
            ProviderReport.class,
            new ProviderReport.Charge(ALICE, new AttemptId("at_1"), "cus_1", new Outcome.Unknown("reset"), null, null));

    static Stream<Method> methods() {
        return Arrays.stream(AutoRechargeObserver.class.getMethods())
                .filter(it -> !Modifier.isStatic(it.getModifiers()));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void every_method_reaches_every_observer(Method method) throws Exception {
        List<String> called = new ArrayList<>();
        Object[] arguments =
                Arrays.stream(method.getParameterTypes()).map(VALUES::get).toArray();
        assertThat(arguments).as("add a value to this test").doesNotContainNull();

        method.invoke(
                new SafeObserver(new Observers(List.of(noting("first", called), noting("second", called)))), arguments);

        assertThat(called).containsExactly("first " + method.getName(), "second " + method.getName());
    }

    private static AutoRechargeObserver noting(String name, List<String> called) {
        return (AutoRechargeObserver) Proxy.newProxyInstance(
                ObserversTest.class.getClassLoader(),
                new Class<?>[] {AutoRechargeObserver.class},
                (proxy, method, values) -> {
                    called.add(name + " " + method.getName());
                    return null;
                });
    }
}
