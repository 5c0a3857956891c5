package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.Agreement;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.account.UserRules;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.Limits;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.Status;
import io.autorecharge.testkit.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A user's own monthly limit, the host's daily limit, and what the status and the events tell about them. */
class OwnLimitTest {
    private static final Settings SETTINGS = new Settings(true, 100, Credits.of(10));

    private final Rig rig = new Rig(
            b -> b.limits(Limits.ofDefaults().withCooldown(Duration.ZERO).withPurchases(1000, Duration.ofDays(1))));

    private static Money usd(String amount) {
        return Money.of(amount, "USD");
    }

    private void own(String most) {
        rig.library.save(
                ALICE, SETTINGS, Agreement.none(), rules -> rules.withMonthlyLimit(most == null ? null : usd(most)));
    }

    /** Leaves one credit. */
    private static void useAllButOne(Rig rig, String reference) {
        Credits rest = rig.balance().minus(Credits.of(1));
        if (rest.isPositive()) {
            rig.debit(rest.toString(), reference);
        }
    }

    private CheckResult useAndCheck(String reference) {
        rig.debit("119", reference);
        return rig.check();
    }

    private List<AutoRechargeEvent> events(EventType type) {
        return rig.events.stream().filter(it -> it.type() == type).toList();
    }

    @Test
    void recharges_stay_within_the_users_own_limit_until_the_month_ends_or_it_is_raised() {
        rig.enabled(ALICE, "1");
        own("20.00");
        rig.check();
        useAndCheck("use-1");

        CheckResult third = useAndCheck("use-2");

        // Two recharges are 18 dollars; a third would make it 27.
        assertThat(rig.gateway.captures()).hasSize(2);
        Instant monthEnds = rig.library.status(ALICE).spending().month().until();
        assertThat(third)
                .isEqualTo(new CheckResult.Held(ALICE, new Decision.Hold(HoldReason.OWN_SPEND_LIMIT, monthEnds)));
        Status status = rig.library.status(ALICE);
        assertThat(status.state()).isEqualTo(Status.State.ACTIVE);
        assertThat(status.reason()).isEqualTo("OWN_SPEND_LIMIT");
        assertThat(status.nextTry()).isEqualTo(monthEnds);
        assertThat(status.spending().month().spent()).isEqualTo(usd("18.00"));
        assertThat(status.spending().month().recharges()).isEqualTo(2);
        assertThat(status.spending().month().limit()).isEqualTo(usd("20.00"));
        rig.check();
        assertThat(events(EventType.LIMIT_REACHED)).singleElement().satisfies(it -> {
            assertThat(it.reason()).isEqualTo("OWN_SPEND_LIMIT");
            assertThat(it.until()).isEqualTo(monthEnds);
        });

        own("27.00");
        rig.check();
        assertThat(rig.gateway.captures()).hasSize(3);
        rig.clock.advance(Duration.between(rig.clock.instant(), monthEnds));
        useAndCheck("use-3");
        assertThat(rig.gateway.captures()).hasSize(4);
    }

