package io.autorecharge.testkit;

import static io.autorecharge.testkit.Rows.NOW;
import static io.autorecharge.testkit.Rows.enable;
import static io.autorecharge.testkit.Rows.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.AccountState;
import io.autorecharge.account.Grace;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.ReferenceConflictException;
import io.autorecharge.policy.Threshold;
import io.autorecharge.store.RechargeStore;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of debits: applied once, never more than the balance, and due when they cross the threshold. */
abstract class DebitContract extends RemoteLedgerContract {
    /** The store on the data of the ledger. */
    protected abstract RechargeStore store();

    /** The greatest balance, in whole credits. */
    protected Credits mostWhole() {
        return Credits.of(9_223_372_036_854L);
    }

    @Test
    void a_debit_removes_credits_and_writes_an_entry() {
        give(ann, "50");

        DebitResult result = debit(Debit.of(ann, Credits.of("12.5"), "job-1", "One job"));

        LedgerEntry entry = new LedgerEntry(
                ann, 2, EntryType.DEBIT, null, Credits.of("-12.5"), Credits.of("37.5"), "One job", "job-1", null, NOW);
        assertThat(result).isEqualTo(new DebitResult.Applied(entry, false));
        assertThat(ledger().balance(ann)).isEqualTo(Credits.of("37.5"));
        assertThat(ledger().entries(ann, Long.MAX_VALUE, 1)).containsExactly(entry);
        assertThat(store().find(ann).orElseThrow().balance()).isEqualTo(Credits.of("37.5"));
    }

    @Test
    void the_entry_that_is_answered_is_the_entry_that_is_stored_to_the_fraction_of_a_second() {
        give(ann, "50");
        Instant fine = NOW.plusNanos(123_456_789);

        DebitResult result = ledger().debit(Debit.of(ann, Credits.of(1), "job-1", null), false, fine);
        LedgerEntry granted = ledger().grant(gift(ann, "1", "gift-1"), fine);

        assertThat(ledger().entries(ann, Long.MAX_VALUE, 2))
                .containsExactly(granted, ((DebitResult.Applied) result).entry());
    }

    @Test
    void a_debit_may_take_the_last_credit_but_not_more() {
        give(ann, "5");

        assertThat(debit(Debit.of(ann, Credits.of("5.000001"), "job-1", null)))
                .isEqualTo(new DebitResult.Refused(Credits.of(5)));
        assertThat(debit(Debit.of(ann, Credits.of(5), "job-2", null)).balance()).isEqualTo(Credits.ZERO);
        assertThat(debit(Debit.of(ann, Credits.of("0.000001"), "job-3", null)))
                .isEqualTo(new DebitResult.Refused(Credits.ZERO));
        assertThat(ledger().entries(ann, Long.MAX_VALUE, 10))
                .extracting(LedgerEntry::reference)
                .containsExactly("job-2", "gift");
    }

    @Test
    void a_debit_that_was_refused_may_come_again() {
        give(ann, "5");
        debit(Debit.of(ann, Credits.of(6), "job-1", null));
        ledger().grant(gift(ann, "1", "more"), NOW);

        assertThat(debit(Debit.of(ann, Credits.of(6), "job-1", null))).isInstanceOf(DebitResult.Applied.class);
        assertThat(ledger().balance(ann)).isEqualTo(Credits.ZERO);
    }

    /** 10 credits below zero are allowed until a minute from now. */
    @Test
    void a_grace_lets_the_balance_become_negative_so_far_and_so_long() {
        give(ann, "5");
        Instant until = NOW.plusSeconds(60);
        grace(until, Grace.Stage.RUNNING);

        assertThat(ledger().debit(Debit.of(ann, Credits.of("15.000001"), "more", null), false, NOW))
                .isInstanceOf(DebitResult.Refused.class);
        assertThat(ledger().debit(Debit.of(ann, Credits.of(14), "one", null), false, until.minusMillis(1)))
                .isInstanceOf(DebitResult.Applied.class);
        assertThat(ledger().debit(Debit.of(ann, Credits.of(1), "late", null), false, until))
                .isInstanceOf(DebitResult.Refused.class);
        assertThat(ledger().debit(Debit.of(ann, Credits.of(1), "two", null), false, NOW))
                .isInstanceOf(DebitResult.Applied.class);
        assertThat(ledger().debit(Debit.of(ann, Credits.SMALLEST, "three", null), false, NOW))
                .isInstanceOf(DebitResult.Refused.class);
        assertThat(ledger().balance(ann)).isEqualTo(Credits.of(-10));
        grace(NOW, Grace.Stage.ENDED);
        assertThat(ledger().debit(Debit.of(ann, Credits.of(1), "ended", null), false, NOW))
                .isInstanceOf(DebitResult.Refused.class);
    }

