package io.autorecharge.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The values that a policy consists of: their bounds, and what they compute by themselves. */
class PolicyValuesTest {
    private static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration YEAR = Duration.ofDays(366);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final CreditPackage HUNDRED = new CreditPackage(100, Money.of("9.00", "USD"));

    @Test
    void back_off_takes_1_to_10_declines_with_waits_of_up_to_60_days() {
        Duration longest = Duration.ofDays(60);
        assertThat(new BackOff(List.of(), 1).suspends(1)).isTrue();
        assertThat(new BackOff(Collections.nCopies(9, longest), 10).waitAfter(9))
                .isEqualTo(longest);
        Refusal.check("declines", 0, "must be between 1 and 10", () -> new BackOff(List.of(), 0));
        Refusal.check("declines", 11, "must be between 1 and 10", () -> new BackOff(Collections.nCopies(10, HOUR), 11));
        for (Duration bad : List.of(longest.plusNanos(1), Duration.ZERO, Duration.ofSeconds(-1))) {
            Refusal.check("waits", bad, "must be positive and at most 60 days", () -> new BackOff(List.of(bad), 2));
        }
        Refusal.check(
                "waits", "[]", "must be one fewer than the 3 declines that suspend", () -> new BackOff(List.of(), 3));
    }

    @Test
    void back_off_may_grow_by_1_to_100() {
        assertThat(BackOff.exponential(HOUR, 1, 3).waits()).containsExactly(HOUR, HOUR);
        assertThat(BackOff.exponential(HOUR, 100, 3).waits()).containsExactly(HOUR, Duration.ofHours(100));
        Refusal.check("factor", 0, "must be between 1 and 100", () -> BackOff.exponential(HOUR, 0, 1));
        Refusal.check("factor", 101, "must be between 1 and 100", () -> BackOff.exponential(HOUR, 101, 1));
    }

    @Test
    void back_off_that_would_grow_too_far_is_refused_before_it_is_computed() {
        Refusal.check(
                "declines",
                Integer.MAX_VALUE,
                "must be between 1 and 10",
                () -> BackOff.exponential(HOUR, 1, Integer.MAX_VALUE));
        Refusal.check(
                "waits", "PT10000H", "must be positive and at most 60 days", () -> BackOff.exponential(HOUR, 100, 10));
        Refusal.check(
                "waits",
                Duration.ofSeconds(Long.MAX_VALUE),
                "must be positive and at most 60 days",
                () -> BackOff.exponential(Duration.ofSeconds(Long.MAX_VALUE), 100, 2));
    }

    @Test
    void by_default_the_third_decline_suspends_after_waits_of_6_and_48_hours() {
        BackOff backOff = BackOff.ofDefaults();

        assertThat(List.of(backOff.waitAfter(1), backOff.waitAfter(2)))
                .containsExactly(Duration.ofHours(6), Duration.ofHours(48));
        assertThat(backOff.suspends(2)).isFalse();
        assertThat(backOff.suspends(3)).isTrue();
    }

    @Test
    void limits_take_up_to_366_days() {
        Limits limits = Limits.ofDefaults();

        assertThat(limits.withCooldown(YEAR).cooldown()).isEqualTo(YEAR);
        assertThat(limits.withCooldown(Duration.ZERO).cooldown()).isZero();
        assertThat(limits.withPurchases(1, YEAR).purchases()).isOne();
        assertThat(limits.withPurchases(1, YEAR).window()).isEqualTo(YEAR);
        for (Duration bad : List.of(YEAR.plusNanos(1), HOUR.negated(), Duration.ofSeconds(Long.MAX_VALUE))) {
            Refusal.check("cooldown", bad, "must be between zero and 366 days", () -> limits.withCooldown(bad));
            Refusal.check("window", bad, "must be positive and at most 366 days", () -> limits.withPurchases(1, bad));
        }
        Refusal.check(
                "window",
                "PT0S",
                "must be positive and at most 366 days",
                () -> limits.withPurchases(1, Duration.ZERO));
        Refusal.check("purchases", 0, "must be at least 1", () -> limits.withPurchases(0, HOUR));
        Refusal.check(
                "monthlySpend", "USD 0.00", "must be positive", () -> limits.withMonthlySpend(Money.ofMinor(0, "USD")));
    }

