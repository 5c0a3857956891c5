package io.autorecharge.testkit;

import static io.autorecharge.testkit.Rows.NOW;
import static io.autorecharge.testkit.Rows.enable;
import static io.autorecharge.testkit.Rows.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.Account;
import io.autorecharge.account.AccountState;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Usage;
import io.autorecharge.account.UsageMark;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.EntryType;
import io.autorecharge.store.Posting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a smart threshold needs of a store and its ledger: marks, the sum of entries that are not debits, and a raised level. */
abstract class UsageContract extends DebitContract {
    private static final int DEBITS = 40;

    /** How often each race runs. */
    protected int rounds() {
        return 30;
    }

    private static Usage raisedBy(String credits) {
        return new Usage(Credits.of(12), NOW.minusSeconds(60), Credits.of(credits), Credits.of(100));
    }

    private void raise(AccountId account, String credits) {
        write(store(), account, tx -> tx.save(tx.account().state().using(raisedBy(credits))));
    }

    @Test
    void a_mark_counts_what_was_added_and_not_what_was_debited() {
        enable(store(), ann, "100", "10");
        ledger().grant(gift(ann, "25", "g1"), NOW);
        debit(Debit.of(ann, Credits.of(40), "job-1", null));
        Posting reversal = new Posting(EntryType.REVERSAL, Category.PAID, Credits.of(-30), "Refund", "r1", "opening");

        write(store(), ann, tx -> {
            assertThat(tx.usageMark(NOW)).isEqualTo(new UsageMark(NOW, 3, Credits.of(85), Credits.of(125)));
            tx.post(List.of(reversal), NOW);
            assertThat(tx.usageMark(NOW)).isEqualTo(new UsageMark(NOW, 4, Credits.of(55), Credits.of(95)));
        });
        ledger().grant(gift(ann, "25", "g1"), NOW);
        write(
                store(),
                ann,
                tx -> assertThat(tx.usageMark(NOW)).isEqualTo(new UsageMark(NOW, 4, Credits.of(55), Credits.of(95))));
    }

    @Test
    void marks_are_kept_in_the_order_of_their_times_and_forgotten_one_by_one() {
        Instant day = NOW.minus(Duration.ofDays(1));
        UsageMark first = new UsageMark(day, 3, Credits.of(85), Credits.of(125));
        UsageMark second = new UsageMark(day.plusSeconds(1), 4, Credits.of(-7), Credits.of(-95));
        write(store(), ann, tx -> tx.saveMarks(second, List.of()));
        write(store(), ann, tx -> {
            tx.saveMarks(first, List.of());
            assertThat(tx.usageMarks()).containsExactly(first, second);
        });
        write(store(), ben, tx -> assertThat(tx.usageMarks()).isEmpty());

        write(store(), ann, tx -> tx.saveMarks(null, List.of(first)));
        write(store(), ann, tx -> assertThat(tx.usageMarks()).containsExactly(second));
        assertThatThrownBy(() -> write(store(), ann, tx -> {
                    tx.saveMarks(first, List.of(second));
                    throw new IllegalStateException("stop");
                }))
                .isInstanceOf(IllegalStateException.class);
        write(store(), ann, tx -> assertThat(tx.usageMarks()).containsExactly(second));
    }

    @Test
    void what_was_measured_is_read_again_and_forgotten() {
        Usage unknown = new Usage(null, NOW, Credits.ZERO, Credits.of(100));
        write(store(), ann, tx -> tx.save(AccountState.INITIAL.using(raisedBy("20"))));
        assertThat(store().find(ann)).map(it -> it.state().usage()).contains(raisedBy("20"));
        write(store(), ann, tx -> tx.save(AccountState.INITIAL.using(unknown)));
        assertThat(store().find(ann)).map(it -> it.state().usage()).contains(unknown);
        write(store(), ann, tx -> tx.save(AccountState.INITIAL));
        assertThat(store().find(ann).map(Account::state)).contains(AccountState.INITIAL);
    }