    @Test
    void debits_of_many_threads_never_exceed_a_grace() {
        give(ann, "5");
        grace(NOW.plusSeconds(60), Grace.Stage.RUNNING);

        List<DebitResult> results = race.run(8, number -> {
            DebitResult last = null;
            for (int i = 0; i < 5; i++) {
                last = ledger().debit(Debit.of(ann, Credits.of(2), number + "-" + i, null), false, NOW);
            }
            return last;
        });

        assertThat(results).hasSize(8);
        // 7 debits of 2 fit into 5 and 10 more; an eighth does not.
        assertThat(ledger().balance(ann)).isEqualTo(Credits.of(-9));
    }

    private void grace(Instant until, Grace.Stage stage) {
        write(
                store(),
                ann,
                tx -> tx.save(tx.account()
                        .state()
                        .grace(new Grace(NOW.minusSeconds(60), until, Credits.of(10), "fp", stage))));
    }

    @Test
    void with_overdraft_the_balance_may_become_negative() {
        give(ann, "5");

        DebitResult result = debit(Debit.of(ann, Credits.of(8), "job-1", null).withOverdraft());

        assertThat(result).isInstanceOf(DebitResult.Applied.class);
        assertThat(result.balance()).isEqualTo(Credits.of(-3));
        assertThat(ledger().balance(ann)).isEqualTo(Credits.of(-3));
    }