    @Test
    void a_velocity_alarm_takes_1_to_10000_within_up_to_30_days() {
        assertThat(new VelocityAlarm(1, MONTH).within()).isEqualTo(MONTH);
        assertThat(new VelocityAlarm(10_000, HOUR).recharges()).isEqualTo(10_000);
        Refusal.check("recharges", 10_001, "must be between 1 and 10000", () -> new VelocityAlarm(10_001, HOUR));
        for (Duration bad : List.of(MONTH.plusNanos(1), HOUR.negated())) {
            Refusal.check("within", bad, "must be positive and at most 30 days", () -> new VelocityAlarm(1, bad));
        }
    }

    @Test
    void a_breach_begins_with_the_first_start_that_has_too_many_before_it() {
        VelocityAlarm two = new VelocityAlarm(2, HOUR);
        Instant first = NOW.minus(HOUR).plusSeconds(1);
        Instant second = NOW.minusSeconds(5);

        assertThat(two.countedFrom(NOW)).isEqualTo(NOW.minus(Duration.ofHours(2)));
        assertThat(two.begins(List.of())).isFalse();
        assertThat(two.begins(List.of(second, NOW))).isFalse();
        assertThat(two.begins(List.of(NOW, second, first))).isTrue();
        assertThat(two.begins(List.of(NOW, second, first.minusSeconds(1)))).isFalse();
        assertThat(two.begins(List.of(NOW, second, first, first.plusSeconds(1))))
                .isFalse();
    }

    @Test
    void a_bonus_is_from_0_to_1000_percent_with_at_most_6_places() {
        assertThat(Bonus.percent("0").on(HUNDRED, Credits.of(100))).isEqualTo(Credits.ZERO);
        assertThat(Bonus.percent("1000").on(HUNDRED, Credits.of(100))).isEqualTo(Credits.of(1000));
        assertThat(Bonus.percent("0.000001").on(HUNDRED, Credits.of(100))).isEqualTo(Credits.SMALLEST);
        for (String bad : List.of("-1", "1000.01")) {
            Refusal.check("bonusPercent", bad, "must be between 0 and 1000", () -> Bonus.percent(bad));
        }
        Refusal.check(
                "bonusPercent", "1.0000001", "must have at most 6 decimal places", () -> Bonus.percent("1.0000001"));
        Refusal.check("bonusPercent", "1e1", "must be a decimal number", () -> Bonus.percent("1e1"));
        Refusal.check("bonusPercent", "NaN", "must be a decimal number", () -> Bonus.percent("NaN"));
        Refusal.check("bonusPercent", "null", "must be given", () -> Bonus.percent(null));
        Refusal.check("bonusCredits", "-1", "must not be negative", () -> Bonus.fixed(Credits.of(-1)));
    }

    @Test
    void a_tier_of_bonuses_is_a_plain_bonus_of_a_package() {
        assertThat(Bonus.byPackage(Map.of(1, Bonus.fixed(Credits.of(3))))
                        .on(new CreditPackage(1, Money.of("1.00", "USD")), Credits.of(1)))
                .isEqualTo(Credits.of(3));
        Refusal.check("bonusTiers", 0, "must be at least 1", () -> Bonus.byPackage(Map.of(0, Bonus.none())));
        Refusal.check(
                "bonusTiers",
                "Tiers[tiers={}]",
                "must not have tiers within package 100",
                () -> Bonus.byPackage(Map.of(100, Bonus.byPackage(Map.of()))));
    }

    @Test
    void a_package_has_credits_and_a_price() {
        Money price = Money.of("1.00", "USD");
        for (int bad : new int[] {Integer.MIN_VALUE, -1, 0}) {
            Refusal.check("credits", bad, "must be at least 1", () -> new CreditPackage(bad, price));
        }
        Refusal.check("price", "USD 0.00", "must be positive", () -> new CreditPackage(5, Money.ofMinor(0, "USD")));
    }

