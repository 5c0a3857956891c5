package io.autorecharge.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The values that a policy is made of: the least and the greatest that they take, and what they say by themselves. */
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
        refused("from 1 to 10: 0", () -> new BackOff(List.of(), 0));
        refused("from 1 to 10: 11", () -> new BackOff(Collections.nCopies(10, HOUR), 11));
        refused("at most 60 days: PT1440H0.000000001S", () -> new BackOff(List.of(longest.plusNanos(1)), 2));
        refused("more than zero and at most 60 days: PT0S", () -> new BackOff(List.of(Duration.ZERO), 2));
        refused("more than zero and at most 60 days: PT-1S", () -> new BackOff(List.of(Duration.ofSeconds(-1)), 2));
    }

    @Test
    void back_off_may_grow_by_1_to_100() {
        assertThat(BackOff.exponential(HOUR, 1, 3).waits()).containsExactly(HOUR, HOUR);
        assertThat(BackOff.exponential(HOUR, 100, 3).waits()).containsExactly(HOUR, Duration.ofHours(100));
        refused("factor must be from 1 to 100: 0", () -> BackOff.exponential(HOUR, 0, 1));
        refused("factor must be from 1 to 100: 101", () -> BackOff.exponential(HOUR, 101, 1));
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
        refused("cooldown must be from zero to 366 days", () -> limits.withCooldown(YEAR.plusNanos(1)));
        refused("purchase window must be more than zero", () -> limits.withPurchases(1, YEAR.plusNanos(1)));
        refused("purchase window must be more than zero", () -> limits.withPurchases(1, Duration.ZERO));
        refused("purchase window must be more than zero", () -> limits.withPurchases(1, HOUR.negated()));
        refused(
                "monthly spend limit must be more than zero: USD 0.00",
                () -> limits.withMonthlySpend(Money.ofMinor(0, "USD")));
    }

    @Test
    void a_velocity_alarm_takes_1_to_10000_within_up_to_30_days() {
        assertThat(new VelocityAlarm(1, MONTH).within()).isEqualTo(MONTH);
        assertThat(new VelocityAlarm(10_000, HOUR).recharges()).isEqualTo(10_000);
        refused("from 1 to 10000: 10001", () -> new VelocityAlarm(10_001, HOUR));
        refused("at most 30 days", () -> new VelocityAlarm(1, MONTH.plusNanos(1)));
        refused("more than zero", () -> new VelocityAlarm(1, HOUR.negated()));
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
        refused("from 0 to 1000: 1000.01", () -> Bonus.percent("1000.01"));
        refused("from 0 to 1000: 1.0000001", () -> Bonus.percent("1.0000001"));
    }

    @Test
    void a_tier_of_bonuses_is_a_plain_bonus_of_a_package() {
        assertThat(Bonus.byPackage(Map.of(1, Bonus.fixed(Credits.of(3))))
                        .on(new CreditPackage(1, Money.of("1.00", "USD")), Credits.of(1)))
                .isEqualTo(Credits.of(3));
        refused("tier of package 0", () -> Bonus.byPackage(Map.of(0, Bonus.none())));
        refused("is not a plain bonus", () -> Bonus.byPackage(Map.of(100, Bonus.byPackage(Map.of()))));
    }

    @Test
    void a_stop_gives_way_to_one_that_is_harder_to_end_only() {
        Suspension declines = stop(Suspension.Reason.REPEATED_DECLINES);
        Suspension dispute = stop(Suspension.Reason.DISPUTED);

        assertThat(declines.unlessWeakerThan(dispute)).isSameAs(dispute);
        assertThat(dispute.unlessWeakerThan(declines)).isSameAs(dispute);
        assertThat(declines.unlessWeakerThan(null)).isSameAs(declines);
        assertThat(dispute.unlessWeakerThan(stop(Suspension.Reason.DISPUTED))).isSameAs(dispute);
    }

    @Test
    void the_settings_end_the_stops_that_the_user_may_end_and_another_card_those_that_a_card_caused() {
        assertThat(Suspension.Reason.values())
                .filteredOn(Suspension.Reason::clearedBySettings)
                .containsExactly(
                        Suspension.Reason.REPEATED_DECLINES,
                        Suspension.Reason.AUTHENTICATION_REQUIRED,
                        Suspension.Reason.REFUNDED);
        assertThat(Suspension.Reason.values())
                .filteredOn(Suspension.Reason::blamesMethod)
                .containsExactly(
                        Suspension.Reason.REPEATED_DECLINES,
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

    private static Suspension stop(Suspension.Reason reason) {
        return new Suspension(reason, NOW, null);
    }

    private static void refused(String message, ThrowingCallable what) {
        assertThatIllegalArgumentException().isThrownBy(what).withMessageContaining(message);
    }
}
