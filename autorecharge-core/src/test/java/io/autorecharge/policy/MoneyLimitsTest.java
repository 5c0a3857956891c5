package io.autorecharge.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.Settings;
import io.autorecharge.account.UserRules;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of money of one account: per month, per day, and the user's own. */
class MoneyLimitsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Currency USD = Currency.getInstance("USD");

    private static Money usd(String amount) {
        return Money.of(amount, "USD");
    }

    private static PastRecharge paid(String at, String amount) {
        return new PastRecharge(Instant.parse(at), usd(amount));
    }

    /**
     * The clocks of Berlin go forward on 29 March 2026 at 02:00, so that day begins on the 28th at 23:00 UTC and ends 23 hours later, at
     * 22:00 UTC. They go back on 25 October, so that day begins on the 24th at 22:00 UTC and ends 25 hours later, at 23:00 UTC. March begins at
     * 23:00 UTC on 28 February and ends at 22:00 UTC on 31 March.
     */
    @ParameterizedTest
    @CsvSource({
        "2026-03-28T22:59:59Z, 2026-03-28T23:00:00Z, 2026-03-31T22:00:00Z",
        "2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z, 2026-03-31T22:00:00Z",
        "2026-03-29T21:59:59Z, 2026-03-29T22:00:00Z, 2026-03-31T22:00:00Z",
        "2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z, 2026-10-31T23:00:00Z",
        "2026-10-25T22:59:59Z, 2026-10-25T23:00:00Z, 2026-10-31T23:00:00Z",
        "2026-12-31T23:00:00Z, 2027-01-01T23:00:00Z, 2027-01-31T23:00:00Z",
        "2028-02-29T12:00:00Z, 2028-02-29T23:00:00Z, 2028-02-29T23:00:00Z",
    })
    void days_and_months_begin_at_midnight_of_the_zone_across_changes_of_its_clocks(
            Instant now, Instant dayEnds, Instant monthEnds) {
        Limits limits = Limits.ofDefaults()
                .withZone(BERLIN)
                .withDailySpend(usd("10.00"))
                .withMonthlySpend(usd("10.00"));

        Spending spending = limits.spending(List.of(), now, UserRules.NONE, USD);

        assertThat(spending.day().until()).isEqualTo(dayEnds);
        assertThat(spending.month().until()).isEqualTo(monthEnds);
        assertThat(spending.day().from()).isBeforeOrEqualTo(now);
    }

    /** 30 of 40 dollars are spent this month, and 15 of 20 dollars today. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // 30 + 5 = 35 and 15 + 5 = 20: exactly the day's limit
                "5.00, -, -, -",
                // 15 + 5.01 = 20.01 exceeds the day; 35.01 is within the month
                "5.01, -, DAILY_SPEND_LIMIT, 2026-06-16T00:00:00Z",
                // 30 + 10.01 = 40.01 exceeds both; the month lasts longer
                "10.01, -, SPEND_LIMIT, 2026-07-01T00:00:00Z",
                // the user's own 34.99 is below 30 + 5
                "5.00, 34.99, OWN_SPEND_LIMIT, 2026-07-01T00:00:00Z",
                "5.00, 35.00, -, -",
                // an own limit above the host's changes nothing
                "10.01, 500.00, SPEND_LIMIT, 2026-07-01T00:00:00Z",
                // spent already
                "0.01, 30.00, OWN_SPEND_LIMIT, 2026-07-01T00:00:00Z",
            })
    void a_charge_is_held_by_the_limit_that_it_would_exceed(
            String price, String own, HoldReason reason, Instant until) {
        Limits limits = Limits.ofDefaults().withMonthlySpend(usd("40.00")).withDailySpend(usd("20.00"));
        List<PastRecharge> past = List.of(
                paid("2026-05-31T23:59:59Z", "500.00"),
                paid("2026-06-01T00:00:00Z", "15.00"),
                paid("2026-06-15T00:00:00Z", "15.00"));
        UserRules rules = UserRules.NONE.withMonthlyLimit(own == null ? null : usd(own));

        Decision.Hold hold = limits.spendHold(usd(price), past, Instant.parse("2026-06-15T10:00:00Z"), rules);

        assertThat(hold).isEqualTo(reason == null ? null : new Decision.Hold(reason, until));
    }

    @Test
    void other_currencies_do_not_count_toward_the_hosts_limits_and_are_held_by_the_users_own() {
        Limits limits = Limits.ofDefaults().withMonthlySpend(usd("20.00")).withDailySpend(usd("20.00"));
        Instant now = Instant.parse("2026-06-15T10:00:00Z");
        List<PastRecharge> past = List.of(new PastRecharge(now, Money.of("19.00", "EUR")));

        assertThat(limits.spendHold(usd("20.00"), past, now, UserRules.NONE)).isNull();
        assertThat(limits.spendHold(Money.of("500", "JPY"), past, now, UserRules.NONE))
                .isNull();
        assertThat(limits.spendHold(Money.of("1.00", "EUR"), past, now, new UserRules(usd("20.00"))))
                .extracting(Decision.Hold::reason)
                .isEqualTo(HoldReason.OWN_SPEND_LIMIT);
    }

    /** Levels of a limit of 25 dollars: 80 percent are 20 dollars. */
    @ParameterizedTest
    @CsvSource({"19.99, 0", "20.00, 1", "24.99, 1", "25.00, 2", "26.00, 2"})
    void warns_at_80_and_at_100_percent(String spent, int warnings) {
        List<LimitWarning> found = Limits.ofDefaults()
                .withDailySpend(usd("25.00"))
                .warnings(
                        List.of(paid("2026-06-15T09:00:00Z", spent)),
                        Instant.parse("2026-06-15T10:00:00Z"),
                        UserRules.NONE);

        assertThat(found).hasSize(warnings).allSatisfy(it -> {
            assertThat(it.limit()).isEqualTo(HoldReason.DAILY_SPEND_LIMIT);
            assertThat(it.spent()).isEqualTo(usd(spent));
            assertThat(it.until()).isEqualTo(Instant.parse("2026-06-16T00:00:00Z"));
        });
        assertThat(found)
                .extracting(LimitWarning::percent)
                .isEqualTo(List.of(80, 100).subList(0, warnings));
    }

    @Test
    void a_warning_does_not_overflow_with_the_largest_amounts() {
        Money most = new Money(Long.MAX_VALUE, USD);

        assertThat(Limits.ofDefaults()
                        .withMonthlySpend(most)
                        .warnings(
                                List.of(new PastRecharge(Instant.EPOCH, new Money(Long.MAX_VALUE / 10 * 9, USD))),
                                Instant.EPOCH,
                                UserRules.NONE))
                .extracting(LimitWarning::percent)
                .containsExactly(80);
    }

    @Test
    void the_status_shows_the_lower_one_of_the_two_monthly_limits() {
        Limits limits = Limits.ofDefaults().withMonthlySpend(usd("40.00"));
        Instant now = Instant.parse("2026-06-15T10:00:00Z");
        List<PastRecharge> past = List.of(paid("2026-06-01T00:00:00Z", "9.00"), paid("2026-06-15T01:00:00Z", "5.00"));

        Spending own = limits.spending(past, now, new UserRules(usd("30.00")), USD);
        Spending host = limits.spending(past, now, new UserRules(usd("50.00")), USD);

        assertThat(own.month().limit()).isEqualTo(usd("30.00"));
        assertThat(own.month().spent()).isEqualTo(usd("14.00"));
        assertThat(own.month().recharges()).isEqualTo(2);
        assertThat(own.day().spent()).isEqualTo(usd("5.00"));
        assertThat(own.day().limit()).isNull();
        assertThat(host.month().limit()).isEqualTo(usd("40.00"));
        assertThat(host.ownMonthlyLimit()).isEqualTo(usd("50.00"));
    }

    @Test
    void refuses_a_limit_of_the_users_own_that_could_not_work() {
        RechargePolicy policy = RechargePolicy.builder(
                        PackageCatalog.of(new CreditPackage(50, usd("5.00")), new CreditPackage(100, usd("9.00"))))
                .limits(Limits.ofDefaults().withMonthlySpend(usd("40.00")))
                .build();
        Settings settings = new Settings(true, 100, Credits.of(10));

        assertThat(policy.checked(new UserRules(usd("9.00")), UserRules.NONE, settings))
                .isEqualTo(new UserRules(usd("9.00")));
        refused(policy, "8.99", "USD", settings, "must not be below the price of package 100, USD 9.00");
        refused(policy, "40.01", "USD", settings, "must not be above the maximum per month, USD 40.00");
        refused(policy, "20.00", "EUR", settings, "must be in the packages' currency, USD");
        // What was stored under an older policy stays, and does not keep a user from switching off.
        UserRules old = new UserRules(usd("100.00"));
        assertThat(policy.checked(old, old, settings)).isEqualTo(old);
        UserRules small = new UserRules(usd("1.00"));
        assertThat(policy.checked(small, small, new Settings(false, 100, Credits.of(10))))
                .isEqualTo(small);
        assertThatThrownBy(() -> new UserRules(usd("0.00"))).isInstanceOf(InvalidValueException.class);
    }

    private static void refused(RechargePolicy policy, String own, String currency, Settings settings, String rule) {
        assertThatThrownBy(() -> policy.checked(new UserRules(Money.of(own, currency)), UserRules.NONE, settings))
                .isInstanceOfSatisfying(InvalidValueException.class, e -> {
                    assertThat(e.field()).isEqualTo("monthlyLimit");
                    assertThat(e.rule()).isEqualTo(rule);
                });
    }

    /** Against a plain model: a list of charges, each with the date in the zone, added up. */
    @Test
    void no_sequence_of_charges_exceeds_a_limit_and_none_is_held_without_need() {
        ZoneId[] zones = {
            BERLIN,
            ZoneId.of("UTC"),
            ZoneId.of("Pacific/Apia"),
            ZoneId.of("America/Sao_Paulo"),
            ZoneId.of("Asia/Kolkata")
        };
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            ZoneId zone = zones[random.nextInt(zones.length)];
            Money month = random.nextInt(3) == 0 ? null : new Money(2000 + random.nextInt(8000), USD);
            Money day = random.nextInt(3) == 0 ? null : new Money(1000 + random.nextInt(2000), USD);
            Money own = random.nextInt(3) == 0 ? null : new Money(2000 + random.nextInt(8000), USD);
            Limits limits = Limits.ofDefaults()
                    .withPurchases(1000, Duration.ofHours(1))
                    .withMonthlySpend(month)
                    .withDailySpend(day)
                    .withZone(zone);
            UserRules rules = new UserRules(own);
            List<PastRecharge> all = new ArrayList<>();
            Instant now = Instant.parse("2017-10-01T00:00:00Z").plusSeconds(random.nextInt(300_000_000));
            for (int i = 0; i < 80; i++) {
                now = now.plusSeconds(random.nextInt(40_000));
                Money price = new Money(100 + random.nextInt(900), USD);
                Instant from = limits.countedFrom(now, rules);
                List<PastRecharge> counted =
                        all.stream().filter(it -> !it.openedAt().isBefore(from)).toList();
                boolean allowed = fits(month, all, now, zone, price, true)
                        && fits(own, all, now, zone, price, true)
                        && fits(day, all, now, zone, price, false);

                Decision.Hold hold = limits.spendHold(price, counted, now, rules);

                assertThat(hold == null).as("seed %s, step %s", seed, i).isEqualTo(allowed);
                if (hold == null) {
                    all.add(new PastRecharge(now, price));
                } else {
                    assertThat(hold.until()).isAfter(now);
                }
            }
        }
    }

    private static boolean fits(
            Money limit, List<PastRecharge> all, Instant now, ZoneId zone, Money price, boolean ofMonth) {
        long sum = price.minorUnits();
        ZonedDateTime here = now.atZone(zone);
        for (PastRecharge past : all) {
            ZonedDateTime then = past.openedAt().atZone(zone);
            boolean same = ofMonth
                    ? YearMonth.from(then).equals(YearMonth.from(here))
                    : then.toLocalDate().equals(here.toLocalDate());
            sum += same ? past.price().minorUnits() : 0;
        }
        return limit == null || sum <= limit.minorUnits();
    }
}