    @Test
    void a_catalog_has_packages_of_different_sizes_in_one_currency() {
        Refusal.check("packages", "[]", "must have at least one package", PackageCatalog::of);
        Refusal.check("packages", 100, "must have each size once", () -> PackageCatalog.of(HUNDRED, HUNDRED));
        Refusal.check(
                "packages",
                "EUR 9.00",
                "must be in one currency, such as that of USD 9.00",
                () -> PackageCatalog.of(HUNDRED, new CreditPackage(101, Money.of("9.00", "EUR"))));
    }

    @Test
    void a_target_is_positive() {
        Refusal.check("target", "0", "must be positive", () -> Sizing.target(Credits.ZERO));
        Refusal.check("target", "-1", "must be positive", () -> Sizing.target(Credits.of(-1)));
    }

    @Test
    void names_the_argument_that_is_null() {
        Limits limits = Limits.ofDefaults();
        named("cooldown", () -> limits.withCooldown(null));
        named("window", () -> limits.withPurchases(1, null));
        named("zone", () -> limits.withZone(null));
        named("within", () -> new VelocityAlarm(1, null));
        named("price", () -> new CreditPackage(1, null));
        named("bonusCredits", () -> Bonus.fixed(null));
        named("bonusPercent", () -> new Bonus.Percent(null));
        named("target", () -> Sizing.target(null));
        named("threshold", () -> new Settings(true, 100, null));
        named("at", () -> new Consent("terms-1", null));
        named("since", () -> new Suspension(Suspension.Reason.DISPUTED, null, null));
        named("packages", () -> RechargePolicy.builder(null));
        RechargePolicyBuilder builder = RechargePolicy.builder(PackageCatalog.of(HUNDRED));
        named("threshold", () -> builder.threshold(null));
        named("sizing", () -> builder.sizing(null));
        named("bonus", () -> builder.bonus(null));
        named("limits", () -> builder.limits(null));
        named("backOff", () -> builder.backOff(null));
    }

    @Test
    void a_suspension_is_replaced_only_by_one_that_is_harder_to_end() {
        Suspension declines = suspension(Suspension.Reason.REPEATED_DECLINES);
        Suspension dispute = suspension(Suspension.Reason.DISPUTED);

        assertThat(declines.unlessWeakerThan(dispute)).isSameAs(dispute);
        assertThat(dispute.unlessWeakerThan(declines)).isSameAs(dispute);
        assertThat(declines.unlessWeakerThan(null)).isSameAs(declines);
        assertThat(dispute.unlessWeakerThan(suspension(Suspension.Reason.DISPUTED)))
                .isSameAs(dispute);
    }

    @Test
    void saving_the_settings_ends_the_suspensions_that_the_user_may_end_and_another_card_those_that_a_card_caused() {
        assertThat(Suspension.Reason.values())
                .filteredOn(Suspension.Reason::clearedBySettings)
                .containsExactly(
                        Suspension.Reason.REPEATED_DECLINES,
                        Suspension.Reason.REQUEST_REFUSED,
                        Suspension.Reason.AUTHENTICATION_REQUIRED,
                        Suspension.Reason.REFUNDED);
        assertThat(Suspension.Reason.values())
                .filteredOn(Suspension.Reason::blamesMethod)
                .containsExactly(
                        Suspension.Reason.REPEATED_DECLINES,
                        Suspension.Reason.REQUEST_REFUSED,
                        Suspension.Reason.AUTHENTICATION_REQUIRED,
                        Suspension.Reason.METHOD_UNUSABLE,
                        Suspension.Reason.HARD_DECLINE);
    }

    @Test
    void two_methods_are_the_same_card_only_when_both_fingerprints_are_known_and_equal() {
        PaymentMethod known = new PaymentMethod("cus_1", "pm_1", "visa", "4242", "fp");
        PaymentMethod unknown = new PaymentMethod("cus_1", "pm_1", "visa", "4242", null);

        assertThat(known.sameCardAs("fp")).isTrue();
        assertThat(known.sameCardAs("other")).isFalse();
        assertThat(known.sameCardAs(null)).isFalse();
        assertThat(unknown.sameCardAs(null)).isFalse();
    }

    private static Suspension suspension(Suspension.Reason reason) {
        return new Suspension(reason, NOW, null);
    }

    private static void named(String argument, ThrowingCallable what) {
        assertThatNullPointerException().isThrownBy(what).withMessage(argument);
    }
}
