package io.autorecharge.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.logwatch.Secrets;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.StoreException;
import io.autorecharge.testkit.InMemoryStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.WebApplicationContext;

@Tag("process")
@ExtendWith(OutputCaptureExtension.class)
class RunOnceTest {
    private static final List<Integer> CODES = new ArrayList<>();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class App {
        @Bean
        FakeShop shop() {
            return new FakeShop();
        }

        @Bean
        InMemoryStore store() {
            InMemoryStore store = new InMemoryStore();
            Customers.low(store, AccountId.of("alice"));
            return store;
        }

        @Bean
        ProcessExit exit() {
            return CODES::add;
        }
    }

    private final InMemoryStore store = new InMemoryStore();
    private final FakeShop shop = new FakeShop();
    private final ChargeAnswers answers = new ChargeAnswers();

    @Test
    void starts_no_web_server_and_no_scheduler_runs_once_and_exits_with_zero(CapturedOutput output) {
        CODES.clear();
        ConfigurableApplicationContext context = SpringApplication.run(
                App.class, "--autorecharge.run-once", "--spring.main.web-application-type=servlet", "--server.port=0");

        assertThat(CODES).containsExactly(0);
        assertThat(context).isNotInstanceOf(WebApplicationContext.class);
        assertThat(context.isActive()).isFalse();
        assertThat(context.getEnvironment().getProperty("local.server.port")).isNull();
        assertThat(output)
                .contains("Starting auto-recharge job...", "Timestamp: ", "Checked 1 users: 1 recharged, 0 held")
                .doesNotContain("Background scheduler started");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--autorecharge.reconcile-since",
                "--autorecharge.reconcile-since=",
                "--autorecharge.reconcileSince="
            })
    void a_reconciliation_since_nothing_does_not_start_let_alone_charge(String option, CapturedOutput output) {
        CODES.clear();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpringApplication.run(App.class, option, "--server.port=0"))
                .withMessageContaining("autorecharge.reconcile-since");

        assertThat(CODES).isEmpty();
        assertThat(output).doesNotContain("Starting auto-recharge job...");
    }

    @Test
    void a_reconciliation_since_the_future_does_not_start(CapturedOutput output) {
        CODES.clear();
        assertThatThrownBy(
                        () -> SpringApplication.run(App.class, "--autorecharge.reconcile-since=2999-01-01T00:00:00Z"))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("autorecharge.reconcile-since")
                .hasMessageContaining("2999-01-01T00:00:00Z");

        assertThat(CODES).isEmpty();
        assertThat(output).doesNotContain("Reconciling with", "Starting auto-recharge job...");
    }

    @Test
    void false_is_an_ordinary_application() {
        CODES.clear();
        try (ConfigurableApplicationContext context = SpringApplication.run(
                App.class,
                "--autorecharge.run-once=false",
                "--server.port=0",
                "--autorecharge.scheduler.enabled=false")) {
            assertThat(CODES).isEmpty();
            assertThat(context.getEnvironment().getProperty("local.server.port"))
                    .isNotNull();
        }
    }

    @Test
    void nothing_to_do_is_success_and_is_logged(CapturedOutput output) {
        assertThat(run(store)).isZero();
        assertThat(output).contains("No users need auto-recharge at this time.");
    }

    @Test
    void a_declined_card_is_no_failure_of_the_run() {
        Customers.low(store, AccountId.of("alice"));
        shop.charges.declineNext("insufficient_funds", io.autorecharge.gateway.Outcome.Declined.Kind.SOFT);

        assertThat(run(store)).isZero();
    }

    @Test
    void a_provider_that_refuses_us_is_a_failure() {
        Customers.low(store, AccountId.of("alice"));
        shop.charges.refuseNext(Reason.CONFIGURATION);

        assertThat(run(store)).isEqualTo(RunOnce.PROVIDER_FAILED);
    }

    @Test
    void a_provider_that_answers_nothing_is_a_failure() {
        Customers.low(store, AccountId.of("alice"));
        shop.charges.timeOutBeforeCaptureNext();

        assertThat(run(store)).isEqualTo(RunOnce.PROVIDER_FAILED);
    }

    @Test
    void a_provider_that_answered_once_works() {
        Customers.low(store, AccountId.of("alice"));
        Customers.low(store, AccountId.of("bob"));
        shop.charges.timeOutBeforeCaptureNext();

        assertThat(run(store)).isZero();
    }

    @Test
    void a_database_that_fails_is_a_failure() {
        assertThat(run(failing(Set.of("takeDue"), new StoreException(false, "connection refused", null))))
                .isEqualTo(RunOnce.DATABASE_FAILED);
        Customers.low(store, AccountId.of("alice"));
        assertThat(run(failing(
                        Set.of("inTransaction", "countDue"), new StoreException(false, "connection refused", null))))
                .isEqualTo(RunOnce.DATABASE_FAILED);
    }

    @Test
    void an_account_that_cannot_be_processed_has_an_exit_code_of_its_own() {
        Customers.low(store, AccountId.of("alice"));

        assertThat(run(failing(Set.of("inTransaction"), new IllegalStateException("a bug"))))
                .isEqualTo(RunOnce.ACCOUNTS_FAILED);
    }

    @Test
    void a_run_without_a_provider_does_not_start() {
        assertThatThrownBy(() -> SpringApplication.run(Unconfigured.class, "--autorecharge.run-once"))
                .rootCause()
                .hasMessageContaining("autorecharge.run-once has nothing to run");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableLibraryOnly
    static class Unconfigured {}

    @ParameterizedTest
    @CsvSource({"refused, 3", "no-database, 1"})
    void the_process_ends_by_itself_with_its_code(String how, int code) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        RunOnceProcess.class.getName(),
                        how)
                .redirectErrorStream(true)
                .start();
        process.onExit().orTimeout(3, TimeUnit.MINUTES).exceptionally(late -> process.destroyForcibly());
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isEqualTo(code);
        assertThat(Secrets.in(output)).isEmpty();
    }

    private int run(RechargeStore on) {
        PackageCatalog packages = PackageCatalog.of(new CreditPackage(100, Money.of("9.00", "USD")));
        try (AutoRecharge autoRecharge = AutoRecharge.builder(
                        RechargePolicy.ofDefaults(packages), on, (Ledger) store, shop)
                .observer(answers)
                .concurrency(1)
                .build()) {
            return new RunOnce(autoRecharge, on, answers, Clock.systemUTC(), null, code -> {}).run();
        }
    }

    private RechargeStore failing(Set<String> methods, RuntimeException failure) {
        return (RechargeStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RechargeStore.class}, (proxy, method, arguments) -> {
                    if (methods.contains(method.getName())) {
                        throw failure;
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
