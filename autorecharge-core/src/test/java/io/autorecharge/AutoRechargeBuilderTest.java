package io.autorecharge;

import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.autorecharge.credit.Money;
import io.autorecharge.credit.Refusal;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.testkit.FakeGateway;
import io.autorecharge.testkit.InMemoryStore;
import java.time.Clock;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AutoRechargeBuilderTest {
    private final InMemoryStore store = new InMemoryStore();
    private final FakeGateway gateway = new FakeGateway(Clock.systemUTC());
    private final RechargePolicy policy =
            RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, Money.of("9.00", "USD"))));
    private final AutoRechargeBuilder builder = AutoRecharge.builder(policy, store, store, gateway);

    @Test
    void refuses_numbers_that_are_out_of_range() {
        for (int bad : new int[] {Integer.MIN_VALUE, -1, 0, 1001, Integer.MAX_VALUE}) {
            Refusal.check("concurrency", bad, "must be between 1 and 1000", () -> builder.concurrency(bad));
        }
        for (int bad : new int[] {Integer.MIN_VALUE, -1, 0, 100_001, Integer.MAX_VALUE}) {
            Refusal.check("callsPerSecond", bad, "must be between 1 and 100000", () -> builder.callsPerSecond(bad));
        }
        Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
        Refusal.check(
                "balanceCheck", forever, "must be positive and at most 30 days", () -> builder.balanceCheck(forever));
        Refusal.check(
                "reversalCheck", forever, "must be between zero and 30 days", () -> builder.reversalCheck(forever));
    }

    @Test
    void names_the_argument_that_is_null() {
        named("policy", () -> AutoRecharge.builder(null, store, store, gateway));
        named("store", () -> AutoRecharge.builder(policy, null, store, gateway));
        named("ledger", () -> AutoRecharge.builder(policy, store, null, gateway));
        named("gateway", () -> AutoRecharge.builder(policy, store, store, null));
        named("checkout", () -> builder.checkout(null));
        named("paymentHistory", () -> builder.paymentHistory(null));
        named("listener", () -> builder.listener(null));
        named("observer", () -> builder.observer(null));
        named("timing", () -> builder.timing(null));
        named("clock", () -> builder.clock(null));
        named("ids", () -> builder.ids(null));
        named("afterCommit", () -> builder.afterCommit(null));
        named("balanceCheck", () -> builder.balanceCheck(null));
        named("reversalCheck", () -> builder.reversalCheck(null));
    }

    private static void named(String argument, ThrowingCallable what) {
        assertThatNullPointerException().isThrownBy(what).withMessage(argument);
    }
}
