package io.autorecharge.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RechargePolicyTest {
    private static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");
    private static final PaymentMethod CARD = new PaymentMethod("cus_1", "pm_1", "visa", "4242", "fp");
    private static final PackageCatalog PACKAGES =
            PackageCatalog.of(pack(50, "5.00"), pack(100, "9.00"), pack(250, "20.00"), pack(500, "35.00"));

    private static final Money MAXIMUM = Money.of("999999.99", "USD");

    @Test
    void leaves_a_balance_exactly_at_the_threshold_alone() {
        RechargePolicy policy = RechargePolicy.ofDefaults(PACKAGES);

        assertThat(policy.decide(standing("10").build())).isEqualTo(hold(HoldReason.ABOVE_THRESHOLD, null));
        assertThat(policy.decide(standing("9.999999").build())).isInstanceOf(Decision.Recharge.class);
    }

    @Test
    void recharges_at_the_threshold_where_it_is_inclusive() {
        RechargePolicy policy =
                RechargePolicy.builder(PACKAGES).thresholdInclusive(true).build();

        assertThat(policy.decide(standing("10").build())).isInstanceOf(Decision.Recharge.class);
        assertThat(policy.decide(standing("10.000001").build())).isEqualTo(hold(HoldReason.ABOVE_THRESHOLD, null));
    }

    @ParameterizedTest
    @CsvSource({
        // balance, bonus, increments: one charge lands above the threshold of 10
        "9, 20, 1",
        "-90, 0, 2",
        "-89.999999, 0, 1",
        "-90, 20, 1",
        "-110, 20, 2",
        "-109.999999, 20, 1",
        "-429.8, 0, 5",
        "-1000000, 0, 10001"
    })
    void closes_the_gap_in_whole_increments_with_one_charge_that_lands_above(
            String balance, int bonus, long increments) {
        RechargePolicy policy = RechargePolicy.builder(PACKAGES)
                .bonus(Bonus.fixed(Credits.of(bonus)))
                .maxAmount(Money.of("1000000.00", "USD"))
                .build();

        Decision.Recharge decision = recharge(policy.decide(standing(balance).build()));

        assertThat(decision.credits()).isEqualTo(Credits.of(100).times(increments));
        assertThat(decision.price()).isEqualTo(Money.of("9.00", "USD").times(increments));
        assertThat(Credits.of(balance).plus(decision.credits()).plus(decision.bonus()))
                .isGreaterThan(Credits.of(10));
    }

    @Test
    void buys_the_fewest_increments_that_land_above_on_a_grid_of_balances_and_bonuses() {
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            Credits balance = Credits.ofMicros(random.nextLong() % 2_000_000_000L);
            Bonus bonus = random.nextBoolean()
                    ? Bonus.fixed(Credits.of(random.nextInt(200)))
                    : Bonus.percent(String.valueOf(random.nextInt(100)));
            RechargePolicy policy =
                    RechargePolicy.builder(PACKAGES).bonus(bonus).build();
            Decision decision = policy.decide(standing(balance.toString()).build());
            if (decision instanceof Decision.Recharge recharge) {
                String where = "seed " + seed + ", step " + i + ", balance " + balance + ", " + bonus;
                assertThat(balance.plus(recharge.credits()).plus(recharge.bonus()))
                        .as(where)
                        .isGreaterThan(Credits.of(10));
                Credits fewer = recharge.credits().minus(Credits.of(100));
                if (fewer.isPositive()) {
                    assertThat(balance.plus(fewer).plus(bonus.on(pack(100, "9.00"), fewer)))
                            .as(where)
                            .isLessThanOrEqualTo(Credits.of(10));
                }
            }
        }
    }

    @Test
    void buys_up_to_the_target_at_the_rate_of_the_package() {
        RechargePolicy policy = RechargePolicy.builder(PACKAGES)
                .sizing(Sizing.target(Credits.of(60)))
                .build();

        Decision.Recharge decision = recharge(policy.decide(standing("4.5").build()));

        assertThat(decision)
                .isEqualTo(new Decision.Recharge(
                        pack(100, "9.00"), Credits.of("55.5"), Credits.of(20), Money.of("4.99", "USD"), CARD));
    }

    @Test
    void a_target_charge_under_the_providers_minimum_grows_to_it() {
        RechargePolicy policy = RechargePolicy.builder(PACKAGES)
                .sizing(Sizing.target(Credits.of(12)))
                .build()
                .forProvider(Money.of("0.50", "USD"), MAXIMUM);

        Decision.Recharge decision = recharge(policy.decide(standing("9").build()));

        assertThat(decision.price()).isEqualTo(Money.of("0.50", "USD"));
        assertThat(decision.credits()).isEqualTo(Credits.of("5.555556"));
    }

    @Test
    void buys_only_what_the_ledger_can_hold() {
        Credits whole = Credits.of(1);
        RechargePolicy shares = RechargePolicy.builder(PACKAGES)
                .bonus(Bonus.percent("7.5"))
                .build()
                .forLedger(whole);
        RechargePolicy target = RechargePolicy.builder(PACKAGES)
                .sizing(Sizing.target(Credits.of(120)))
                .bonus(Bonus.none())
                .minAmount(Money.of("10.00", "USD"))
                .build()
                .forLedger(whole);

        assertThat(recharge(shares.decide(standing("9").build())).bonus()).isEqualTo(Credits.of(7));
        assertThat(shares.enablingBonus(pack(50, "5.00"))).isEqualTo(Credits.of(3));
        assertThat(recharge(target.decide(standing("-0.5").build())).credits()).isEqualTo(Credits.of(121));
        // Ten dollars buy 111.111111.
        assertThat(recharge(target.decide(standing("9.5").build())).credits()).isEqualTo(Credits.of(112));
    }

    @Test
    void refuses_what_the_ledger_cannot_hold() {
        Credits whole = Credits.of(1);
        RechargePolicy policy = RechargePolicy.ofDefaults(PACKAGES).forLedger(whole);

        String rule = "cannot be held by the ledger, whose smallest amount is 1";
        Refusal.check("threshold", "10.5", rule, () -> policy.checked(new Settings(true, 100, Credits.of("10.5"))));
        Refusal.check(
                "threshold",
                "0.5",
                rule,
                () -> RechargePolicy.builder(PACKAGES)
                        .threshold(Credits.of("0.5"))
                        .build()
                        .forLedger(whole));
        Refusal.check(
                "bonus",
                "2.5",
                rule,
                () -> RechargePolicy.builder(PACKAGES)
                        .bonus(Bonus.byPackage(Map.of(250, Bonus.fixed(Credits.of("2.5")))))
                        .build()
                        .forLedger(whole));
    }

    @Test
    void least_and_greatest_amount_bound_a_single_charge() {
        RechargePolicy policy = RechargePolicy.builder(PACKAGES)
                .minAmount(Money.of("20.00", "USD"))
                .maxAmount(Money.of("40.00", "USD"))
                .build();

        assertThat(recharge(policy.decide(standing("9").build())).price()).isEqualTo(Money.of("27.00", "USD"));
        assertThat(recharge(policy.decide(standing("-5000").build())).price()).isEqualTo(Money.of("36.00", "USD"));
    }

    @Test
    void one_charge_is_at_most_ten_times_the_dearest_package_unless_the_host_says_otherwise() {
        Settings slip = new Settings(true, 100, Credits.of(5_000));

        Decision.Recharge decision = recharge(RechargePolicy.ofDefaults(PACKAGES)
                .decide(standing("9").settings(slip).build()));

        assertThat(decision.price()).isEqualTo(Money.of("342.00", "USD"));
    }

    @Test
    void nothing_is_bought_above_the_target() {
        RechargePolicy policy = RechargePolicy.builder(PACKAGES)
                .sizing(Sizing.target(Credits.of(40)))
                .build()
                .forProvider(Money.of("0.50", "USD"), MAXIMUM);

        assertThat(policy.decide(standing("50")
                        .settings(new Settings(true, 100, Credits.of(100)))
                        .build()))
                .isEqualTo(hold(HoldReason.AMOUNT_OUT_OF_BOUNDS, null));
    }

    @Test
    void bonus_may_be_a_percentage_or_differ_by_package() {
        Bonus tiers = Bonus.byPackage(Map.of(100, Bonus.percent("7.5"), 500, Bonus.fixed(Credits.of(90))));

        assertThat(tiers.on(pack(100, "9.00"), Credits.of(200))).isEqualTo(Credits.of(15));
        assertThat(tiers.on(pack(500, "35.00"), Credits.of(500))).isEqualTo(Credits.of(90));
        assertThat(tiers.on(pack(50, "5.00"), Credits.of(50))).isEqualTo(Credits.ZERO);
        assertThat(Bonus.percent("0.0001").on(pack(50, "5.00"), Credits.of("0.5")))
                .isEqualTo(Credits.ZERO);
        assertThat(Bonus.DEFAULT.on(pack(50, "5.00"), Credits.of(50))).isEqualTo(Credits.of(20));
    }

    @Test
    void holds_for_every_other_reason_with_the_time_where_one_is_known() {
        RechargePolicy policy = RechargePolicy.builder(PACKAGES)
                .limits(Limits.ofDefaults().withMonthlySpend(Money.of("36.00", "USD")))
                .build();
        Instant soon = NOW.plusSeconds(60);

        assertThat(policy.decide(standing("1")
                        .settings(new Settings(false, 100, Credits.of(10)))
                        .build()))
                .isEqualTo(hold(HoldReason.DISABLED, null));
        assertThat(policy.decide(standing("1").openUntil(soon).build()))
                .isEqualTo(hold(HoldReason.RECHARGE_OPEN, soon));
        for (String doubtful : List.of("1", "1000")) {
            assertThat(policy.decide(standing(doubtful)
                            .balanceDoubt(HoldReason.GRANT_PENDING, soon)
                            .build()))
                    .isEqualTo(hold(HoldReason.GRANT_PENDING, soon));
        }
        assertThat(policy.decide(standing("1").consent(null).build())).isEqualTo(hold(HoldReason.NO_CONSENT, null));
        assertThat(policy.decide(standing("1")
                        .settings(new Settings(true, null, Credits.of(10)))
                        .build()))
                .isEqualTo(hold(HoldReason.NO_PACKAGE, null));
        assertThat(policy.decide(standing("1")
                        .settings(new Settings(true, 77, Credits.of(10)))
                        .build()))
                .isEqualTo(hold(HoldReason.PACKAGE_NOT_OFFERED, null));
        assertThat(policy.decide(standing("1").method(null).build()))
                .isEqualTo(hold(HoldReason.NO_PAYMENT_METHOD, null));
        assertThat(policy.decide(standing("1")
                        .suspension(new Suspension(Suspension.Reason.HARD_DECLINE, NOW, "fp"))
                        .build()))
                .isEqualTo(hold(HoldReason.SUSPENDED, null));
        assertThat(policy.decide(standing("1").retryAt(soon).build())).isEqualTo(hold(HoldReason.BACKING_OFF, soon));
        assertThat(policy.decide(standing("1").retryAt(NOW).build())).isInstanceOf(Decision.Recharge.class);
        assertThat(policy.decide(
                        standing("1").lastOpenedAt(NOW.minusSeconds(60)).build()))
                .isEqualTo(hold(HoldReason.COOLDOWN, NOW.plusSeconds(240)));
        assertThat(policy.decide(
                        standing("1").lastOpenedAt(NOW.minusSeconds(300)).build()))
                .isInstanceOf(Decision.Recharge.class);
    }

    @Test
    void the_purchase_limit_is_a_sliding_window_and_reports_when_it_ends() {
        RechargePolicy policy = RechargePolicy.ofDefaults(PACKAGES);
        List<PastRecharge> ten = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ten.add(new PastRecharge(NOW.minus(Duration.ofHours(23)).plusSeconds(i), Money.of("9.00", "USD")));
        }

        assertThat(policy.decide(standing("1").counted(ten).build()))
                .isEqualTo(hold(HoldReason.PURCHASE_LIMIT, NOW.plus(Duration.ofHours(1))));
        assertThat(policy.decide(standing("1").counted(ten.subList(0, 9)).build()))
                .isInstanceOf(Decision.Recharge.class);
        List<PastRecharge> twelve = new ArrayList<>(ten);
        twelve.add(new PastRecharge(NOW.minusSeconds(2), Money.of("9.00", "USD")));
        twelve.add(new PastRecharge(NOW.minusSeconds(1), Money.of("9.00", "USD")));
        assertThat(policy.decide(standing("1").counted(twelve).build()))
                .isEqualTo(hold(
                        HoldReason.PURCHASE_LIMIT, NOW.plus(Duration.ofHours(1)).plusSeconds(2)));
    }

    @Test
    void a_stop_for_everything_holds_what_would_be_charged_and_gives_way_to_every_reason_of_the_account() {
        RechargePolicy policy = RechargePolicy.ofDefaults(PACKAGES);

        assertThat(policy.decide(standing("1").paused().build())).isEqualTo(hold(HoldReason.PAUSED, null));
        assertThat(policy.decide(standing("50").paused().build())).isEqualTo(hold(HoldReason.ABOVE_THRESHOLD, null));
        assertThat(policy.decide(standing("1").consent(null).paused().build()))
                .isEqualTo(hold(HoldReason.NO_CONSENT, null));
        assertThat(policy.decide(
                        standing("1").retryAt(NOW.plusSeconds(1)).paused().build()))
                .isEqualTo(hold(HoldReason.BACKING_OFF, NOW.plusSeconds(1)));
    }

    @Test
    void the_spend_limit_counts_the_calendar_month_of_its_zone_and_includes_the_next_charge() {
        ZoneId zone = ZoneId.of("Pacific/Auckland");
        RechargePolicy policy = RechargePolicy.builder(PACKAGES)
                .limits(Limits.ofDefaults()
                        .withMonthlySpend(Money.of("36.00", "USD"))
                        .withZone(zone))
                .build();
        Instant monthStart = Instant.parse("2026-02-28T11:00:00Z");
        List<PastRecharge> spent = List.of(
                new PastRecharge(monthStart.minusMillis(1), Money.of("500.00", "USD")),
                new PastRecharge(monthStart, Money.of("27.00", "USD")));
        List<PastRecharge> oneCentMore = List.of(new PastRecharge(monthStart, Money.of("27.01", "USD")));

        assertThat(policy.decide(standing("1").counted(spent).build())).isInstanceOf(Decision.Recharge.class);
        assertThat(policy.decide(standing("1").counted(oneCentMore).build()))
                .isEqualTo(hold(HoldReason.SPEND_LIMIT, Instant.parse("2026-03-31T11:00:00Z")));
        assertThat(policy.limits().countedFrom(NOW)).isEqualTo(monthStart);
    }

    @Test
    void refuses_policies_that_could_not_work_and_names_the_field_and_the_value() {
        refused(
                "maxAmount",
                "USD 20.00",
                "must not be below the price of package 500, USD 35.00",
                b -> b.maxAmount(Money.of("20.00", "USD")));
        refused(
                "monthlySpend",
                "USD 34.99",
                "must not be below the price of package 500, USD 35.00",
                b -> b.limits(Limits.ofDefaults().withMonthlySpend(Money.of("34.99", "USD"))));
        refused("threshold", "10", "must be below the target, 10", b -> b.sizing(Sizing.target(Credits.of(10))));
        refused(
                "threshold",
                "10",
                "must be so far below the target, 10.001, that it has a price",
                b -> b.sizing(Sizing.target(Credits.of("10.001"))));
        refused("threshold", "-1", "must not be negative", b -> b.threshold(Credits.of(-1)));
        refused(
                "threshold",
                "5000.000001",
                "must be at most 5000, ten times the largest package",
                b -> b.threshold(Credits.of("5000.000001")));
        refused("minAmount", "USD 0.00", "must be positive", b -> b.minAmount(Money.ofMinor(0, "USD")));
        refused(
                "maxAmount",
                "USD 40.00",
                "must not be below minAmount, USD 40.01",
                b -> b.minAmount(Money.of("40.01", "USD")).maxAmount(Money.of("40.00", "USD")));
        refused(
                "bonus",
                "77",
                "must have tiers only for [50, 100, 250, 500]",
                b -> b.bonus(Bonus.byPackage(Map.of(77, Bonus.none()))));
    }

    @Test
    void refuses_amounts_in_another_currency_than_the_packages() {
        Money euros = Money.of("100.00", "EUR");
        String rule = "must be in the packages' currency, USD";

        refused("minAmount", "EUR 100.00", rule, b -> b.minAmount(euros));
        refused("maxAmount", "EUR 100.00", rule, b -> b.maxAmount(euros));
        refused(
                "monthlySpend",
                "EUR 100.00",
                rule,
                b -> b.limits(Limits.ofDefaults().withMonthlySpend(euros)));
    }

    @Test
    void refuses_amounts_that_cannot_be_counted() {
        Credits most = Credits.ofMicros(Long.MAX_VALUE);
        Money dearest = Money.ofMinor(Long.MAX_VALUE, "USD");
        PackageCatalog dear = PackageCatalog.of(new CreditPackage(1, dearest));

        refused(
                "threshold",
                most.toString(),
                "must be at most 5000, ten times the largest package",
                b -> b.threshold(most));
        Refusal.check(
                "packages",
                dearest,
                "must not cost more than USD 9223372036854775.80 when maxAmount is not set",
                RechargePolicy.builder(dear)::build);
        Refusal.check(
                "target",
                most,
                "must be low enough to have a price",
                RechargePolicy.builder(dear).maxAmount(dearest).sizing(Sizing.target(most))::build);
    }

    @Test
    void refuses_a_package_below_the_providers_minimum() {
        RechargePolicy policy = RechargePolicy.ofDefaults(PackageCatalog.of(pack(5, "0.49")));

        Refusal.check(
                "packages",
                "USD 0.49",
                "must not cost less than the payment provider's minimum, USD 0.50, as package 5 does",
                () -> policy.forProvider(Money.of("0.50", "USD"), MAXIMUM));
    }

    @Test
    void refuses_amounts_that_the_provider_does_not_take() {
        Money least = Money.of("0.50", "USD");
        RechargePolicy dear = RechargePolicy.ofDefaults(PackageCatalog.of(pack(5, "1000000.00")));
        Refusal.check(
                "packages",
                "USD 1000000.00",
                "must not be above the payment provider's maximum, USD 999999.99",
                () -> dear.forProvider(least, MAXIMUM));
        RechargePolicy most = RechargePolicy.builder(PACKAGES)
                .maxAmount(Money.of("1000000.00", "USD"))
                .build();
        Refusal.check(
                "maxAmount",
                "USD 1000000.00",
                "must not be above the payment provider's maximum, USD 999999.99",
                () -> most.forProvider(least, MAXIMUM));
        RechargePolicy large = RechargePolicy.builder(PACKAGES)
                .minAmount(Money.of("1000000.00", "USD"))
                .build();
        Refusal.check(
                "minAmount",
                "USD 1000000.00",
                "must not be above the payment provider's maximum, USD 999999.99",
                () -> large.forProvider(least, MAXIMUM));
    }

    @Test
    void a_charge_is_never_above_the_providers_maximum_when_no_maximum_is_configured() {
        RechargePolicy policy = RechargePolicy.ofDefaults(PackageCatalog.of(pack(100, "400000.00")))
                .forProvider(Money.of("0.50", "USD"), MAXIMUM);

        assertThat(policy.greatestCharge(new Settings(true, 100, Credits.of(10)), Credits.of(-1000)))
                .isEqualTo(Money.of("800000.00", "USD"));
    }

    @Test
    void a_builder_can_be_used_again() {
        RechargePolicyBuilder builder = RechargePolicy.builder(PackageCatalog.of(pack(100, "400000.00")));
        builder.build();

        RechargePolicy second = builder.build().forProvider(Money.of("0.50", "USD"), MAXIMUM);

        assertThat(second.greatestCharge(new Settings(true, 100, Credits.of(10)), Credits.of(-1000)))
                .isEqualTo(Money.of("800000.00", "USD"));
    }

    @Test
    void a_balance_of_any_size_ends_in_a_decision() {
        RechargePolicy fixed = RechargePolicy.ofDefaults(PACKAGES);
        RechargePolicy target = RechargePolicy.builder(PACKAGES)
                .sizing(Sizing.target(Credits.of(60)))
                .build();
        RechargePolicy percent = RechargePolicy.builder(PACKAGES)
                .bonus(Bonus.percent("1000"))
                .maxAmount(Money.ofMinor(Long.MAX_VALUE, "USD"))
                .build();
        for (RechargePolicy policy : List.of(fixed, target, percent)) {
            assertThat(policy.decide(standing("-9223372036854.775807").build()))
                    .isEqualTo(hold(HoldReason.AMOUNT_OUT_OF_BOUNDS, null));
            assertThat(policy.decide(standing("9223372036854.775807").build()))
                    .isEqualTo(hold(HoldReason.ABOVE_THRESHOLD, null));
        }
    }

    @Test
    void refuses_settings_that_could_not_work() {
        RechargePolicy policy = RechargePolicy.builder(PACKAGES)
                .sizing(Sizing.target(Credits.of(60)))
                .build();

        for (int size : new int[] {77, 0, -50, Integer.MAX_VALUE}) {
            Refusal.check(
                    "credits",
                    size,
                    "must be one of [50, 100, 250, 500]",
                    () -> policy.checked(new Settings(true, size, Credits.of(10))));
        }
        Refusal.check(
                "credits",
                "null",
                "must be one of [50, 100, 250, 500]",
                () -> policy.checked(new Settings(true, null, Credits.of(10))));
        Refusal.check(
                "threshold",
                "60",
                "must be below the target, 60",
                () -> policy.checked(new Settings(true, 100, Credits.of(60))));
        assertThat(policy.checked(new Settings(false, null, Credits.ZERO)).enabled())
                .isFalse();
    }

    @Test
    void back_off_grows_exponentially_on_request() {
        BackOff backOff = BackOff.exponential(Duration.ofHours(1), 4, 4);

        assertThat(backOff.waits()).containsExactly(Duration.ofHours(1), Duration.ofHours(4), Duration.ofHours(16));
        assertThat(backOff.suspends(3)).isFalse();
        assertThat(backOff.suspends(4)).isTrue();
    }

    @Test
    void an_amount_that_the_host_set_above_the_providers_minimum_stays() {
        RechargePolicy policy = RechargePolicy.builder(PACKAGES)
                .sizing(Sizing.target(Credits.of(12)))
                .minAmount(Money.of("1.00", "USD"))
                .build();

        for (String minimum : List.of("0.50", "1.00")) {
            assertThat(recharge(policy.forProvider(Money.of(minimum, "USD"), MAXIMUM)
                                    .decide(standing("9").build()))
                            .price())
                    .isEqualTo(Money.of("1.00", "USD"));
        }
        assertThat(recharge(policy.forProvider(Money.of("1.50", "USD"), MAXIMUM)
                                .decide(standing("9").build()))
                        .price())
                .isEqualTo(Money.of("1.50", "USD"));
    }

    @Test
    void refuses_a_package_that_the_ledger_cannot_hold() {
        Refusal.check(
                "packages",
                "50",
                "cannot be held by the ledger, whose smallest amount is 20",
                () -> RechargePolicy.builder(PACKAGES)
                        .threshold(Credits.of(20))
                        .build()
                        .forLedger(Credits.of(20)));
    }

    @Test
    void a_recharge_counts_no_more_when_the_window_has_passed() {
        RechargePolicy policy = RechargePolicy.builder(PACKAGES)
                .limits(Limits.ofDefaults().withPurchases(1, Duration.ofHours(24)))
                .build();
        Instant ago = NOW.minus(Duration.ofHours(24));
        Money price = Money.of("9.00", "USD");

        assertThat(policy.decide(standing("1")
                        .counted(List.of(new PastRecharge(ago, price)))
                        .build()))
                .isInstanceOf(Decision.Recharge.class);
        assertThat(policy.decide(standing("1")
                        .counted(List.of(new PastRecharge(ago.plusNanos(1), price)))
                        .build()))
                .isEqualTo(hold(HoldReason.PURCHASE_LIMIT, NOW.plusNanos(1)));
    }

    @Test
    void money_of_another_currency_is_not_counted_against_the_spend_limit() {
        RechargePolicy policy = RechargePolicy.builder(PACKAGES)
                .limits(Limits.ofDefaults().withMonthlySpend(Money.of("36.00", "USD")))
                .build();
        List<PastRecharge> before = List.of(new PastRecharge(NOW.minus(Duration.ofDays(2)), Money.of("36.00", "EUR")));

        assertThat(policy.decide(standing("1").counted(before).build())).isInstanceOf(Decision.Recharge.class);
    }

    @Test
    void returns_what_it_was_built_of() {
        BackOff once = new BackOff(List.of(), 1);
        VelocityAlarm alarm = new VelocityAlarm(2, Duration.ofHours(3));
        RechargePolicy policy = RechargePolicy.builder(PACKAGES)
                .threshold(Credits.of(25))
                .thresholdInclusive(true)
                .backOff(once)
                .velocityAlarm(alarm)
                .build();
        RechargePolicy defaults = RechargePolicy.ofDefaults(PACKAGES);

        assertThat(policy.packages()).isSameAs(PACKAGES);
        assertThat(policy.threshold()).isEqualTo(Credits.of(25));
        assertThat(policy.thresholdInclusive()).isTrue();
        assertThat(policy.backOff()).isEqualTo(once);
        assertThat(policy.velocityAlarm()).isEqualTo(alarm);
        assertThat(policy.forLedger(Credits.of(1)).smallest()).isEqualTo(Credits.of(1));
        assertThat(defaults.smallest()).isEqualTo(Credits.SMALLEST);
        assertThat(defaults.thresholdInclusive()).isFalse();
        assertThat(defaults.backOff()).isEqualTo(BackOff.ofDefaults());
        assertThat(defaults.velocityAlarm()).isEqualTo(VelocityAlarm.ofDefaults());
    }

    private static void refused(String field, String value, String rule, UnaryOperator<RechargePolicyBuilder> change) {
        Refusal.check(
                field,
                value,
                rule,
                () -> change.apply(RechargePolicy.builder(PACKAGES)).build());
    }

    @ParameterizedTest
    @CsvSource({
        // balance, agreed maximum, source, recharged since, charged (empty: held)
        "125, 30.00, SETTINGS, true, 30.00",
        "125, 29.99, SETTINGS, true, ",
        "125, 29.99, SETTINGS, false, 25.00",
        "125, 5.00, SETTINGS, false, 5.00",
        "125, 5.00, SETTINGS, true, ",
        "125, 5.00, CHECKOUT, false, ",
        "125, 5.00, , false, ",
        "125, 4.99, SETTINGS, false, ",
        "390, 5.00, SETTINGS, true, 5.00",
        "390, 5.00, CHECKOUT, true, 5.00",
        "390, 4.99, SETTINGS, true, ",
        "-1060, 145.00, SETTINGS, true, ",
        "-1060, 145.00, SETTINGS, false, 145.00"
    })
    void no_charge_exceeds_what_the_user_agreed_to(
            String balance,
            String agreed,
            Consent.@Nullable Source source,
            boolean recharged,
            @Nullable String charged) {
        RechargePolicy policy = RechargePolicy.builder(PackageCatalog.of(pack(50, "5.00")))
                .bonus(Bonus.none())
                .maxAmount(Money.of("1000.00", "USD"))
                .build();
        Given given = standing(balance)
                .settings(new Settings(true, 50, Credits.of(400)))
                .consent(new Consent("v1", NOW.minusSeconds(3600), Money.of(agreed, "USD"), source));
        Decision decision = policy.decide(
                (recharged ? given.lastOpenedAt(NOW.minusSeconds(1800)) : given.lastOpenedAt(NOW.minusSeconds(7200)))
                        .build());

        if (charged == null) {
            assertThat(decision).isEqualTo(hold(HoldReason.AMOUNT_NOT_AGREED, null));
        } else {
            assertThat(recharge(decision).price()).isEqualTo(Money.of(charged, "USD"));
        }
    }

    @Test
    void an_agreement_in_another_currency_covers_nothing() {
        Decision decision = RechargePolicy.ofDefaults(PACKAGES)
                .decide(standing("1")
                        .consent(new Consent("v1", NOW, Money.of("900.00", "EUR"), Consent.Source.SETTINGS))
                        .build());

        assertThat(decision).isEqualTo(hold(HoldReason.AMOUNT_NOT_AGREED, null));
    }

    @Test
    void a_reduced_charge_is_not_below_the_hosts_minimum() {
        RechargePolicy policy = RechargePolicy.builder(PackageCatalog.of(pack(50, "5.00")))
                .bonus(Bonus.none())
                .minAmount(Money.of("10.00", "USD"))
                .build();
        Given given = standing("1").settings(new Settings(true, 50, Credits.of(10)));

        assertThat(policy.decide(given.consent(new Consent("v1", NOW, Money.of("9.99", "USD"), Consent.Source.SETTINGS))
                        .build()))
                .isEqualTo(hold(HoldReason.AMOUNT_NOT_AGREED, null));
        assertThat(recharge(policy.decide(
                                given.consent(new Consent("v1", NOW, Money.of("10.00", "USD"), Consent.Source.SETTINGS))
                                        .build()))
                        .price())
                .isEqualTo(Money.of("10.00", "USD"));
    }

    @ParameterizedTest
    @CsvSource({"0, 45.00", "300, 45.00", "-50, 50.00"})
    void the_greatest_charge_closes_the_gap_from_zero_or_from_the_overdraft(String balance, String most) {
        RechargePolicy policy = RechargePolicy.builder(PackageCatalog.of(pack(50, "5.00")))
                .bonus(Bonus.none())
                .build();

        assertThat(policy.greatestCharge(new Settings(true, 50, Credits.of(400)), Credits.of(balance)))
                .isEqualTo(Money.of(most, "USD"));
    }

    private static CreditPackage pack(int credits, String usd) {
        return new CreditPackage(credits, Money.of(usd, "USD"));
    }

    private static Decision.Recharge recharge(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Recharge.class);
        return (Decision.Recharge) decision;
    }

    private static Decision hold(HoldReason reason, @Nullable Instant until) {
        return new Decision.Hold(reason, until);
    }

    private static Given standing(String balance) {
        return new Given(balance);
    }

    /** A standing that calls for a recharge, but for what a test changes. */
    private static final class Given {
        private final Credits balance;
        private Decision.@Nullable Hold balanceDoubt;
        private Settings settings = new Settings(true, 100, Credits.of(10));
        private @Nullable Consent consent =
                new Consent("v1", NOW, Money.of("1000000.00", "USD"), Consent.Source.SETTINGS);
        private @Nullable PaymentMethod method = CARD;
        private @Nullable Suspension suspension;
        private @Nullable Instant openUntil;
        private @Nullable Instant retryAt;
        private @Nullable Instant lastOpenedAt;
        private boolean paused;
        private List<PastRecharge> counted = List.of();

        Given(String balance) {
            this.balance = Credits.of(balance);
        }

        Given settings(Settings value) {
            settings = value;
            return this;
        }

        Given consent(@Nullable Consent value) {
            consent = value;
            return this;
        }

        Given method(@Nullable PaymentMethod value) {
            method = value;
            return this;
        }

        Given suspension(Suspension value) {
            suspension = value;
            return this;
        }

        Given balanceDoubt(HoldReason why, Instant until) {
            balanceDoubt = new Decision.Hold(why, until);
            return this;
        }

        Given openUntil(Instant value) {
            openUntil = value;
            return this;
        }

        Given retryAt(Instant value) {
            retryAt = value;
            return this;
        }

        Given lastOpenedAt(Instant value) {
            lastOpenedAt = value;
            return this;
        }

        Given paused() {
            paused = true;
            return this;
        }

        Given counted(List<PastRecharge> value) {
            counted = value;
            return this;
        }

        Standing build() {
            return new Standing(
                    AccountId.of("alice"),
                    NOW,
                    balance,
                    balanceDoubt,
                    settings,
                    consent,
                    method,
                    suspension,
                    openUntil,
                    retryAt,
                    lastOpenedAt,
                    paused,
                    counted);
        }
    }
}