    @Test
    void the_own_limit_stays_when_the_settings_are_saved_without_it_or_switched_off() {
        rig.enabled(ALICE, "50");
        own("20.00");

        rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), "v1");
        rig.library.configure(ALICE, SETTINGS, "v1");

        assertThat(rig.library.status(ALICE).spending().ownMonthlyLimit()).isEqualTo(usd("20.00"));
        own(null);
        assertThat(rig.library.status(ALICE).spending().ownMonthlyLimit()).isNull();
    }

    @Test
    void a_limit_that_could_not_work_is_refused_and_nothing_is_saved() {
        rig.enabled(ALICE, "50");
        own("20.00");

        assertThatThrownBy(() -> own("8.99"))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("monthlyLimit"));
        assertThatThrownBy(() -> rig.library.save(ALICE, new Settings(true, 500, Credits.of(10)), Agreement.none()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("must not be below the price of package 500");
        assertThat(rig.account().settings()).isEqualTo(SETTINGS);
        assertThat(rig.account().state().rules()).isEqualTo(new UserRules(usd("20.00")));
    }

    @Test
    void a_preview_with_another_limit_tells_what_saving_it_would_do() {
        rig.enabled(ALICE, "1");
        own("20.00");
        rig.check();
        rig.debit("119", "use");

        Decision held = rig.library
                .preview(ALICE, SETTINGS, rules -> rules.withMonthlyLimit(usd("17.99")))
                .unconfirmed();
        Decision charged = rig.library.preview(ALICE, SETTINGS).unconfirmed();

        assertThat(held)
                .isInstanceOfSatisfying(
                        Decision.Hold.class, it -> assertThat(it.reason()).isEqualTo(HoldReason.OWN_SPEND_LIMIT));
        assertThat(charged).isInstanceOf(Decision.Recharge.class);
    }

    @Test
    void an_open_recharge_counts_and_a_declined_one_gives_its_room_back() {
        rig.enabled(ALICE, "1");
        own("9.00");
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);
        rig.check();

        assertThat(rig.library.status(ALICE).spending().month().spent()).isEqualTo(usd("0.00"));
        rig.clock.advance(Duration.ofHours(7));
        rig.gateway.processNext();
        rig.check();
        assertThat(rig.library.status(ALICE).spending().month().spent()).isEqualTo(usd("9.00"));
        assertThat(events(EventType.LIMIT_WARNING)).isEmpty();
    }

    @Test
    void warnings_come_once_per_level_and_limit_when_the_money_was_taken() {
        rig.enabled(ALICE, "1");
        own("45.00");
        for (int i = 0; i < 4; i++) {
            rig.check();
            rig.debit("120", "use-" + i);
        }
        // 36 of 45 dollars are exactly 80 percent.
        assertThat(events(EventType.LIMIT_WARNING)).singleElement().satisfies(it -> {
            assertThat(it.subject()).isEqualTo("80");
            assertThat(it.reason()).isEqualTo("OWN_SPEND_LIMIT");
            assertThat(it.amount()).isEqualTo(usd("36.00"));
            assertThat(it.until())
                    .isEqualTo(rig.library.status(ALICE).spending().month().until());
        });
        rig.check();
        assertThat(events(EventType.LIMIT_WARNING))
                .extracting(AutoRechargeEvent::subject)
                .containsExactly("80", "100");

        // Another limit is warned of for itself, the same one not again.
        own("50.00");
        own("45.00");
        own("55.00");
        rig.debit("120", "use-9");
        rig.check();
        assertThat(events(EventType.LIMIT_WARNING))
                .extracting(AutoRechargeEvent::subject)
                .containsExactly("80", "100", "80");
    }

    @Test
    void the_daily_limit_of_the_host_holds_until_the_day_ends() {
        Rig daily = new Rig(
                b -> b.limits(Limits.ofDefaults().withCooldown(Duration.ZERO).withDailySpend(usd("35.00"))));
        daily.enabled(ALICE, "1");
        for (int i = 0; i < 5; i++) {
            daily.check();
            useAllButOne(daily, "use-" + i);
        }

        Status status = daily.library.status(ALICE);

        assertThat(daily.gateway.captures())
                .as("27 dollars, and 9 more would be 36")
                .hasSize(3);
        assertThat(status.reason()).isEqualTo("DAILY_SPEND_LIMIT");
        assertThat(status.nextTry()).isEqualTo(status.spending().day().until());
        assertThat(daily.library.preview(ALICE))
                .isEqualTo(new Decision.Hold(HoldReason.DAILY_SPEND_LIMIT, status.nextTry()));
        daily.clock.advance(Duration.between(daily.clock.instant(), status.nextTry()));
        daily.check();
        assertThat(daily.gateway.captures()).hasSize(4);
    }

    @Test
    void a_limit_that_was_lowered_stops_a_backup_and_a_repeated_request() {
        rig.enabled(ALICE, "1");
        rig.library.addPaymentMethod(ALICE, new PaymentMethod("cus_1", "pm_2", "mastercard", "4444", "fp_2"));
        own("18.00");
        rig.check();
        rig.debit("119", "use");
        rig.gateway.refuseNext(Reason.BUSY);
        rig.check();
        own("9.00");
        rig.clock.advance(Duration.ofMinutes(5));

        rig.check();

        assertThat(rig.gateway.requests())
                .as("two requests, the second of which was refused")
                .hasSize(2);
        assertThat(rig.library.status(ALICE).reason()).isEqualTo("OWN_SPEND_LIMIT");
        own("18.00");
        rig.gateway.decideBy(request -> {
            own("9.00");
            rig.gateway.declineNext("insufficient_funds", Kind.SOFT);
        });
        rig.check();
        assertThat(rig.gateway.requests())
                .extracting(ChargeRequest::paymentMethodId)
                .containsExactly("pm_1", "pm_1", "pm_1");
        assertThat(rig.library.attempts(ALICE, rig.lastRecharge().recharge().id()))
                .as("no attempt is opened for the backup")
                .hasSize(1);
    }

    @Test
    void many_threads_stay_within_the_own_limit() throws Exception {
        rig.enabled(ALICE, "1");
        own("45.00");
        try (Race race = new Race()) {
            for (int round = 0; round < 12; round++) {
                useAllButOne(rig, "use-" + round);
                List<Future<CheckResult>> checks = new ArrayList<>();
                for (int thread = 0; thread < 6; thread++) {
                    checks.add(race.start(rig::check));
                }
                for (Future<CheckResult> check : checks) {
                    Race.result(check);
                }
            }
        }
        assertThat(rig.gateway.captures()).as("5 times 9 dollars are 45").hasSize(5);
        assertThat(events(EventType.LIMIT_WARNING))
                .extracting(AutoRechargeEvent::subject)
                .containsExactlyInAnyOrder("80", "100");
    }
}
