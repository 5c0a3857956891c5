package io.autorecharge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeListener;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.jdbc.ConnectionPort;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.PolicySource;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.spring.web.AccountResolver;
import io.autorecharge.store.AfterCommit;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.stripe.StripeGateway;
import io.autorecharge.stripe.StripeSettings;
import io.autorecharge.stripe.StripeWebhook;
import io.autorecharge.testkit.InMemoryStore;
import io.autorecharge.testkit.SettableClock;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.util.ClassUtils;

@ExtendWith(OutputCaptureExtension.class)
class AutoConfigurationTest {
    private static final String KEY = "autorecharge.stripe.secret-key=sk_test_abc";
    private static final String WEBHOOK = "autorecharge.stripe.webhook-secret=whsec_abc";
    private static final String NO_SCHEDULER = "autorecharge.scheduler.enabled=false";

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Host {}

    private final WebApplicationContextRunner web = new WebApplicationContextRunner()
            .withUserConfiguration(Host.class)
            .withPropertyValues(NO_SCHEDULER, database());

    private static String database() {
        return "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    }

    @Test
    void a_key_and_a_database_are_all_that_is_needed(CapturedOutput output) {
        web.withPropertyValues(KEY).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context).hasSingleBean(AutoRecharge.class);
            assertThat(context).hasSingleBean(StripeGateway.class);
            assertThat(context).hasSingleBean(JdbcStore.class);
            assertThat(context).hasBean("autoRechargeSettingsController");
            assertThat(context).hasBean("autoRechargeCheckoutController");
            assertThat(context).hasBean("autoRechargeMetrics");
            assertThat(context).hasBean("autorechargeHealthIndicator");
        });
        assertThat(output)
                .contains("Auto-recharge migration completed successfully".substring(15))
                .doesNotContain("sk_test_abc");
    }

    @Test
    void without_a_webhook_secret_there_is_no_webhook_and_a_warning(CapturedOutput output) {
        web.withPropertyValues(KEY, "autorecharge.stripe.webhook-secret=").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context).doesNotHaveBean(StripeWebhook.class);
            assertThat(context).doesNotHaveBean("autoRechargeWebhookController");
        });
        assertThat(output).containsPattern("WARN .*autorecharge.stripe.webhook-secret is missing");
    }

    @Test
    void with_a_webhook_secret_there_is_a_webhook_and_no_warning(CapturedOutput output) {
        web.withPropertyValues(KEY, WEBHOOK)
                .run(context -> assertThat(context).hasBean("autoRechargeWebhookController"));
        web.withPropertyValues(KEY, "autorecharge.stripe.additional-webhook-secrets[0]=whsec_next")
                .run(context -> assertThat(context).hasBean("autoRechargeWebhookController"));
        assertThat(output).doesNotContain("webhook-secret is missing").doesNotContain("whsec_");
    }

    @Test
    void unconfigured_it_is_silent_and_harmless(CapturedOutput output) {
        web.withPropertyValues("autorecharge.stripe.secret-key=").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBeanNamesForType(Object.class))
                    .filteredOn(name -> name.toLowerCase(java.util.Locale.ROOT).contains("autorecharge"))
                    .filteredOn(name ->
                            !name.contains("PropertiesAutoConfiguration") && !name.contains("PropertyNameCheck"))
                    .allMatch(name -> name.contains("UnconfiguredAutoConfiguration"), "only the one that says so");
            try (java.sql.Connection connection =
                            context.getBean(DataSource.class).getConnection();
                    java.sql.ResultSet tables = connection.getMetaData().getTables(null, "PUBLIC", null, null)) {
                assertThat(tables.next()).isFalse();
            }
        });
        assertThat(output).containsOnlyOnce("Auto-recharge is off: neither autorecharge.stripe.secret-key nor");
        assertThat(output).doesNotContainPattern("WARN .*autorecharge");
    }

    @Test
    void a_policy_source_bean_chooses_the_policy_of_each_account_and_the_properties_make_the_one_for_all() {
        RechargePolicy euros =
                RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(7, Money.of("7.00", "EUR"))));
        PolicySource source = account -> account.id().value().equals("bruno") ? euros : null;
        web.withPropertyValues(KEY)
                .withBean("plans", PolicySource.class, () -> source)
                .run(context -> {
                    AutoRecharge library = context.getBean(AutoRecharge.class);
                    assertThat(library.policy().packages().sizes()).containsExactly(50, 100, 250, 500);
                    assertThat(library.policy(AccountId.of("bruno"))
                                    .orElseThrow()
                                    .packages()
                                    .sizes())
                            .containsExactly(7);
                    assertThat(library.policy(AccountId.of("alice"))).isEmpty();
                });
        web.withPropertyValues(KEY)
                .withBean("plans", PolicySource.class, () -> source)
                .withBean("others", PolicySource.class, () -> source)
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void everything_can_be_switched_off(CapturedOutput output) {
        web.withPropertyValues(KEY, WEBHOOK, "autorecharge.enabled=false").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context).doesNotHaveBean(AutoRecharge.class);
            assertThat(context).doesNotHaveBean(Gateway.class);
            assertThat(context).doesNotHaveBean(RechargeStore.class);
            assertThat(context).doesNotHaveBean("autoRechargeSettingsController");
        });
        assertThat(output).contains("Auto-recharge is off: autorecharge.enabled is false");
    }

    @Test
    void the_endpoints_can_be_switched_off() {
        web.withPropertyValues(KEY, WEBHOOK, "autorecharge.web.enabled=false").run(context -> {
            assertThat(context).hasSingleBean(AutoRecharge.class);
            assertThat(context).doesNotHaveBean("autoRechargeSettingsController");
            assertThat(context).doesNotHaveBean("autoRechargeCheckoutController");
            assertThat(context).doesNotHaveBean("autoRechargeWebhookController");
        });
    }

    @Test
    void health_can_be_switched_off() {
        web.withPropertyValues(KEY, "management.health.autorecharge.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("autorechargeHealthIndicator"));
    }

    @Test
    void accounts_that_only_ever_spent_have_the_configured_threshold_too() {
        web.withPropertyValues(KEY, "autorecharge.threshold=25").run(context -> {
            AutoRecharge autoRecharge = context.getBean(AutoRecharge.class);
            AccountId account = AccountId.of("alice");
            autoRecharge.grant(new Grant(account, Credits.of(1), Category.PAID, "gift", "Welcome"));
            assertThat(autoRecharge.settings(account).threshold()).isEqualTo(Credits.of(25));
        });
    }

    @Test
    void the_migration_can_be_left_to_the_host_and_the_start_names_what_is_missing() {
        web.withPropertyValues(KEY, "autorecharge.jdbc.migrate=false")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("autorecharge.jdbc.migrate")
                        .hasMessageContaining("the database lacks what auto-recharge needs: table credit_accounts"));
    }

    @Test
    void without_a_web_application_there_are_no_endpoints_and_all_else() {
        new ApplicationContextRunner()
                .withUserConfiguration(Host.class)
                .withPropertyValues(NO_SCHEDULER, database(), KEY, WEBHOOK)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context).hasSingleBean(AutoRecharge.class);
                    assertThat(context).doesNotHaveBean("autoRechargeSettingsController");
                });
    }

    @Test
    void works_without_web_security_actuator_and_micrometer() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ours()))
                .withBean(InMemoryStore.class)
                .withPropertyValues(NO_SCHEDULER, KEY, WEBHOOK)
                .withClassLoader(new FilteredClassLoader(
                        "jakarta.servlet",
                        "org.springframework.web",
                        "org.springframework.security",
                        "org.springframework.jdbc",
                        "org.springframework.transaction",
                        "io.micrometer",
                        "org.springframework.boot.actuate",
                        "org.springframework.boot.health"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(AutoRecharge.class));
    }

    private static Class<?>[] ours() {
        List<Class<?>> ours = new ArrayList<>();
        for (String name :
                ImportCandidates.load(AutoConfiguration.class, AutoConfigurationTest.class.getClassLoader())) {
            if (name.startsWith("io.autorecharge")) {
                ours.add(ClassUtils.resolveClassName(name, AutoConfigurationTest.class.getClassLoader()));
            }
        }
        assertThat(ours).hasSizeGreaterThan(8);
        return ours.toArray(Class<?>[]::new);
    }

    @Test
    void a_provider_without_a_database_is_refused_with_what_to_do() {
        web.withClassLoader(new FilteredClassLoader(ConnectionHolder.class))
                .withPropertyValues(KEY)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("it needs spring-jdbc and one DataSource bean"));
    }

    @Test
    void each_part_is_replaced_by_a_bean() {
        RechargePolicy policy =
                RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(7, Money.of("7.00", "EUR"))));
        InMemoryStore store = new InMemoryStore();
        FakeShop shop = new FakeShop();
        SettableClock clock = new SettableClock();
        AfterCommit afterCommit = Runnable::run;
        AccountResolver resolver = principal -> null;
        web.withPropertyValues(KEY, WEBHOOK)
                .withBean("policy", RechargePolicy.class, () -> policy)
                .withBean("store", InMemoryStore.class, () -> store)
                .withBean("shop", FakeShop.class, () -> shop)
                .withBean("clock", Clock.class, () -> clock)
                .withBean("afterCommit", AfterCommit.class, () -> afterCommit)
                .withBean("resolver", AccountResolver.class, () -> resolver)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(RechargePolicy.class)).isSameAs(policy);
                    assertThat(context.getBean(RechargeStore.class)).isSameAs(store);
                    assertThat(context.getBean(Gateway.class)).isSameAs(shop);
                    assertThat(context.getBean(AfterCommit.class)).isSameAs(afterCommit);
                    assertThat(context.getBean(AccountResolver.class)).isSameAs(resolver);
                    assertThat(context).doesNotHaveBean(StripeSettings.class);
                    assertThat(context).doesNotHaveBean(ConnectionPort.class);
                    assertThat(context).doesNotHaveBean("autoRechargeWebhookController");
                    assertThat(context.getBean(AutoRecharge.class)
                                    .policy()
                                    .packages()
                                    .sizes())
                            .containsExactly(7);
                });
    }

    @Test
    void the_facade_itself_is_replaced_by_a_bean() {
        AutoRecharge own = AutoRecharge.builder(
                        RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(7, Money.of("7.00", "EUR")))),
                        new InMemoryStore(),
                        new FakeShop())
                .build();
        web.withPropertyValues(KEY)
                .withBean("own", AutoRecharge.class, () -> own)
                .run(context -> assertThat(context.getBean(AutoRecharge.class)).isSameAs(own));
    }

    @Test
    void listeners_and_observers_are_notified() {
        java.util.List<String> received = new java.util.concurrent.CopyOnWriteArrayList<>();
        web.withBean(InMemoryStore.class)
                .withBean(FakeShop.class)
                .withBean("one", AutoRechargeListener.class, () -> event -> received.add("one " + event.type()))
                .withBean("two", AutoRechargeListener.class, () -> event -> received.add("two " + event.type()))
                .withBean("watch", AutoRechargeObserver.class, () -> new AutoRechargeObserver() {
                    @Override
                    public void decided(AccountId account, io.autorecharge.policy.Decision decision) {
                        received.add("decided");
                    }
                })
                .run(context -> {
                    AutoRecharge autoRecharge = context.getBean(AutoRecharge.class);
                    AccountId account = AccountId.of("alice");
                    autoRecharge.configure(
                            account, new io.autorecharge.account.Settings(true, 100, Credits.of(10)), "1");
                    autoRecharge.check(account);
                    // Waits for the listeners, which have threads of their own.
                    autoRecharge.close();
                    assertThat(received).contains("one ENABLED", "two ENABLED", "decided");
                });
    }

    @Test
    void the_scheduler_runs_from_start_to_end_when_it_is_wanted(CapturedOutput output) {
        web.withPropertyValues(KEY, "autorecharge.scheduler.enabled=true").run(context -> {
            AutoRecharge autoRecharge = context.getBean(AutoRecharge.class);
            assertThat(autoRecharge.isRunning()).isTrue();
            context.close();
            assertThat(autoRecharge.isRunning()).isFalse();
        });
        assertThat(output).contains("✓ Background scheduler started");
    }

    @Test
    void the_scheduler_does_not_run_when_it_is_switched_off() {
        web.withPropertyValues(KEY)
                .run(context -> assertThat(context.getBean(AutoRecharge.class).isRunning())
                        .isFalse());
    }
}
