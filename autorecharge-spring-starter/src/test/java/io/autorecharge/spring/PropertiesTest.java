package io.autorecharge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autorecharge.AutoRecharge;
import io.autorecharge.AutoRechargeBuilder;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.jdbc.TimeLimits;
import io.autorecharge.policy.BackOff;
import io.autorecharge.policy.Bonus;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.Limits;
import io.autorecharge.policy.NegativeBalance;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.Retention;
import io.autorecharge.policy.SmartThreshold;
import io.autorecharge.policy.ThresholdMode;
import io.autorecharge.policy.Timing;
import io.autorecharge.policy.VelocityAlarm;
import io.autorecharge.store.Installation;
import io.autorecharge.stripe.StripeSettings;
import io.autorecharge.testkit.InMemoryStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

class PropertiesTest {
    private static final Pattern ROW = Pattern.compile("\\| `(?<name>[^`]+)` \\|(?<default>[^|]*)\\|(?<text>[^|]*)\\|");

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    PropertiesAutoConfiguration.class,
                    StripeAutoConfiguration.class,
                    StoreAutoConfiguration.class,
                    AutoRechargeAutoConfiguration.class))
            .withBean(InMemoryStore.class)
            .withPropertyValues("autorecharge.scheduler.enabled=false");

    private final ApplicationContextRunner fake = runner.withBean(FakeShop.class);

    private final ApplicationContextRunner stripe =
            runner.withPropertyValues("autorecharge.stripe.secret-key=sk_test_abc");

    @Test
    void every_default_is_the_cores() {
        fake.run(context -> {
            AutoRechargeProperties properties = context.getBean(AutoRechargeProperties.class);
            RechargePolicy policy = context.getBean(RechargePolicy.class);
            assertThat(policy.threshold()).isEqualTo(RechargePolicy.DEFAULT_THRESHOLD);
            assertThat(policy.thresholdInclusive()).isFalse();
            assertThat(policy.limits()).isEqualTo(Limits.ofDefaults());
            assertThat(policy.backOff()).isEqualTo(BackOff.ofDefaults());
            CreditPackage hundred = policy.packages().require(100);
            assertThat(policy.enablingBonus(hundred)).isEqualTo(Bonus.DEFAULT.on(hundred, hundred.amount()));
            assertThat(BuilderSettings.timing(properties)).isEqualTo(Timing.ofDefaults());
            assertThat(properties.concurrency()).isEqualTo(AutoRechargeBuilder.DEFAULT_CONCURRENCY);
            assertThat(properties.callsPerSecond()).isEqualTo(AutoRechargeBuilder.DEFAULT_CALLS_PER_SECOND);
            assertThat(properties.balanceCheck()).isEqualTo(AutoRechargeBuilder.DEFAULT_BALANCE_CHECK);
            assertThat(properties.reversalCheck()).isEqualTo(AutoRechargeBuilder.DEFAULT_REVERSAL_CHECK);
            assertThat(BuilderSettings.retention(properties.retention())).isEqualTo(Retention.ofDefaults());
            assertThat(properties.negativeBalance()).isEqualTo(NegativeBalance.POST);
            assertThat(properties.clockTolerance()).isEqualTo(AutoRechargeBuilder.DEFAULT_CLOCK_TOLERANCE);
            assertThat(properties.listenerTimeout()).isEqualTo(AutoRechargeBuilder.DEFAULT_LISTENER_TIMEOUT);
            assertThat(properties.installation().id()).isNull();
            assertThat(properties.installation().serverMoves()).isFalse();
            assertThat(properties.detachRemovedMethods()).isFalse();
            assertThat(properties.reconcileSince()).isNull();
            assertThat(properties.thresholdMode()).isEqualTo(ThresholdMode.FIXED);
            assertThat(properties.smartThreshold().leadTime()).isEqualTo(SmartThreshold.DEFAULT_LEAD_TIME);
            assertThat(properties.smartThreshold().recentFactor())
                    .isEqualByComparingTo(SmartThreshold.DEFAULT_RECENT_FACTOR);
            assertThat(properties.velocityAlarm().recharges()).isEqualTo(VelocityAlarm.DEFAULT_RECHARGES);
            assertThat(properties.velocityAlarm().within()).isEqualTo(VelocityAlarm.DEFAULT_WITHIN);
            assertThat(properties.velocityAlarm().enabled()).isTrue();
            assertThat(properties.enabled()).isTrue();
            assertThat(properties.runOnce()).isFalse();
            assertThat(properties.web().enabled()).isTrue();
            assertThat(properties.jdbc().migrate()).isTrue();
            assertThat(StoreAutoConfiguration.timeLimits(properties.jdbc())).isEqualTo(TimeLimits.ofDefaults());
        });
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(AutoRechargeAutoConfiguration.class))
                .withBean(InMemoryStore.class)
                .withBean(FakeShop.class)
                .run(context -> assertThat(context.getBean(AutoRecharge.class).isRunning())
                        .isTrue());
    }

    @Test
    void another_installation_id_than_the_database_contains_stops_the_start() {
        InMemoryStore used = new InMemoryStore();
        used.installation(new Installation(new InstallationId("shop-1"), Instant.EPOCH, null));
        ApplicationContextRunner onUsed = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(AutoRechargeAutoConfiguration.class))
                .withBean(InMemoryStore.class, () -> used)
                .withBean(FakeShop.class);

        for (boolean scheduler : new boolean[] {true, false}) {
            onUsed.withPropertyValues(
                            "autorecharge.installation.id=shop-2", "autorecharge.scheduler.enabled=" + scheduler)
                    .run(context -> assertThat(context)
                            .getFailure()
                            .rootCause()
                            .hasMessageContaining("shop-1")
                            .hasMessageContaining("confirm --id shop-2"));
        }
        onUsed.withPropertyValues("autorecharge.installation.id=shop-1")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void every_default_of_stripe_is_the_adapters() {
        stripe.run(context -> assertThat(context.getBean(StripeSettings.class).toString())
                .isEqualTo(StripeSettings.builder("sk_test_abc", "http://localhost:8080/", "http://localhost:8080/")
                        .build()
                        .toString()));
        stripe.run(context -> {
            AutoRechargeProperties.Stripe properties =
                    context.getBean(AutoRechargeProperties.class).stripe();
            assertThat(properties.connectTimeout()).isEqualTo(StripeSettings.DEFAULT_CONNECT_TIMEOUT);
            assertThat(properties.readTimeout()).isEqualTo(StripeSettings.DEFAULT_READ_TIMEOUT);
            assertThat(properties.checkoutLifetime()).isEqualTo(StripeSettings.DEFAULT_CHECKOUT_LIFETIME);
            assertThat(properties.webhookTolerance()).isEqualTo(StripeSettings.DEFAULT_WEBHOOK_TOLERANCE);
        });
    }

    @Test
    void the_seeds_packages_are_on_sale_by_default() {
        fake.run(context -> assertThat(
                        context.getBean(RechargePolicy.class).packages().all())
                .containsExactly(
                        new CreditPackage(50, Money.of("5.00", "USD")),
                        new CreditPackage(100, Money.of("9.00", "USD")),
                        new CreditPackage(250, Money.of("20.00", "USD")),
                        new CreditPackage(500, Money.of("35.00", "USD"))));
    }

    @Test
    void what_is_set_is_in_force() {
        fake.withPropertyValues(
                        "autorecharge.currency=eur",
                        "autorecharge.packages[0].credits=200",
                        "autorecharge.packages[0].price=15",
                        "autorecharge.packages[1].credits=20",
                        "autorecharge.packages[1].price=2.50",
                        "autorecharge.threshold=12.5",
                        "autorecharge.threshold-inclusive=true",
                        "autorecharge.sizing=target",
                        "autorecharge.target=300",
                        "autorecharge.max-amount=100",
                        "autorecharge.bonus.percent=10",
                        "autorecharge.limits.cooldown=10m",
                        "autorecharge.limits.purchases=3",
                        "autorecharge.limits.window=7d",
                        "autorecharge.limits.monthly-spend=250.00",
                        "autorecharge.limits.zone=Europe/Berlin",
                        "autorecharge.back-off.waits=1h")
                .run(context -> {
                    RechargePolicy policy = context.getBean(RechargePolicy.class);
                    CreditPackage twenty = new CreditPackage(20, Money.of("2.50", "EUR"));
                    assertThat(policy.packages().all())
                            .containsExactly(twenty, new CreditPackage(200, Money.of("15.00", "EUR")));
                    assertThat(policy.threshold()).isEqualTo(Credits.of("12.5"));
                    assertThat(policy.thresholdInclusive()).isTrue();
                    assertThat(policy.enablingBonus(twenty)).isEqualTo(Credits.of(2));
                    assertThat(policy.backOff()).isEqualTo(new BackOff(List.of(Duration.ofHours(1)), 2));
                    assertThat(policy.limits())
                            .isEqualTo(new Limits(
                                    Duration.ofMinutes(10),
                                    3,
                                    Duration.ofDays(7),
                                    Money.of("250.00", "EUR"),
                                    ZoneId.of("Europe/Berlin")));
                });
    }

    @Test
    void a_bonus_may_differ_by_package() {
        fake.withPropertyValues(
                        "autorecharge.bonus.tiers[0].size=100",
                        "autorecharge.bonus.tiers[0].credits=5",
                        "autorecharge.bonus.tiers[1].size=500",
                        "autorecharge.bonus.tiers[1].percent=10")
                .run(context -> {
                    RechargePolicy policy = context.getBean(RechargePolicy.class);
                    PackageCatalog packages = policy.packages();
                    assertThat(policy.enablingBonus(packages.require(50))).isEqualTo(Credits.ZERO);
                    assertThat(policy.enablingBonus(packages.require(100))).isEqualTo(Credits.of(5));
                    assertThat(policy.enablingBonus(packages.require(500))).isEqualTo(Credits.of(50));
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "threshold | -1",
                "threshold | 0.0000001",
                "threshold | 1e999999999",
                "threshold | lots",
                "currency | EUR",
                "currency | XXXX",
                "packages[0].price | 5.00",
                "target | 100",
                "sizing | sometimes",
                "min-amount | -1",
                "max-amount | 1.00",
                "max-amount | 1.005",
                "bonus.credits | -1",
                "bonus.percent | 5000",
                "limits.cooldown | -1m",
                "limits.purchases | 0",
                "limits.window | 0s",
                "limits.monthly-spend | 1.00",
                "limits.zone | Mars/Olympus",
                "back-off.waits | -1h",
                "timing.lease | 30s",
                "timing.lease | 0s",
                "timing.resend-within | 24h",
                "timing.conclude-after | 1m",
                "timing.poll | 0s",
                "reversal-check | -1s",
                "reversal-check | 31d",
                "listener-timeout | 0s",
                "listener-timeout | 25h",
                "clock-tolerance | 59s",
                "clock-tolerance | 31m",
                "reconcile-since | yesterday",
                "timing.sweep | -1s",
                "concurrency | 0",
                "calls-per-second | 0",
                "balance-check | 0s",
                "smart-threshold.lead-time | 0s",
                "smart-threshold.lead-time | 31d",
                "smart-threshold.recent-factor | 0",
                "smart-threshold.recent-factor | 11",
                "threshold-mode | clever",
                "velocity-alarm.recharges | 0",
                "velocity-alarm.within | 0s",
            })
    void what_cannot_work_is_refused_by_property_and_value(String name, String value) {
        fake.withPropertyValues("autorecharge." + name + "=" + value).run(context -> {
            assertThat(context).hasFailed();
            StringBuilder message = new StringBuilder();
            for (Throwable t = context.getStartupFailure(); t != null; t = t.getCause()) {
                message.append(t.getMessage()).append('\n');
            }
            String property = name.startsWith("packages") ? "autorecharge.packages[0].credits" : "autorecharge." + name;
            assertThat(message.toString()).contains(property);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "success-url | ftp://example.org | autorecharge.stripe.success-url must",
                "cancel-url | nonsense | autorecharge.stripe.cancel-url",
                "api-base | http://example.org | autorecharge.stripe.api-base must",
                "read-timeout | 1ms | autorecharge.stripe.read-timeout must",
                "checkout-lifetime | 1m | autorecharge.stripe.checkout-lifetime must",
                "webhook-tolerance | 0s | autorecharge.stripe.webhook-tolerance must",
                "account | me | autorecharge.stripe.account must",
                "webhook-secret | hunter2 | autorecharge.stripe.webhook-secret must",
                "secret-key | pk_test_hunter2 | autorecharge.stripe.secret-key is a publishable key",
                "secret-key | hunter2 | autorecharge.stripe.secret-key must",
                "secret-key | sk_live_hunter2 | autorecharge.stripe.success-url is missing",
            })
    void what_stripe_cannot_work_with_is_refused_and_no_secret_shown(String name, String value, String message) {
        stripe.withPropertyValues("autorecharge.stripe." + name + "=" + value)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining(message)
                        .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain("hunter2")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "autorecharge.least-amount | autorecharge.min-amount",
                "autorecharge.leastAmount | autorecharge.min-amount",
                "autorecharge.least_amount | autorecharge.min-amount",
                "AUTORECHARGE_LEASTAMOUNT | autorecharge.min-amount",
                "AUTORECHARGE_LEAST_AMOUNT | autorecharge.min-amount",
                "autorecharge.greatest-amount | autorecharge.max-amount",
                "autorecharge.greatestAmount | autorecharge.max-amount",
                "AUTORECHARGE_GREATESTAMOUNT | autorecharge.max-amount",
                "AUTORECHARGE_GREATEST_AMOUNT | autorecharge.max-amount",
                "autorecharge.stripe.page-life | autorecharge.stripe.checkout-lifetime",
                "autorecharge.stripe.pageLife | autorecharge.stripe.checkout-lifetime",
                "AUTORECHARGE_STRIPE_PAGELIFE | autorecharge.stripe.checkout-lifetime",
                "AUTORECHARGE_STRIPE_PAGE_LIFE | autorecharge.stripe.checkout-lifetime",
                "autorecharge.least.amount | autorecharge.min-amount",
                "autorecharge.greatest.amount | autorecharge.max-amount",
                "autorecharge.greatest-amount[1] | autorecharge.max-amount",
                "autorecharge.greatest-amount[0][0] | autorecharge.max-amount",
                "autorecharge.stripe.page.life | autorecharge.stripe.checkout-lifetime",
                "autorecharge.stripe-page-life | autorecharge.stripe.checkout-lifetime",
                "env Autorecharge_Greatest_Amount | autorecharge.max-amount",
                "auto-recharge.greatest-amount | autorecharge.max-amount",
                "auto_recharge.greatest-amount | autorecharge.max-amount",
                "env autorecharge.greatest-amount | autorecharge.max-amount",
                "AUTORECHARGE_GREATEST_AMOUNT_1 | autorecharge.max-amount",
            })
    void a_property_under_its_old_name_stops_the_start_and_the_error_gives_the_new_name(
            String old, String replacement) {
        with(fake, old, "4711").run(context -> {
            assertThat(context).getFailure().hasMessageContaining("was renamed to " + replacement);
            assertThat(context.getStartupFailure())
                    .hasMessageNotContaining("4711")
                    .hasMessageContaining(old.replaceFirst("env ", ""));
        });
    }

    @Test
    void an_old_name_is_reported_once_even_if_it_is_set_more_than_once() {
        fake.withPropertyValues(
                        "autorecharge.greatest-amount[0]=1",
                        "autorecharge.greatest-amount[1]=2",
                        "autorecharge.greatest.amount=3")
                .run(context -> assertThat(context)
                        .getFailure()
                        .satisfies(failure -> assertThat(failure.getMessage().split("was renamed to"))
                                .hasSize(2)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "autorecharge: {least-amount: 4711} | autorecharge.min-amount",
                "autorecharge: {leastAmount: 4711} | autorecharge.min-amount",
                "autorecharge: {least-amount: [4711, 4712]} | autorecharge.min-amount",
                "autorecharge.greatest-amount: 4711 | autorecharge.max-amount",
                "autorecharge: {greatestAmount: [4711]} | autorecharge.max-amount",
                "autorecharge: {stripe: {page-life: 4711s}} | autorecharge.stripe.checkout-lifetime",
                "autorecharge: {stripe: {pageLife: [4711s]}} | autorecharge.stripe.checkout-lifetime",
            })
    void an_old_name_in_yaml_stops_the_start_even_as_a_list(String yaml, String replacement) {
        fake.withInitializer(context -> addYaml(context, yaml))
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("was renamed to " + replacement)
                        .hasMessageNotContaining("4711"));
    }

    private static void addYaml(ConfigurableApplicationContext context, String yaml) {
        Resource resource = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8));
        try {
            new YamlPropertySourceLoader()
                    .load("test", resource)
                    .forEach(context.getEnvironment().getPropertySources()::addFirst);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "autorecharge.max-amout | autorecharge.max-amount",
                "autorecharge.maxAmout | autorecharge.max-amount",
                "AUTORECHARGE_MAXAMOUT | autorecharge.max-amount",
                "AUTORECHARGE_MAX_AMOUT | autorecharge.max-amount",
                "autorecharge.limit.monthly-spend | autorecharge.limits.monthly-spend",
                "AUTORECHARGE_LIMIT_MONTHLYSPEND | autorecharge.limits.monthly-spend",
                "autorecharge.packages[0].prize | autorecharge.packages[n].price",
                "AUTORECHARGE_PACKAGES_0_PRIZE | autorecharge.packages[n].price",
                "AUTORECHARGE_BONUS_TIERS_1_PERCENTS | autorecharge.bonus.tiers[n].percent",
                "autorecharge.stripe.secret-kye | autorecharge.stripe.secret-key",
                "autorecharge.max.amount | autorecharge.max-amount",
                "autorecharge.max-amount[0] | autorecharge.max-amount",
                "autorecharge.limits[0].monthly-spend | autorecharge.limits.monthly-spend",
                "autorecharge.packages.price | autorecharge.packages[n].price",
                "autorecharge.packages[0].price[0] | autorecharge.packages[n].price",
                "AUTORECHARGE_LIMITSMONTHLYSPEND | autorecharge.limits.monthly-spend",
                "AUTORECHARGE_LIMITS_MONTHLY_SPEND_0 | autorecharge.limits.monthly-spend",
                "env Autorecharge_Max_Amount | autorecharge.max-amount",
                "AUTORECHARGE_M_AX_AMOUNT | autorecharge.max-amount",
                "AUTORECHARGE_MAX_AMOUNT_0 | autorecharge.max-amount",
                "AUTORECHARGE_PACKAGES_PRICE | autorecharge.packages[n].price",
                "AUTORECHARGE_STRIPE_SECRETKEY_0 | autorecharge.stripe.secret-key",
            })
    void a_misspelled_property_stops_the_start_and_the_error_names_the_right_one(String misspelled, String meant) {
        with(runner, misspelled, "sk_test_4711").run(context -> {
            assertThat(context).getFailure().hasMessageContaining("did you mean " + meant + "?");
            assertThat(context.getStartupFailure()).hasMessageNotContaining("4711");
        });
    }

    @Test
    void an_unknown_property_prevents_startup_but_an_unrelated_environment_variable_does_not() {
        with(fake, "autorecharge.daily-spend", "100")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("autorecharge.daily-spend is not a known property"));
        with(fake, "AUTORECHARGE_REGION", "eu")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUTORECHARGE", "AUTORECHARGE_WEB", "AUTORECHARGE_TIMING", "AUTORECHARGE_MAX_AMOUNT"})
    void what_kubernetes_sets_for_a_service_never_prevents_startup(String service) {
        Map<String, Object> variables = new TreeMap<>();
        for (String suffix : List.of(
                "SERVICE_HOST",
                "SERVICE_PORT",
                "SERVICE_PORT_HTTP",
                "PORT",
                "PORT_8080_TCP",
                "PORT_8080_TCP_ADDR",
                "PORT_8080_TCP_PORT",
                "PORT_8080_TCP_PROTO")) {
            variables.put(service + "_" + suffix, "10.0.0.7");
        }
        withEnvironment(fake, variables).run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void a_variable_that_is_ignored_prevents_startup_even_if_another_one_sets_the_same_property() {
        withEnvironment(fake, Map.of("AUTORECHARGE_MAX_AMOUNT", "100", "Autorecharge_Max_Amount", "50"))
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("did you mean autorecharge.max-amount?")
                        .hasMessageContaining("Autorecharge_Max_Amount")
                        .hasMessageNotContaining("AUTORECHARGE_MAX_AMOUNT"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AUTORECHARGE_LIMITS_MONTHLYSPEND",
                "AUTORECHARGE_LIMITS_MONTHLY_SPEND",
                "autorecharge_limits_monthlyspend",
                "autorecharge_limits_monthly_spend",
                "autorecharge.limits.monthly-spend",
            })
    void a_variable_that_is_accepted_is_in_force(String variable) {
        withEnvironment(fake, Map.of(variable, "4711"))
                .run(context -> assertThat(
                                context.getBean(RechargePolicy.class).limits().monthlySpend())
                        .isEqualTo(Money.of("4711.00", "USD")));
    }

    @Test
    void lists_in_variables_are_in_force() {
        withEnvironment(
                        fake,
                        Map.of(
                                "AUTORECHARGE_PACKAGES_0_CREDITS", "200",
                                "AUTORECHARGE_PACKAGES_0_PRICE", "15",
                                "AUTORECHARGE_BACK_OFF_WAITS_0", "1h",
                                "AUTORECHARGE_BACK_OFF_WAITS_1", "2h",
                                "AUTORECHARGE_BONUS_TIERS_0_SIZE", "200",
                                "AUTORECHARGE_BONUS_TIERS_0_CREDITS", "5"))
                .run(context -> {
                    RechargePolicy policy = context.getBean(RechargePolicy.class);
                    CreditPackage only = new CreditPackage(200, Money.of("15.00", "USD"));
                    assertThat(policy.packages().all()).containsExactly(only);
                    assertThat(policy.backOff().waits()).containsExactly(Duration.ofHours(1), Duration.ofHours(2));
                    assertThat(policy.enablingBonus(only)).isEqualTo(Credits.of(5));
                });
    }

    @ParameterizedTest
    @CsvSource({
        "AUTORECHARGE_MAXAMOUNT,100",
        "AUTORECHARGE_MAX_AMOUNT,100",
        "AUTORECHARGE_LIMITS_MONTHLYSPEND,100",
        "AUTORECHARGE_LIMITS_MONTHLY_SPEND,100",
        "AUTORECHARGE_BACKOFF_WAITS,1h",
        "AUTORECHARGE_BACK_OFF_WAITS_0,1h",
        "AUTORECHARGE_STRIPE_ADDITIONAL_WEBHOOK_SECRETS_0,whsec_next",
        "AUTORECHARGE_CONSENT_VERSION,2",
        "auto-recharge.max-amount,100",
        "auto_recharge.max-amount,100",
        "autorecharge.packages,''",
        "autorecharge.stripe.additional-webhook-secrets[0],whsec_next",
        "autorecharge.consent.version,2",
        "autorecharge.back-off.waits[0],1h",
    })
    void every_form_of_a_known_property_is_accepted(String name, String value) {
        with(fake, name, value).run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void every_property_that_an_editor_knows_is_known_at_the_start() throws Exception {
        metadata().get("properties").forEach(property -> {
            String name = property.get("name").textValue();
            if (name.startsWith("autorecharge.") && !property.has("deprecation")) {
                assertThat(new KnownProperties().contains(ConfigurationPropertyName.of(name)))
                        .as(name)
                        .isTrue();
            }
        });
    }

    @Test
    void an_editor_marks_every_old_name_as_an_error() throws Exception {
        Map<String, String> replaced = new TreeMap<>();
        metadata().get("properties").forEach(property -> {
            if (property.has("deprecation")) {
                assertThat(property.at("/deprecation/level").textValue()).isEqualTo("error");
                replaced.put(
                        property.get("name").textValue(),
                        property.at("/deprecation/replacement").textValue());
            }
        });
        assertThat(replaced).isEqualTo(PropertyNameCheck.RENAMED);
    }

    /** A name in capitals is an environment variable, and so is one after "env ". */
    private static ApplicationContextRunner with(ApplicationContextRunner runner, String name, String value) {
        boolean isVariable = name.startsWith("env ") || name.equals(name.toUpperCase(Locale.ROOT));
        return isVariable
                ? withEnvironment(runner, Map.of(name.replaceFirst("env ", ""), value))
                : runner.withPropertyValues(name + "=" + value);
    }

    private static ApplicationContextRunner withEnvironment(
            ApplicationContextRunner runner, Map<String, Object> variables) {
        return runner.withInitializer(context -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "test-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables)));
    }

    private static JsonNode metadata() throws IOException {
        try (InputStream in =
                AutoRechargeProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    @Test
    void an_editor_knows_and_explains_every_property() throws Exception {
        Map<String, String> described = new TreeMap<>();
        metadata()
                .get("properties")
                .forEach(it -> described.put(
                        it.get("name").textValue(), it.path("description").asText("")));
        assertThat(described)
                .hasSizeGreaterThan(40)
                .containsKeys("autorecharge.stripe.secret-key", "autorecharge.run-once", "autorecharge.limits.zone");
        assertThat(described)
                .allSatisfy((name, text) -> assertThat(text).as(name).isNotBlank());
    }

    /** The default of every property, as its row of docs/configuration.md gives it. Properties of list elements have rows of their own. */
    private static Map<String, String> documented() throws IOException {
        Map<String, String> defaults = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "configuration.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                String name = row.group("name").replace("[n]", "[0]");
                defaults.put(
                        name.startsWith("management.") ? name : "autorecharge." + name,
                        row.group("default").strip());
                assertThat(row.group("text")).as(line).isNotBlank();
            }
        }
        return defaults;
    }

    @Test
    void the_documentation_lists_every_property_with_its_default() throws Exception {
        Map<String, String> documented = documented();
        Set<String> unlisted = new TreeSet<>();
        metadata().get("properties").forEach(property -> {
            String name = property.get("name").textValue();
            String row = documented.get(name);
            if (property.has("deprecation")) {
                assertThat(row).as(name).isNull();
            } else if (property.has("defaultValue")) {
                String values = property.get("defaultValue").asText().replaceAll("[\\[\\]]", "");
                assertThat(row).as(name).isEqualTo("`" + values.replace(", ", "`, `") + "`");
            } else if (row == null
                    && documented.keySet().stream().noneMatch(listed -> listed.startsWith(name + "[0]"))) {
                unlisted.add(name);
            } else if (row != null) {
                assertThat(row).as("%s has no default value", name).doesNotContain("`");
            }
        });
        assertThat(unlisted).isEmpty();
    }

    @Test
    void the_documentation_lists_no_property_that_does_not_exist() throws Exception {
        assertThat(documented().keySet())
                .filteredOn(name -> !name.startsWith("management."))
                .hasSizeGreaterThan(50)
                .allMatch(name -> new KnownProperties().contains(ConfigurationPropertyName.of(name)));
    }

    @Test
    void an_editor_shows_the_default_of_every_duration_with_its_unit() throws Exception {
        metadata().get("properties").forEach(property -> {
            if (property.get("type").textValue().contains("Duration") && !property.has("deprecation")) {
                assertThat(property.path("defaultValue").asText())
                        .as(property.get("name").textValue())
                        .matches("\\[?([0-9]+[smhd](, )?)+]?");
            }
        });
    }

    private static String stackTrace(Throwable failure) {
        java.io.StringWriter out = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(out));
        return out.toString();
    }
}