    @Test
    void an_account_that_was_never_seen_has_no_credits_and_is_refused() {
        assertThat(ledger().balance(ann)).isEqualTo(Credits.ZERO);
        assertThat(ledger().entries(ann, Long.MAX_VALUE, 10)).isEmpty();

        assertThat(debit(Debit.of(ann, Credits.of(1), "job-1", null))).isEqualTo(new DebitResult.Refused(Credits.ZERO));
        assertThat(ledger().entries(ann, Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void an_account_that_was_never_seen_is_made_by_an_overdraft() {
        DebitResult result = debit(Debit.of(ann, Credits.of(2), "job-1", null).withOverdraft());

        assertThat(result.balance()).isEqualTo(Credits.of(-2));
        assertThat(store().find(ann).orElseThrow().settings()).isEqualTo(new Settings(false, null, Credits.of(10)));
    }

    @Test
    void a_repeated_debit_removes_nothing_and_returns_the_first_result() {
        give(ann, "50");
        Debit debit = Debit.of(ann, Credits.of(20), "job-1", "One job");
        LedgerEntry first = ((DebitResult.Applied) debit(debit)).entry();
        debit(Debit.of(ann, Credits.of(20), "job-2", null));

        assertThat(ledger().debit(debit, false, NOW.plusSeconds(9))).isEqualTo(new DebitResult.Replayed(first));
        assertThat(ledger().debit(debit.withOverdraft(), false, NOW)).isEqualTo(new DebitResult.Replayed(first));
        assertThat(ledger().balance(ann)).isEqualTo(Credits.of(10));
        assertThat(ledger().entries(ann, Long.MAX_VALUE, 10)).hasSize(3);
    }

    @Test
    void a_repeated_debit_gets_the_first_answer_even_if_the_balance_would_not_cover_it_now() {
        give(ann, "50");
        Debit debit = Debit.of(ann, Credits.of(40), "job-1", null);
        LedgerEntry first = ((DebitResult.Applied) debit(debit)).entry();

        assertThat(debit(debit)).isEqualTo(new DebitResult.Replayed(first));
    }

    @Test
    void a_reference_cannot_be_reused_for_something_else() {
        give(ann, "50");
        debit(Debit.of(ann, Credits.of(20), "job-1", null));

        assertThatThrownBy(() -> debit(Debit.of(ann, Credits.of(21), "job-1", null)))
                .isInstanceOf(ReferenceConflictException.class)
                .hasMessageContaining("job-1");
        assertThatThrownBy(() -> debit(Debit.of(ann, Credits.of(1000), "job-1", null)))
                .isInstanceOf(ReferenceConflictException.class);
        assertThatThrownBy(() -> debit(Debit.of(ann, Credits.of(50), "gift", null)))
                .isInstanceOf(ReferenceConflictException.class);
        assertThatThrownBy(() -> ledger().grant(gift(ann, "20", "job-1"), NOW))
                .isInstanceOf(ReferenceConflictException.class);
        assertThatThrownBy(() -> ledger().grant(gift(ann, "51", "gift"), NOW))
                .isInstanceOf(ReferenceConflictException.class);
        assertThat(ledger().balance(ann)).isEqualTo(Credits.of(30));
        assertThat(ledger().entries(ann, Long.MAX_VALUE, 10)).hasSize(2);
    }

    @Test
    void references_are_an_accounts_own_and_compared_exactly() {
        give(ann, "50");
        give(ben, "50");

        assertThat(debit(Debit.of(ann, Credits.of(1), "job-é", null))).isInstanceOf(DebitResult.Applied.class);
        assertThat(debit(Debit.of(ben, Credits.of(1), "job-é", null))).isInstanceOf(DebitResult.Applied.class);
        assertThat(debit(Debit.of(ann, Credits.of(1), "JOB-É", null))).isInstanceOf(DebitResult.Applied.class);
        assertThat(debit(Debit.of(ann, Credits.of(1), "job-e", null))).isInstanceOf(DebitResult.Applied.class);
        assertThat(debit(Debit.of(ann, Credits.of(1), "j'ob\\\"; --", null))).isInstanceOf(DebitResult.Applied.class);
        assertThat(ledger().balance(ann)).isEqualTo(Credits.of(46));
    }

    @Test
    void a_balance_that_would_not_fit_is_an_error_and_nothing_is_written() {
        ledger().grant(gift(ann, mostWhole().toString(), "most"), NOW);
        debit(Debit.of(ben, mostWhole(), "most", null).withOverdraft());

        assertThatThrownBy(() -> ledger().grant(gift(ann, "1", "more"), NOW)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(
                        () -> debit(Debit.of(ben, Credits.of(1), "more", null).withOverdraft()))
                .isInstanceOf(ArithmeticException.class);

        assertThat(ledger().balance(ann)).isEqualTo(mostWhole());
        assertThat(ledger().balance(ben)).isEqualTo(mostWhole().negated());
        assertThat(ledger().entries(ann, Long.MAX_VALUE, 10)).hasSize(1);
        assertThat(ledger().entries(ben, Long.MAX_VALUE, 10)).hasSize(1);
        assertThat(debit(Debit.of(ann, Credits.of(1), "job-1", null))).isInstanceOf(DebitResult.Applied.class);
    }

    @ParameterizedTest(name = "{0} - {1} with threshold {2}, inclusive {3}: crosses {4}")
    @CsvSource({
        "11, 1, 10, false, false",
        "11, 1.000001, 10, false, true",
        "11, 11, 10, false, true",
        "10, 0.000001, 10, false, true",
        "9.999999, 1, 10, false, false",
        "11, 0.999999, 10, true, false",
        "11, 1, 10, true, true",
        "10.000001, 0.000001, 10, true, true",
        "10, 1, 10, true, false",
        "50, 39, 10, true, false",
        "5, 5, 0, false, false",
        "5, 5, 0, true, true",
    })
    void a_debit_that_takes_the_balance_from_not_low_to_low_makes_the_account_due(
            String before, String amount, String threshold, boolean inclusive, boolean crosses) {
        enable(store(), ann, before, threshold);

        DebitResult result = ledger().debit(Debit.of(ann, Credits.of(amount), "job-1", null), inclusive, NOW);

        assertThat(result.crossed()).isEqualTo(crosses);
        assertThat(store().find(ann).orElseThrow().state().dueAt()).isEqualTo(crosses ? NOW : null);
    }

    @ParameterizedTest(name = "threshold {0}, inclusive {1}")
    @CsvSource({"10, false", "10, true", "0, false", "0, true", "0.000001, false", "0.000001, true"})
    void a_debit_crosses_exactly_where_the_threshold_class_says(String low, boolean inclusive) {
        Threshold threshold = new Threshold(Credits.of(low), inclusive);
        List<Credits> around = Stream.of(3, 1, 0, -1, -3)
                .map(micros -> threshold.credits().plus(Credits.ofMicros(micros)))
                .toList();
        for (Credits before : around) {
            for (Credits after : around) {
                if (after.isLessThan(before)) {
                    assertThat(crossedBy(threshold, before, after))
                            .as("%s to %s", before, after)
                            .isEqualTo(threshold.isCrossed(before, after));
                }
            }
        }
    }

    private boolean crossedBy(Threshold threshold, Credits before, Credits after) {
        AccountId account = account("from " + before + " to " + after);
        enable(store(), account, "0", threshold.credits().toString());
        if (before.isPositive()) {
            ledger().grant(gift(account, before.toString(), "before"), NOW);
        } else if (before.isNegative()) {
            ledger().debit(Debit.of(account, before.negated(), "before", null).withOverdraft(), false, NOW);
        }
        Debit debit = Debit.of(account, before.minus(after), "job-1", null).withOverdraft();
        return ledger().debit(debit, threshold.inclusive(), NOW).crossed();
    }

    @Test
    void a_debit_that_does_not_cross_does_not_make_the_account_due() {
        enable(store(), ann, "50", "10");
        AccountState state = AccountState.INITIAL.dueAt(NOW.plusSeconds(100));
        write(store(), ann, tx -> tx.save(state));

        debit(Debit.of(ann, Credits.of(1), "job-1", null));
        debit(Debit.of(ann, Credits.of(1), "job-1", null));
        debit(Debit.of(ann, Credits.of(100), "job-2", null));

        assertThat(store().find(ann).orElseThrow().state()).isEqualTo(state);
    }

    @Test
    void nothing_crosses_while_auto_recharge_is_off() {
        enable(store(), ann, "50", "10");
        write(store(), ann, tx -> tx.save(new Settings(false, 100, Credits.of(10))));

        assertThat(debit(Debit.of(ann, Credits.of(45), "job-1", null)).crossed())
                .isFalse();
        assertThat(store().find(ann).orElseThrow().state().dueAt()).isNull();
    }

    @Test
    void crossing_brings_a_later_check_forward_and_keeps_an_earlier_one() {
        AccountState later =
                AccountState.INITIAL.declined(2, NOW.plusSeconds(50), null).dueAt(NOW.plusSeconds(100));
        AccountState earlier = AccountState.INITIAL.dueAt(NOW.minusSeconds(100));
        enable(store(), ann, "50", "10");
        enable(store(), ben, "50", "10");
        write(store(), ann, tx -> tx.save(later));
        write(store(), ben, tx -> tx.save(earlier));

        debit(Debit.of(ann, Credits.of(45), "job-1", null));
        debit(Debit.of(ben, Credits.of(45), "job-1", null));

        assertThat(store().find(ann).orElseThrow().state()).isEqualTo(later.dueAt(NOW));
        assertThat(store().find(ben).orElseThrow().state()).isEqualTo(earlier);
    }

    @Test
    void a_repeated_crossing_debit_does_not_cross_again() {
        enable(store(), ann, "50", "10");
        Debit debit = Debit.of(ann, Credits.of(45), "job-1", null);
        debit(debit);
        write(store(), ann, tx -> tx.save(AccountState.INITIAL));

        assertThat(debit(debit).crossed()).isFalse();
        assertThat(store().find(ann).orElseThrow().state().dueAt()).isNull();
    }

    DebitResult debit(Debit debit) {
        return ledger().debit(debit, false, NOW);
    }

    void give(AccountId account, String credits) {
        ledger().grant(gift(account, credits, "gift"), NOW);
    }

    static Grant gift(AccountId account, String credits, String reference) {
        return new Grant(account, Credits.of(credits), Category.PROMOTIONAL, reference, "Gift");
    }
}
