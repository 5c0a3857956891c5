package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.Agreement;
import io.autorecharge.account.MethodPlace;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.testkit.FakeGateway;
import io.autorecharge.testkit.SettableClock;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** What every method of the facade does in a transaction of the host that holds the account's rows: it joins, or it refuses at once. */
@Timeout(60)
abstract class FacadeInTransactionContract extends HostTransactionSupport {
    /** Those that touch neither the database nor the provider. */
    private static final Set<String> NO_DATABASE = Set.of("policy", "isRunning", "start", "stop", "close", "tick");

    /** Calls a test fails on. */
    private static final CheckoutGateway UNREACHED = (CheckoutGateway) Proxy.newProxyInstance(
            FacadeInTransactionContract.class.getClassLoader(),
            new Class<?>[] {CheckoutGateway.class},
            (proxy, method, arguments) -> {
                throw new AssertionError("the provider is called inside a transaction: " + method.getName());
            });

    private final SettableClock clock = new SettableClock();
    private final FakeGateway gateway = new FakeGateway(clock);
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final List<AutoRechargeEvent> notified = new CopyOnWriteArrayList<>();
    private AutoRecharge library;

    @BeforeEach
    void build() {
        RechargePolicy policy =
                RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, Money.of("9.00", "USD"))));
        library = AutoRecharge.builder(policy, store, gateway)
                .checkout(UNREACHED)
                .clock(clock)
                .listener(notified::add)
                .listenerExecutor(Runnable::run)
                .afterCommit(task -> {
                    if (hosts.get() == null) {
                        task.run();
                    } else {
                        afterCommit.add(task);
                    }
                })
                .build();
    }

    @AfterEach
    void close() {
        library.close();
    }

    private Map<String, Consumer<AutoRecharge>> joining() {
        Map<String, Consumer<AutoRecharge>> calls = new TreeMap<>();
        calls.put("debit", it -> it.debit(Debit.of(ann, Credits.of(1), "job", null)));
        calls.put("grant", it -> it.grant(new Grant(ann, Credits.of(1), Category.PAID, "more", "Gift")));
        calls.put("balance", it -> assertThat(it.balance(ann)).isEqualTo(Credits.of(49)));
        calls.put("entries", it -> assertThat(it.entries(ann, 10)).hasSize(2));
        calls.put("recharges", it -> assertThat(it.recharges(ann, 10)).isEmpty());
        calls.put("balanceChanged", it -> it.balanceChanged(ann));
        calls.put("settings", it -> assertThat(it.settings(ann).credits()).isEqualTo(100));
        calls.put("status", it -> assertThat(it.status(ann).balance()).isEqualTo(Credits.of(49)));
        calls.put("preview", it -> {
            assertThat(it.preview(ann)).isNotNull();
            assertThat(it.preview(ann, method())).isNotNull();
        });
        calls.put("configure", it -> it.configure(ann, new Settings(false, 100, Credits.of(20)), null));
        calls.put("save", it -> {
            Settings wanted = new Settings(true, 100, Credits.of(20));
            assertThat(it.preview(ann, wanted)).isNotNull();
            assertThat(it.save(ann, wanted, Agreement.to("v1"))).isNotNull();
        });
        calls.put("savePaymentMethod", it -> it.savePaymentMethod(ann, method()));
        calls.put("releaseCard", it -> it.releaseCard(ann));
        calls.put("consents", it -> assertThat(it.consents(ann)).isNotNull());
        calls.put("evidence", it -> assertThat(it.evidence(ann, "pi_none")).isEmpty());
        calls.put("paymentMethods", it -> assertThat(it.paymentMethods(ann)).isNotNull());
        calls.put("addPaymentMethod", it -> it.addPaymentMethod(ann, method()));
        calls.put(
                "makePrimary", it -> assertThat(it.makePrimary(ann, "pm_none")).isFalse());
        calls.put("reorderPaymentMethods", it -> {
            List<String> order = it.paymentMethods(ann).all().stream()
                    .map(saved -> saved.method().id())
                    .toList();
            it.reorderPaymentMethods(ann, order);
        });
        calls.put(
                "removePaymentMethod",
                it -> assertThat(it.removePaymentMethod(ann, "pm_none")).isFalse());
        calls.put(
                "attempts",
                it -> assertThat(it.attempts(ann, new RechargeId("none"))).isEmpty());
        calls.put("forgetPaymentMethod", it -> it.forgetPaymentMethod(ann));
        return calls;
    }

    private Map<String, Consumer<AutoRecharge>> refusing() {
        Map<String, Consumer<AutoRecharge>> calls = new TreeMap<>();
        calls.put("check", it -> it.check(ann));
        calls.put("openCheckout", it -> it.openCheckout(ann, 100, null, null));
        calls.put("purchase", it -> it.purchase(ann, 100, Money.of("9.00", "USD"), "click-1"));
        calls.put("retry", it -> it.retry(ann));
        calls.put("openSetup", it -> it.openSetup(ann, MethodPlace.BACKUP, null));
        calls.put("openRecovery", it -> it.openRecovery(ann));
        calls.put("refreshCheckouts", it -> it.refreshCheckouts(ann));
        calls.put("settle", it -> it.settle(report()));
        calls.put("runOnce", AutoRecharge::runOnce);
        calls.put("reconcileSince", it -> it.reconcileSince(clock.instant().minusSeconds(60)));
        return calls;
    }

    /** Those that a rollback of the host must not undo, and that need no account. */
    private static Map<String, Consumer<AutoRecharge>> apart() {
        Map<String, Consumer<AutoRecharge>> calls = new TreeMap<>();
        calls.put("pause", it -> it.pause("incident", "operator"));
        calls.put("paused", AutoRecharge::paused);
        calls.put("resume", it -> it.resume("operator"));
        calls.put("liftTotalLimits", it -> it.liftTotalLimits("operator"));
        calls.put("clock", AutoRecharge::clock);
        calls.put("database", AutoRecharge::database);
        calls.put("installation", AutoRecharge::installation);
        return calls;
    }

    private ProviderReport report() {
        return new ProviderReport.Charge(
                ann, new AttemptId("at_1"), "cus_1", new Outcome.Paid("pi_1", Money.of("9.00", "USD")), null, null);
    }

    @Test
    void every_method_of_the_facade_is_listed_here() {
        Set<String> methods = new TreeSet<>();
        Arrays.stream(AutoRecharge.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .filter(name -> !NO_DATABASE.contains(name))
                .forEach(methods::add);

        Set<String> listed = new TreeSet<>(joining().keySet());
        listed.addAll(refusing().keySet());
        listed.addAll(apart().keySet());
        assertThat(listed).isEqualTo(methods);
    }

    @TestFactory
    List<DynamicTest> each_joins_the_transaction_that_holds_the_account_or_refuses_at_once() {
        List<DynamicTest> tests = new ArrayList<>();
        joining()
                .forEach((name, call) -> tests.add(DynamicTest.dynamicTest(
                        name,
                        () -> inHost(false, host -> {
                            debit(ann, "held-" + name, "1");
                            call.accept(library);
                            return true;
                        }))));
        apart().forEach((name, call) -> tests.add(DynamicTest.dynamicTest(
                name,
                () -> inHost(false, host -> {
                    debit(ann, "held-" + name, "1");
                    call.accept(library);
                    return true;
                }))));
        refusing()
                .forEach((name, call) -> tests.add(DynamicTest.dynamicTest(
                        name,
                        () -> inHost(false, host -> {
                            debit(ann, "held-" + name, "1");
                            assertThat(catchThrowable(() -> call.accept(library)))
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessageContaining(name + " must not be called inside a transaction");
                            return true;
                        }))));
        return tests;
    }

    @Test
    void a_pause_stays_when_the_host_rolls_back() {
        inHost(false, host -> library.pause("incident", "operator"));

        assertThat(library.paused()).isPresent();
        library.resume("operator");
    }

    @Test
    void settings_that_are_saved_in_a_transaction_are_gone_with_its_rollback_and_nobody_is_notified() {
        inHost(false, host -> library.configure(ann, new Settings(false, 100, Credits.of(20)), null));

        assertThat(library.settings(ann)).isEqualTo(new Settings(true, 100, Credits.of(10)));
        assertThat(notified).isEmpty();
        assertThat(store.undelivered(clock.instant().plusSeconds(60), 10)).isEmpty();
    }

    @Test
    void settings_that_are_saved_in_a_transaction_are_kept_and_notified_with_its_commit() {
        inHost(true, host -> {
            library.configure(ann, new Settings(false, 100, Credits.of(20)), null);
            assertThat(notified).isEmpty();
            return true;
        });
        afterCommit.forEach(Runnable::run);

        assertThat(library.settings(ann)).isEqualTo(new Settings(false, 100, Credits.of(20)));
        assertThat(notified).extracting(AutoRechargeEvent::type).containsExactly(EventType.DISABLED);
        assertThat(store.undelivered(clock.instant().plusSeconds(60), 10)).isEmpty();
    }

    @Test
    void an_account_that_was_changed_in_a_transaction_is_checked_after_its_commit() {
        library.configure(ann, new Settings(true, 100, Credits.of(10)), "v1");
        inHost(true, host -> {
            debit(ann, "low", "45");
            library.savePaymentMethod(ann, method());
            return true;
        });

        // The first of these checks may still be running.
        library.runOnce();
        library.close();
        assertThat(gateway.captures(ann)).hasSize(1);
    }

    private static PaymentMethod method() {
        return new PaymentMethod("cus_1", "pm_2", "visa", "4242", "fp_2");
    }
}
