package io.autorecharge.testkit;

import static io.autorecharge.testkit.Rows.NOW;
import static io.autorecharge.testkit.Rows.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.policy.SpendingPeriod;
import io.autorecharge.policy.TotalLimits;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules of the limits of money over all accounts: never exceeded, and used up to the last cent. */
abstract class SpendingContract extends ConsentsContract {
    private static final Instant LATER = NOW.plusSeconds(3600);

    @AfterEach
    void forgetWhatWasSpent() {
        store().forgetSpending();
    }

    @Test
    void money_is_reserved_up_to_the_limit_whatever_the_account() {
        assertThat(reserve(ann, hour(NOW, "100.00"), "60.00")).isTrue();
        assertThat(reserve(ben, hour(NOW, "100.00"), "40.01")).isFalse();
        assertThat(reserve(ben, hour(NOW, "100.00"), "40.00")).isTrue();
        assertThat(reserve(ann, hour(NOW, "100.00"), "0.01")).isFalse();
    }

    @Test
    void a_higher_limit_makes_room_and_a_lower_one_takes_it() {
        assertThat(reserve(ann, hour(NOW, "100.00"), "100.00")).isTrue();
        assertThat(reserve(ben, hour(NOW, "50.00"), "0.01")).isFalse();
        assertThat(reserve(ben, hour(NOW, "100.01"), "0.02")).isFalse();
        assertThat(reserve(ben, hour(NOW, "100.01"), "0.01")).isTrue();
    }

    @Test
    void the_next_period_begins_empty_and_kinds_and_currencies_are_counted_apart() {
        assertThat(reserve(ann, hour(NOW, "100.00"), "100.00")).isTrue();
        assertThat(reserve(ann, day("150.00"), "100.00")).isTrue();
        assertThat(reserve(ann, euros(), "100.00", "EUR")).isTrue();

        assertThat(reserve(ben, hour(LATER, "100.00"), "50.00")).isTrue();
        assertThat(reserve(ben, day("150.00"), "50.01")).isFalse();
        assertThat(reserve(ben, day("150.00"), "50.00")).isTrue();
        // A node whose clock is behind makes no room in the period that has begun.
        assertThat(reserve(ann, hour(NOW, "100.00"), "50.01")).isFalse();
    }

    @Test
    void what_was_not_taken_is_free_again_unless_the_period_is_over() {
        assertThat(reserve(ann, hour(NOW, "100.00"), "100.00")).isTrue();
        write(store(), ann, tx -> tx.correct(hour(NOW, "100.00"), -6000));
        assertThat(reserve(ben, hour(NOW, "100.00"), "60.00")).isTrue();
        assertThat(reserve(ben, hour(NOW, "100.00"), "0.01")).isFalse();
        write(store(), ann, tx -> tx.correct(hour(NOW, "100.00"), -6000));
        write(store(), ann, tx -> tx.correct(hour(NOW, "100.00"), 6000));
        assertThat(reserve(ben, hour(NOW, "100.00"), "0.01")).isFalse();

        assertThat(reserve(ben, hour(LATER, "100.00"), "100.00")).isTrue();
        write(store(), ann, tx -> tx.correct(hour(NOW, "100.00"), -6000));
        assertThat(reserve(ann, hour(LATER, "100.00"), "0.01")).isFalse();
    }

    @Test
    void room_can_be_asked_for_and_everything_can_be_forgotten() {
        assertThat(hasRoom(hour(NOW, "100.00"), "100.00")).isTrue();
        assertThat(hasRoom(hour(NOW, "100.00"), "100.01")).isFalse();
        reserve(ann, hour(NOW, "100.00"), "60.00");
        assertThat(hasRoom(hour(NOW, "100.00"), "40.00")).isTrue();
        assertThat(hasRoom(hour(NOW, "100.00"), "40.01")).isFalse();
        assertThat(hasRoom(hour(LATER, "100.00"), "100.00")).isTrue();

        store().forgetSpending();

        assertThat(hasRoom(hour(NOW, "100.00"), "100.00")).isTrue();
        assertThat(reserve(ben, hour(NOW, "100.00"), "100.00")).isTrue();
    }

    @Test
    void what_a_failed_transaction_reserved_is_free() {
        assertThatThrownBy(() -> write(store(), ann, tx -> {
                    assertThat(tx.reserve(hour(NOW, "100.00"), Money.of("100.00", "USD")))
                            .isTrue();
                    throw new IllegalStateException("by the test");
                }))
                .hasMessage("by the test");

        assertThat(reserve(ben, hour(NOW, "100.00"), "100.00")).isTrue();
    }

    @Test
    void many_accounts_at_once_use_the_limits_to_the_last_cent_and_never_exceed_them() {
        List<AccountId> accounts = IntStream.range(0, 8)
                .mapToObj(number -> account("racing-" + number))
                .toList();
        accounts.forEach(id -> write(store(), id, tx -> {}));
        SpendingPeriod hour = hour(NOW, "100.00");
        SpendingPeriod day = day("90.00");

        List<Integer> reserved = race.run(8, number -> {
            int done = 0;
            for (int i = 0; i < 12; i++) {
                done += store().inTransaction(accounts.get(number), tx -> {
                            Money price = Money.of("1.50", "USD");
                            if (!tx.reserve(hour, price)) {
                                return false;
                            }
                            if (!tx.reserve(day, price)) {
                                tx.correct(hour, -price.minorUnits());
                                return false;
                            }
                            return true;
                        })
                        ? 1
                        : 0;
            }
            return done;
        });

        assertThat(reserved.stream().mapToInt(it -> it).sum()).isEqualTo(60);
        assertThat(hasRoom(day, "0.01")).isFalse();
        assertThat(hasRoom(hour, "10.00")).isTrue();
        assertThat(hasRoom(hour, "10.01")).isFalse();
    }

    private boolean reserve(AccountId account, SpendingPeriod period, String amount) {
        return reserve(account, period, amount, "USD");
    }

    private boolean reserve(AccountId account, SpendingPeriod period, String amount, String currency) {
        return store().inTransaction(account, tx -> tx.reserve(period, Money.of(amount, currency)));
    }

    private boolean hasRoom(SpendingPeriod period, String amount) {
        return store().inTransaction(ann, tx -> tx.hasRoom(period, Money.of(amount, "USD")));
    }

    private static SpendingPeriod hour(Instant at, String limit) {
        return TotalLimits.none()
                .withPerHour(Money.of(limit, "USD"))
                .periods(at, "USD")
                .get(0);
    }

    private static SpendingPeriod day(String limit) {
        return TotalLimits.none()
                .withPerDay(Money.of(limit, "USD"))
                .periods(NOW, "USD")
                .get(0);
    }

    private static SpendingPeriod euros() {
        return TotalLimits.none()
                .withPerHour(Money.of("100.00", "EUR"))
                .periods(NOW, "EUR")
                .get(0);
    }
}
