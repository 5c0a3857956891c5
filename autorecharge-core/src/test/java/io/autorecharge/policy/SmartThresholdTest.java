package io.autorecharge.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.Account;
import io.autorecharge.account.AccountState;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Usage;
import io.autorecharge.account.UsageMark;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmartThresholdTest {
    private static final Instant NOW = Instant.parse("2026-11-16T12:00:00Z");
    private static final SmartThreshold SMART = SmartThreshold.ofDefaults();
    private static final PackageCatalog PACKAGES = PackageCatalog.of(
            new CreditPackage(50, Money.of("4.99", "USD")), new CreditPackage(500, Money.of("44.99", "USD")));
    private static final int WORLDS = 300;

    private static UsageMark mark(long hoursAgo, String balance, String credited) {
        return new UsageMark(NOW.minus(Duration.ofHours(hoursAgo)), 1, Credits.of(balance), Credits.of(credited));
    }

    private static UsageMark now(String balance, String credited) {
        return mark(0, balance, credited);
    }

    @Test
    void the_use_of_a_week_and_of_a_day_are_compared_and_the_higher_counts() {
        // 7 days ago 100 credits, since then 250 were bought, now 14: 336 credits in 168 hours, 2 an hour.
        // 24 hours ago 62 and nothing was bought since: 48 credits in 24 hours, 2 an hour.
        List<UsageMark> even = List.of(mark(168, "100", "0"), mark(24, "62", "250"));
        assertThat(SMART.perHour(even, now("14", "250"))).contains(Credits.of(2));
        // 24 hours ago 134: 120 credits in 24 hours, 5 an hour.
        List<UsageMark> rising = List.of(mark(168, "100", "0"), mark(24, "134", "250"));
        assertThat(SMART.perHour(rising, now("14", "250"))).contains(Credits.of(5));
        // 24 hours ago 14: nothing since, so the 2 an hour of the week.
        List<UsageMark> resting = List.of(mark(168, "100", "0"), mark(24, "14", "250"));
        assertThat(SMART.perHour(resting, now("14", "250"))).contains(Credits.of(2));
    }

    @Test
    void the_factor_weighs_the_last_day() {
        // 2 an hour over the week, 1.5 an hour in the last day; doubled that is 3.
        List<UsageMark> marks = List.of(mark(168, "100", "0"), mark(24, "50", "250"));
        assertThat(SMART.perHour(marks, now("14", "250"))).contains(Credits.of(2));
        assertThat(new SmartThreshold(Duration.ofHours(6), BigDecimal.valueOf(2)).perHour(marks, now("14", "250")))
                .contains(Credits.of(3));
    }

    @Test
    void without_a_day_of_history_nothing_is_known() {
        assertThat(SMART.perHour(List.of(), now("14", "0"))).isEmpty();
        assertThat(SMART.perHour(List.of(mark(23, "100", "0")), now("14", "0"))).isEmpty();
        // 86 credits in 24 hours are 3.583333 and a bit an hour; a bit is rounded up.
        assertThat(SMART.perHour(List.of(mark(24, "100", "0")), now("14", "0"))).contains(Credits.of("3.583334"));
    }

    @Test
    void with_less_than_a_week_the_first_mark_stands_for_the_week() {
        // 96 credits in 48 hours are 2 an hour; 24 of them in the last 24 hours are 1 an hour.
        List<UsageMark> marks = List.of(mark(48, "100", "0"), mark(24, "28", "0"));
        assertThat(SMART.perHour(marks, now("4", "0"))).contains(Credits.of(2));
    }

    @Test
    void credits_that_the_host_adds_by_its_own_sql_make_the_figure_negative_and_then_nothing_is_known() {
        // 10 were used, and 50 were added that no ledger entry tells of.
        assertThat(SMART.perHour(List.of(mark(24, "100", "0")), now("140", "0")))
                .isEmpty();
        // The week is negative, the day is not.
        List<UsageMark> marks = List.of(mark(168, "10", "0"), mark(24, "100", "0"));
        assertThat(SMART.perHour(marks, now("90", "0"))).isEmpty();
        // The day is negative, the week is not.
        List<UsageMark> other = List.of(mark(168, "100", "0"), mark(24, "10", "0"));
        assertThat(SMART.perHour(other, now("20", "0"))).isEmpty();
        // What the host takes by its own SQL counts as used: 24 in 24 hours.
        assertThat(SMART.perHour(List.of(mark(24, "100", "0")), now("76", "0"))).contains(Credits.of(1));
    }

    @Test
    void figures_that_do_not_fit_are_cut() {
        UsageMark most = mark(24, "9223372036854.775807", "0");
        assertThat(SMART.perHour(List.of(most), now("-9223372036854.775807", "0")))
                .contains(Credits.of("768614336404.564651"));
        assertThat(SMART.raise(Credits.ofMicros(Long.MAX_VALUE), Credits.ZERO, Credits.of(50)))
                .isEqualTo(Credits.of(50));
    }

    /** With a threshold of 10, a lead time of 6 hours, and one package of 50 at most. */
    @ParameterizedTest(name = "{0} an hour: raised by {1}")
    @CsvSource({
        // 6 x 0 = 0 and 6 x 1 = 6 are below 10, and 6 x 1.666666 just so
        "0, 0",
        "1, 0",
        "1.666666, 0",
        // 6 x 1.7 = 10.2
        "1.7, 0.2",
        // 6 x 1.666667 = 10.000002, in whole hundredths
        "1.666667, 0.01",
        // 6 x 5 = 30
        "5, 20",
        // 6 x 10 = 60 is the most
        "10, 50",
        "10.000001, 50",
        "1000000, 50",
    })
    void the_threshold_is_raised_to_what_is_used_in_the_lead_time(String perHour, String raise) {
        assertThat(SMART.raise(Credits.of(perHour), Credits.of(10), Credits.of(50)))
                .isEqualTo(Credits.of(raise));
    }

    @Test
    void nothing_is_raised_where_nothing_may_be() {
        assertThat(SMART.raise(Credits.of(100), Credits.of(10), Credits.ZERO)).isEqualTo(Credits.ZERO);
        assertThat(SMART.raise(Credits.of(100), Credits.of(10), Credits.of(-5))).isEqualTo(Credits.ZERO);
    }

    @Test
    void values_that_could_not_work_are_refused() {
        assertThatThrownBy(() -> new SmartThreshold(Duration.ZERO, BigDecimal.ONE))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new SmartThreshold(Duration.ofDays(31), BigDecimal.ONE))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new SmartThreshold(Duration.ofHours(6), BigDecimal.ZERO))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new SmartThreshold(Duration.ofHours(6), new BigDecimal("10.01")))
                .isInstanceOf(InvalidValueException.class);
    }

    private static Account account(RechargePolicy policy, String balance, String threshold, @Nullable String perHour) {
        Settings settings = new Settings(true, 50, Credits.of(threshold));
        Usage usage =
                new Usage(perHour == null ? null : Credits.of(perHour), NOW, Credits.of(1), policy.maxRaise(settings));
        return new Account(
                AccountId.of("ann"), Credits.of(balance), settings, "cus_1", null, AccountState.INITIAL.using(usage));
    }

    private static RechargePolicyBuilder smart() {
        return RechargePolicy.builder(PACKAGES).thresholdMode(ThresholdMode.SMART);
    }

    @Test
    void a_policy_uses_the_same_effective_threshold_for_everything() {
        RechargePolicy policy = smart().build();
        Account low = account(policy, "29.999999", "10", "5");
        assertThat(policy.effectiveThreshold(low)).isEqualTo(Credits.of(30));
        assertThat(policy.isLow(low)).isTrue();
        assertThat(policy.isWanted(low, NOW)).isTrue();
        assertThat(policy.chargeNow(low)).contains(Money.of("4.99", "USD"));
        Account enough = account(policy, "30", "10", "5");
        assertThat(policy.isLow(enough)).isFalse();
        assertThat(policy.isWanted(enough, NOW)).isFalse();
        assertThat(policy.chargeNow(enough)).isEmpty();
        // The amount does not adapt: one package closes the gap to the user's 10, although 5 + 50 is low again at 60.
        Account fast = account(policy, "5", "10", "100");
        assertThat(policy.effectiveThreshold(fast)).isEqualTo(Credits.of(60));
        assertThat(policy.chargeNow(fast)).contains(Money.of("4.99", "USD"));
    }

    @Test
    void without_a_figure_and_with_a_fixed_threshold_the_users_own_holds() {
        assertThat(smart().build().effectiveThreshold(account(smart().build(), "20", "10", null)))
                .isEqualTo(Credits.of(10));
        RechargePolicy fixed = RechargePolicy.ofDefaults(PACKAGES);
        assertThat(fixed.smartThreshold()).isEmpty();
        assertThat(fixed.effectiveThreshold(account(fixed, "20", "10", "100"))).isEqualTo(Credits.of(10));
    }

    @Test
    void a_threshold_that_the_user_changes_moves_the_effective_one_at_once() {
        RechargePolicy policy = smart().build();
        // 5 an hour are 30 in 6 hours; 35 is higher, and 0 allows 50 at most.
        assertThat(policy.effectiveThreshold(account(policy, "20", "35", "5"))).isEqualTo(Credits.of(35));
        assertThat(policy.effectiveThreshold(account(policy, "20", "0", "5"))).isEqualTo(Credits.of(30));
        assertThat(policy.effectiveThreshold(account(policy, "20", "0", "9"))).isEqualTo(Credits.of(50));
    }

    @Test
    void with_a_target_a_recharge_never_leaves_the_balance_low() {
        // Half the way from 10 to 40 is 25; the package of 50 would reach beyond the target.
        RechargePolicy policy = smart().sizing(Sizing.target(Credits.of(40))).build();
        assertThat(policy.effectiveThreshold(account(policy, "20", "10", "100")))
                .isEqualTo(Credits.of(25));
    }

    @Test
    void an_unknown_package_raises_nothing() {
        RechargePolicy policy = smart().build();
        assertThat(policy.maxRaise(new Settings(true, 77, Credits.of(10)))).isEqualTo(Credits.ZERO);
        assertThat(policy.maxRaise(new Settings(true, null, Credits.of(10)))).isEqualTo(Credits.ZERO);
    }

    /** Years of marks, some late, some missed for days: what is kept is enough and stays small. */
    @Test
    void a_few_marks_are_kept_and_both_windows_find_one() {
        List<UsageMark> marks = new ArrayList<>();
        Random random = new Random(7);
        Instant at = NOW;
        for (int step = 0; step < 2_000; step++) {
            at = at.plus(Duration.ofMinutes(180 + random.nextInt(30)));
            if (SMART.isMarkDue(marks, at)) {
                List<UsageMark> superfluous = SMART.superfluous(marks, at);
                marks.removeAll(superfluous);
                marks.add(new UsageMark(at, step, Credits.of(step), Credits.ZERO));
            }
            assertThat(marks).hasSizeLessThanOrEqualTo(17);
            if (at.isAfter(NOW.plus(Duration.ofDays(10)))) {
                assertThat(newestAge(marks, at, 24)).as("step %s", step).isBetween(24L, 31L);
                assertThat(newestAge(marks, at, 168)).as("step %s", step).isBetween(168L, 200L);
            }
        }
    }

    private static long newestAge(List<UsageMark> marks, Instant at, int hours) {
        return marks.stream()
                .map(mark -> Duration.between(mark.at(), at).toHours())
                .filter(age -> age >= hours)
                .min(Long::compare)
                .orElse(-1L);
    }

    @Test
    void marks_from_before_a_long_gap_are_not_used() {
        List<UsageMark> old = List.of(mark(24 * 30, "1", "0"), mark(24 * 20, "1", "0"));
        assertThat(SMART.superfluous(old, NOW)).containsExactlyElementsOf(old);
    }

    /** Any use and any settings: a plain model in whole micro-credits and minutes agrees, and the bounds hold. */
    @Test
    void a_plain_model_agrees_in_many_worlds() {
        for (int world = 0; world < WORLDS; world++) {
            Random random = new Random(world);
            long days = random.nextInt(10);
            List<UsageMark> marks = new ArrayList<>();
            long balance = random.nextInt(1_000);
            long credited = 0;
            for (long hour = days * 24; hour > 0; hour -= 6) {
                marks.add(mark(hour, String.valueOf(balance), String.valueOf(credited)));
                long bought = random.nextInt(3) == 0 ? 50 : 0;
                long used = random.nextInt(40);
                long edited = random.nextInt(60) == 0 ? random.nextInt(400) : 0;
                credited += bought;
                balance += bought - used + edited;
            }
            UsageMark now = now(String.valueOf(balance), String.valueOf(credited));
            Optional<Credits> perHour = SMART.perHour(marks, now);
            assertThat(perHour).as("world %s", world).isEqualTo(model(marks, now));
            Credits threshold = Credits.of(random.nextInt(100));
            Credits most = Credits.of(random.nextInt(100));
            if (perHour.isPresent()) {
                Credits raise = SMART.raise(perHour.get(), threshold, most);
                Credits sixHours = perHour.get().times(6).minus(threshold);
                assertThat(raise.isNegative() || most.isLessThan(raise))
                        .as("world %s", world)
                        .isFalse();
                assertThat(raise)
                        .as("world %s", world)
                        .isEqualTo(
                                !sixHours.isPositive()
                                        ? Credits.ZERO
                                        : most.isLessThan(sixHours)
                                                ? most
                                                : min(sixHours.roundedUpTo(Credits.of("0.01")), most));
            }
        }
    }

    private static Credits min(Credits one, Credits other) {
        return one.isLessThan(other) ? one : other;
    }

    private static Optional<Credits> model(List<UsageMark> marks, UsageMark now) {
        UsageMark day = null;
        UsageMark week = null;
        for (UsageMark mark : marks) {
            long hours = Duration.between(mark.at(), now.at()).toHours();
            day = hours >= 24 ? mark : day;
            week = week == null || hours >= 168 ? mark : week;
        }
        if (day == null) {
            return Optional.empty();
        }
        BigDecimal perDay = used(day, now);
        BigDecimal perWeek = used(week, now);
        return perDay.signum() < 0 || perWeek.signum() < 0
                ? Optional.empty()
                : Optional.of(Credits.of(perDay.max(perWeek)));
    }

    private static BigDecimal used(UsageMark from, UsageMark to) {
        BigDecimal spent = to.credited()
                .minus(from.credited())
                .plus(from.balance())
                .minus(to.balance())
                .toBigDecimal();
        long hours = Duration.between(from.at(), to.at()).toHours();
        return spent.divide(BigDecimal.valueOf(hours), 6, RoundingMode.UP);
    }
}
