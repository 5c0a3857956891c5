package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.TotalLimits;
import io.autorecharge.report.CheckResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A limit of money over all accounts: when it is reached nothing more is charged until the period ends or an operator lifts it. */
class TotalLimitsTest {
    private static final AccountId BEN = AccountId.of("ben");
    private static final AccountId CAT = AccountId.of("cat");

    private final Rig rig = new Rig();
    private final AutoRecharge library = limited(TotalLimits.none().withPerHour(Money.of("20.00", "USD")));

    @AfterEach
    void close() {
        library.close();
        rig.close();
    }

    @Test
    void nothing_more_is_charged_when_the_limit_is_reached_until_the_hour_ends() {
        low(ALICE, BEN, CAT);

        library.check(ALICE);
        library.check(BEN);
        Instant again = rig.clock.instant().plus(Duration.ofMinutes(15));
        Decision held = new Decision.Hold(HoldReason.ALL_ACCOUNTS_LIMIT, again);
        assertThat(library.check(CAT)).isEqualTo(new CheckResult.Held(CAT, (Decision.Hold) held));
        assertThat(library.preview(CAT)).isEqualTo(held);
        assertThat(library.status(CAT).reason()).isEqualTo("ALL_ACCOUNTS_LIMIT");
        assertThat(rig.store.find(CAT).orElseThrow().state().dueAt()).isEqualTo(again);
        assertThat(rig.gateway.captures()).hasSize(2);

        rig.clock.advance(Duration.ofHours(1));
        library.check(CAT);
        assertThat(rig.gateway.captures()).hasSize(3);
    }

    @Test
    void the_limit_is_reported_once_per_period_whatever_the_number_of_accounts() {
        low(ALICE, BEN, CAT);
        AccountId dan = AccountId.of("dan");
        low(dan);
        library.check(ALICE);
        library.check(BEN);

        library.check(CAT);
        library.check(dan);
        library.check(CAT);

        assertThat(reached()).hasSize(1);
        assertThat(reached().get(0).reason()).isEqualTo("ALL_ACCOUNTS_LIMIT");
    }

    @Test
    void what_was_declined_leaves_room_for_others() {
        low(ALICE, BEN, CAT);
        rig.gateway.declineNext("insufficient_funds", Outcome.Declined.Kind.SOFT);

        library.check(ALICE);
        library.check(BEN);
        library.check(CAT);

        assertThat(rig.gateway.captures()).hasSize(2);
    }

    @Test
    void what_is_in_doubt_keeps_its_room_until_it_is_certain_that_no_money_was_taken() {
        low(ALICE, BEN, CAT);
        rig.gateway.timeOutBeforeCaptureNext();
        library.check(ALICE);
        library.check(BEN);
        assertThat(reason(library.check(CAT))).isEqualTo(HoldReason.ALL_ACCOUNTS_LIMIT);

        library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
        rig.clock.advance(Duration.ofHours(26));
        library.check(ALICE);

        library.check(CAT);
        assertThat(rig.gateway.captures()).hasSize(2);
    }

    @Test
    void a_late_payment_of_a_declined_attempt_counts_again() {
        low(ALICE, BEN, CAT);
        rig.gateway.declineNext("insufficient_funds", Outcome.Declined.Kind.SOFT);
        library.check(ALICE);
        rig.settle(library, ALICE, rig.lastAttempt(), new Outcome.Paid("pi_late", Money.of("9.00", "USD")));

        library.check(BEN);
        assertThat(reason(library.check(CAT))).isEqualTo(HoldReason.ALL_ACCOUNTS_LIMIT);
    }

    @Test
    void an_operator_lifts_a_limit_for_the_rest_of_the_period() {
        low(ALICE, BEN, CAT);
        library.check(ALICE);
        library.check(BEN);
        library.check(CAT);

        library.liftTotalLimits("ops");
        library.check(CAT);

        assertThat(rig.gateway.captures()).hasSize(3);
        assertThatThrownBy(() -> library.liftTotalLimits(" ")).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void a_raised_limit_lets_the_next_check_go_on() {
        low(ALICE, BEN, CAT);
        library.check(ALICE);
        library.check(BEN);
        library.check(CAT);

        try (AutoRecharge raised = limited(TotalLimits.none().withPerHour(Money.of("27.00", "USD")))) {
            raised.check(CAT);
        }

        assertThat(rig.gateway.captures()).hasSize(3);
    }

    @Test
    void a_day_that_is_full_gives_back_what_was_reserved_of_the_hour() {
        low(ALICE, BEN);
        TotalLimits both =
                TotalLimits.none().withPerHour(Money.of("18.00", "USD")).withPerDay(Money.of("9.00", "USD"));
        try (AutoRecharge tight = limited(both)) {
            tight.check(ALICE);
            assertThat(reason(tight.check(BEN))).isEqualTo(HoldReason.ALL_ACCOUNTS_LIMIT);
        }

        try (AutoRecharge hour = limited(both.withPerDay(null))) {
            hour.check(BEN);
        }
        assertThat(rig.gateway.captures()).hasSize(2);
    }

    @Test
    void a_limit_must_be_positive() {
        assertThatThrownBy(() -> TotalLimits.none().withPerHour(Money.of("0.00", "USD")))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> TotalLimits.none().withPerDay(Money.of("0.00", "USD")))
                .isInstanceOf(InvalidValueException.class);
    }

    private void low(AccountId... accounts) {
        for (AccountId account : accounts) {
            PaymentMethod card = new PaymentMethod("cus_" + account, "pm_" + account, "visa", "4242", "fp_" + account);
            rig.store.inTransaction(account, tx -> {
                tx.savePaymentMethod(card);
                return tx;
            });
            library.configure(account, new Settings(true, 100, Credits.of(10)), "v1");
        }
    }

    private AutoRecharge limited(TotalLimits limits) {
        return AutoRecharge.builder(rig.policy, rig.store, rig.gateway)
                .clock(rig.clock)
                .callsPerSecond(100_000)
                .listener(rig.events::add)
                .listenerExecutor(Runnable::run)
                .afterCommit(task -> {})
                .totalLimits(limits)
                .build();
    }

    private List<AutoRechargeEvent> reached() {
        return rig.events.stream()
                .filter(it -> it.type() == EventType.LIMIT_REACHED)
                .toList();
    }

    private static HoldReason reason(CheckResult result) {
        assertThat(result).isInstanceOf(CheckResult.Held.class);
        return ((CheckResult.Held) result).hold().reason();
    }
}