    /** The threshold is 10 and raised by 20. */
    @ParameterizedTest(name = "{0} minus {1}, inclusive {2}: {3}")
    @CsvSource({
        "50, 19, false, false",
        "50, 20, false, false",
        "50, 20, true, true",
        "50, 21, false, true",
        "50, 45, false, true",
        "30, 1, false, true",
        "30, 1, true, false",
        "29, 1, false, false",
        "29, 25, false, false",
    })
    void a_debit_crosses_the_raised_threshold(String before, String amount, boolean inclusive, boolean crosses) {
        enable(store(), ann, before, "10");
        raise(ann, "20");

        assertThat(ledger().debit(Debit.of(ann, Credits.of(amount), "job-1", null), inclusive, NOW)
                        .crossed())
                .isEqualTo(crosses);
        assertThat(store().find(ann).orElseThrow().state().dueAt()).isEqualTo(crosses ? NOW : null);
    }

    @Test
    void a_raised_crossing_keeps_an_earlier_check_and_counts_only_while_switched_on() {
        enable(store(), ann, "50", "10");
        raise(ann, "20");
        Instant earlier = NOW.minusSeconds(100);
        write(store(), ann, tx -> tx.save(tx.account().state().dueAt(earlier)));
        assertThat(debit(Debit.of(ann, Credits.of(25), "job-1", null)).crossed())
                .isTrue();
        assertThat(store().find(ann).orElseThrow().state().dueAt()).isEqualTo(earlier);

        enable(store(), ben, "50", "10");
        raise(ben, "20");
        write(store(), ben, tx -> tx.save(new Settings(false, 100, Credits.of(10))));
        assertThat(debit(Debit.of(ben, Credits.of(25), "job-1", null)).crossed())
                .isFalse();
        assertThat(store().find(ben).orElseThrow().state().dueAt()).isNull();
    }

    @Test
    void a_threshold_that_the_user_changes_moves_the_raised_one_at_once() {
        enable(store(), ann, "50", "10");
        raise(ann, "20");
        write(store(), ann, tx -> tx.save(new Settings(true, 100, Credits.of(25))));

        assertThat(debit(Debit.of(ann, Credits.of(6), "job-1", null)).crossed()).isTrue();
    }

    @Test
    void the_sweep_finds_a_balance_between_the_threshold_and_the_raised_one() {
        enable(store(), ann, "25", "10");
        enable(store(), ben, "30", "10");
        raise(ann, "20");
        raise(ben, "20");

        assertThat(store().sweep(false, NOW)).isEqualTo(1);
        assertThat(store().find(ann).orElseThrow().state().dueAt()).isEqualTo(NOW);
        assertThat(store().sweep(true, NOW)).isEqualTo(1);
        assertThat(store().find(ben).orElseThrow().state().dueAt()).isEqualTo(NOW);
    }

    /** A debit waits for the row of the state while the threshold is raised there: neither may count on the other. */
    @Test
    void no_crossing_is_missed_while_the_threshold_is_raised() {
        for (int round = 0; round < rounds(); round++) {
            AccountId account = account("raised " + round);
            enable(store(), account, "100", "10");
            race.run(2, number -> number == 0 ? spend(account) : raiseInSteps(account));

            Account after = store().find(account).orElseThrow();
            assertThat(after.balance()).isEqualTo(Credits.of(100 - DEBITS));
            assertThat(after.state().dueAt())
                    .as("round %s, raised to %s", round, after.wakesBelow())
                    .isNotNull();
        }
    }

    private int spend(AccountId account) {
        for (int i = 0; i < DEBITS; i++) {
            debit(Debit.of(account, Credits.of(1), "job-" + i, null));
        }
        return DEBITS;
    }

    /** As a step of the library does: a balance that is low by the new level makes the account due. */
    private int raiseInSteps(AccountId account) {
        for (int raise = 10; raise <= 60; raise += 10) {
            String by = String.valueOf(raise);
            store().inStateTransaction(account, tx -> {
                tx.save(tx.account().state().using(raisedBy(by)));
                if (tx.account().balance().isLessThan(tx.account().wakesBelow())) {
                    tx.save(tx.account().state().dueAt(NOW));
                }
                return true;
            });
        }
        return DEBITS;
    }
}
