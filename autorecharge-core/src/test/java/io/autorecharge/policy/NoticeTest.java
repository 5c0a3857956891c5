package io.autorecharge.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.autorecharge.account.Announcement;
import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.account.UserRules;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must be announced before a charge, and from when on it may be made. */
class NoticeTest {
    private static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration TOLERANCE = Duration.ofMinutes(10);
    private static final PackageCatalog PACKAGES = PackageCatalog.of(
            new CreditPackage(50, Money.of("5.00", "USD")), new CreditPackage(100, Money.of("9.00", "USD")));

    private final RechargePolicy policy =
            RechargePolicy.builder(PACKAGES).noticeBefore(DAY).build().forClocks(TOLERANCE);

    /** Announced were at most 9.00, for 100 credits at 9.00 (9 cents each), to card fp_1 or fp_2. */
    @ParameterizedTest
    @CsvSource({
        // package, its price, charged, card: what was not announced
        "100, 9.00, 9.00, fp_1, ",
        "100, 9.00, 9.00, fp_2, ",
        "100, 9.00, 0.01, fp_1, ",
        "100, 9.00, 9.01, fp_1, HIGHER_AMOUNT",
        "100, 9.01, 9.00, fp_1, HIGHER_PRICE",
        "100, 8.99, 8.99, fp_1, ",
        // 10 cents each, and 8 cents each
        "50, 5.00, 5.00, fp_1, HIGHER_PRICE",
        "250, 20.00, 9.00, fp_1, ",
        "250, 20.00, 20.00, fp_1, HIGHER_AMOUNT",
        // 9 cents each, exactly
        "50, 4.50, 4.50, fp_2, ",
        "100, 9.00, 9.00, fp_3, OTHER_METHOD",
        "100, 9.00, 9.00, pm_1, OTHER_METHOD",
    })
    void tells_what_was_not_announced(
            int credits, String price, String charged, String card, Announcement.@Nullable Gap gap) {
        assertThat(announced(NOW).gap(usd(charged), credits, usd(price), card)).isEqualTo(gap);
    }

    @Test
    void another_currency_is_another_amount() {
        assertThat(announced(NOW).gap(Money.of("0.01", "EUR"), 100, usd("9.00"), "fp_1"))
                .isEqualTo(Announcement.Gap.HIGHER_AMOUNT);
        assertThat(announced(NOW).gap(usd("9.00"), 100, Money.of("0.01", "EUR"), "fp_1"))
                .isEqualTo(Announcement.Gap.HIGHER_PRICE);
    }

    @ParameterizedTest
    @CsvSource({
        // minutes since the announced time: whether the charge may be made, with clocks that differ by 20 minutes
        "-1440, false",
        "-1, false",
        "0, false",
        "19, false",
        "20, true",
        "21, true",
        "100000, true",
    })
    void a_charge_waits_until_the_announced_time_is_over_by_every_clock(int minutes, boolean charged) {
        Instant notBefore = NOW.minus(Duration.ofMinutes(minutes));

        Decision decision = policy.decide(standing("1", announced(notBefore), CARD));

        assertThat(decision instanceof Decision.Recharge).isEqualTo(charged);
        if (!charged) {
            assertThat(decision).isEqualTo(hold(notBefore.plus(TOLERANCE.multipliedBy(2))));
        }
    }

    @Test
    void what_was_not_announced_waits_the_whole_time_and_never_less_than_was_announced_before() {
        assertThat(policy.decide(standing("1", null, CARD)))
                .isEqualTo(hold(NOW.plus(DAY).plusSeconds(1200)));
        Standing other = standing("1", announced(NOW.plus(Duration.ofDays(3))), OTHER);
        assertThat(policy.decide(other))
                .isEqualTo(hold(NOW.plus(Duration.ofDays(3)).plusSeconds(1200)));
        assertThat(toAnnounce(other).orElseThrow().notBefore()).isEqualTo(NOW.plus(Duration.ofDays(3)));
        assertThat(toAnnounce(standing("1", announced(NOW), OTHER))
                        .orElseThrow()
                        .notBefore())
                .isEqualTo(NOW.plus(DAY));
    }

    @Test
    void every_other_reason_to_hold_comes_first() {
        assertThat(policy.decide(standing("10", null, CARD)))
                .isEqualTo(new Decision.Hold(HoldReason.ABOVE_THRESHOLD, null));
        RechargePolicy limited = RechargePolicy.builder(PACKAGES)
                .noticeBefore(DAY)
                .limits(new Limits(Duration.ofMinutes(5), 10, DAY, usd("9.00"), java.time.ZoneOffset.UTC))
                .build();
        Standing spent = standing("1", null, CARD, List.of(new PastRecharge(NOW.minusSeconds(900), usd("1.00"))));
        assertThat(((Decision.Hold) limited.decide(spent)).reason()).isEqualTo(HoldReason.SPEND_LIMIT);
    }

    @Test
    void refuses_a_notice_that_is_not_positive_or_too_long() {
        for (Duration wrong : List.of(
                Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(30).plusNanos(1))) {
            assertThatExceptionOfType(InvalidValueException.class)
                    .isThrownBy(() -> RechargePolicy.builder(PACKAGES).noticeBefore(wrong))
                    .satisfies(it -> assertThat(it.field()).isEqualTo("noticeBefore"));
        }
        assertThat(RechargePolicy.builder(PACKAGES).noticeBefore(null).build().noticeBefore())
                .isNull();
    }

    /**
     * An account over a year of random minutes: balances between -300 and 300, two cards, an agreement that is raised now and then. The
     * model keeps every notice that was sent and asks for each charge: did one of them cover it, and was its time over by the slowest clock?
     */
    @Test
    void no_charge_is_made_that_no_notice_covers() {
        long seed = new SplittableRandom().nextInt(Integer.MAX_VALUE);
        SplittableRandom random = new SplittableRandom(seed);
        int charges = 0;
        int notices = 0;
        for (int account = 0; account < 60; account++) {
            RechargePolicy some = RechargePolicy.builder(PACKAGES)
                    .noticeBefore(Duration.ofMinutes(random.nextInt(1, 3000)))
                    .sizing(random.nextBoolean() ? Sizing.fixed() : Sizing.target(Credits.of(150)))
                    .build()
                    .forClocks(TOLERANCE);
            Instant now = NOW;
            Announcement stored = null;
            Money agreed = usd("9.00");
            for (int step = 0; step < 200; step++) {
                now = now.plus(Duration.ofMinutes(random.nextInt(1, 500)));
                agreed = random.nextInt(30) == 0 ? agreed.times(2) : agreed;
                PaymentMethod card = random.nextInt(6) == 0 ? OTHER : CARD;
                // The node that decides may be fast or slow.
                Instant clock = now.plusSeconds(random.nextInt(-600, 601));
                Standing standing = new Standing(
                        AccountId.of("ann"),
                        clock,
                        Credits.of(random.nextInt(-300, random.nextInt(5) == 0 ? 300 : 10)),
                        null,
                        new Settings(true, random.nextInt(9) == 0 ? 50 : 100, Credits.of(10)),
                        new Consent("v1", NOW, agreed, Consent.Source.SETTINGS),
                        card,
                        null,
                        null,
                        null,
                        null,
                        false,
                        List.of(),
                        null,
                        UserRules.NONE,
                        stored,
                        false);
                Decision decision = some.decide(standing);
                if (decision instanceof Decision.Recharge charge) {
                    charges++;
                    Instant slowest = now.minus(TOLERANCE);
                    assertThat(stored).as("seed %s", seed).isNotNull();
                    assertThat(stored.notBefore()).as("seed %s", seed).isBeforeOrEqualTo(slowest);
                    assertThat(stored.max().minorUnits())
                            .as("seed %s", seed)
                            .isGreaterThanOrEqualTo(charge.price().minorUnits());
                    assertThat(stored.cards())
                            .as("seed %s", seed)
                            .contains(charge.method().card());
                    stored = null;
                } else if (((Decision.Hold) decision).reason() == HoldReason.ANNOUNCED) {
                    Optional<Announcement> next = some.toAnnounce(
                            standing, (Decision.Recharge) some.withoutNotice(standing), List.of(card.card()));
                    if (next.isPresent()) {
                        notices++;
                        assertThat(next.get().notBefore())
                                .as("seed %s", seed)
                                .isAfterOrEqualTo(clock.plus(some.noticeBefore()));
                        assertThat(agreed.isLessThan(next.get().max()))
                                .as("seed %s", seed)
                                .isFalse();
                        stored = next.get();
                    }
                }
            }
        }
        assertThat(charges).isGreaterThan(100);
        assertThat(notices).isGreaterThan(charges);
    }

    private static final PaymentMethod CARD = new PaymentMethod("cus_1", "pm_1", "visa", "4242", "fp_1");
    private static final PaymentMethod OTHER = new PaymentMethod("cus_1", "pm_3", "visa", "1881", "fp_3");

    private Optional<Announcement> toAnnounce(Standing standing) {
        return policy.toAnnounce(standing, (Decision.Recharge) policy.withoutNotice(standing), List.of("fp_3"));
    }

    private static Announcement announced(Instant notBefore) {
        return new Announcement(
                NOW.minus(Duration.ofDays(2)), notBefore, usd("9.00"), 100, usd("9.00"), List.of("fp_1", "fp_2"));
    }

    private static Standing standing(String balance, @Nullable Announcement announced, PaymentMethod card) {
        return standing(balance, announced, card, List.of());
    }

    private static Standing standing(
            String balance, @Nullable Announcement announced, PaymentMethod card, List<PastRecharge> counted) {
        return new Standing(
                AccountId.of("ann"),
                NOW,
                Credits.of(balance),
                null,
                new Settings(true, 100, Credits.of(10)),
                new Consent("v1", NOW, usd("9.00"), Consent.Source.SETTINGS),
                card,
                null,
                null,
                null,
                null,
                false,
                counted,
                null,
                UserRules.NONE,
                announced,
                false);
    }

    private static Decision hold(Instant until) {
        return new Decision.Hold(HoldReason.ANNOUNCED, until);
    }

    private static Money usd(String amount) {
        return Money.of(amount, "USD");
    }
}
