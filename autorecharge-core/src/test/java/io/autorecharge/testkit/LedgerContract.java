package io.autorecharge.testkit;

import static io.autorecharge.testkit.Rows.NOW;
import static io.autorecharge.testkit.Rows.VISA;
import static io.autorecharge.testkit.Rows.enable;
import static io.autorecharge.testkit.Rows.purchase;
import static io.autorecharge.testkit.Rows.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.ReferenceConflictException;
import io.autorecharge.policy.Settings;
import io.autorecharge.store.AccountState;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.RechargeStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What every {@link Ledger} does. A ledger's own test extends this class and gives the ledger, and the store over the same data; see the
 * port's Javadoc for the sentences that are tested here.
 */
public abstract class LedgerContract {
    private static final AccountId ANN = AccountId.of("ann");
    private static final AccountId BEN = AccountId.of("ben");

    private final Race race = new Race();

    /** The ledger under test: the same one for the length of a test, and empty when the test begins. */
    protected abstract Ledger ledger();

    /** The store over the ledger's data. */
    protected abstract RechargeStore store();

    /** How often the two great races are run: one reference from many threads, and enabling against a crossing debit. */
    protected int rounds() {
        return 30;
    }

    @AfterEach
    void endRaces() {
        race.close();
    }

    // Debits

    @Test
    void a_debit_takes_credits_and_writes_an_entry() {
        give(ANN, "50");

        DebitResult result = debit(Debit.of(ANN, Credits.of("12.5"), "job-1", "One job"));

        LedgerEntry entry = new LedgerEntry(
                ANN, 2, EntryType.DEBIT, null, Credits.of("-12.5"), Credits.of("37.5"), "One job", "job-1", null, NOW);
        assertThat(result).isEqualTo(new DebitResult.Applied(entry, false));
        assertThat(ledger().balance(ANN)).isEqualTo(Credits.of("37.5"));
        assertThat(ledger().entries(ANN, Long.MAX_VALUE, 1)).containsExactly(entry);
        assertThat(store().find(ANN).orElseThrow().balance()).isEqualTo(Credits.of("37.5"));
    }

    @Test
    void the_entry_that_is_answered_is_the_entry_that_is_stored_to_the_fraction_of_a_second() {
        give(ANN, "50");
        Instant fine = NOW.plusNanos(123_456_789);

        DebitResult result = ledger().debit(Debit.of(ANN, Credits.of(1), "job-1", null), false, fine);
        LedgerEntry granted = ledger().grant(gift(ANN, "1", "gift-1"), fine);

        assertThat(ledger().entries(ANN, Long.MAX_VALUE, 2))
                .containsExactly(granted, ((DebitResult.Applied) result).entry());
    }

    @Test
    void a_debit_may_take_the_last_credit_but_not_more() {
        give(ANN, "5");

        assertThat(debit(Debit.of(ANN, Credits.of("5.000001"), "job-1", null)))
                .isEqualTo(new DebitResult.Refused(Credits.of(5)));
        assertThat(debit(Debit.of(ANN, Credits.of(5), "job-2", null)).balance()).isEqualTo(Credits.ZERO);
        assertThat(debit(Debit.of(ANN, Credits.of("0.000001"), "job-3", null)))
                .isEqualTo(new DebitResult.Refused(Credits.ZERO));
        assertThat(ledger().entries(ANN, Long.MAX_VALUE, 10))
                .extracting(LedgerEntry::reference)
                .containsExactly("job-2", "gift");
    }

    @Test
    void a_debit_that_was_refused_may_come_again() {
        give(ANN, "5");
        debit(Debit.of(ANN, Credits.of(6), "job-1", null));
        ledger().grant(gift(ANN, "1", "more"), NOW);

        assertThat(debit(Debit.of(ANN, Credits.of(6), "job-1", null))).isInstanceOf(DebitResult.Applied.class);
        assertThat(ledger().balance(ANN)).isEqualTo(Credits.ZERO);
    }

    @Test
    void with_overdraft_the_balance_may_become_negative() {
        give(ANN, "5");

        DebitResult result = debit(Debit.of(ANN, Credits.of(8), "job-1", null).withOverdraft());

        assertThat(result).isInstanceOf(DebitResult.Applied.class);
        assertThat(result.balance()).isEqualTo(Credits.of(-3));
        assertThat(ledger().balance(ANN)).isEqualTo(Credits.of(-3));
    }

    @Test
    void an_account_that_was_never_seen_has_no_credits_and_is_refused() {
        assertThat(ledger().balance(ANN)).isEqualTo(Credits.ZERO);
        assertThat(ledger().entries(ANN, Long.MAX_VALUE, 10)).isEmpty();

        assertThat(debit(Debit.of(ANN, Credits.of(1), "job-1", null))).isEqualTo(new DebitResult.Refused(Credits.ZERO));
        assertThat(ledger().entries(ANN, Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void an_account_that_was_never_seen_is_made_by_an_overdraft() {
        DebitResult result = debit(Debit.of(ANN, Credits.of(2), "job-1", null).withOverdraft());

        assertThat(result.balance()).isEqualTo(Credits.of(-2));
        assertThat(store().find(ANN).orElseThrow().settings()).isEqualTo(new Settings(false, null, Credits.of(10)));
    }

    @Test
    void a_debit_that_comes_again_takes_nothing_and_gets_the_first_answer() {
        give(ANN, "50");
        Debit debit = Debit.of(ANN, Credits.of(20), "job-1", "One job");
        LedgerEntry first = ((DebitResult.Applied) debit(debit)).entry();
        debit(Debit.of(ANN, Credits.of(20), "job-2", null));

        assertThat(ledger().debit(debit, false, NOW.plusSeconds(9))).isEqualTo(new DebitResult.Replayed(first));
        assertThat(ledger().debit(debit.withOverdraft(), false, NOW)).isEqualTo(new DebitResult.Replayed(first));
        assertThat(ledger().balance(ANN)).isEqualTo(Credits.of(10));
        assertThat(ledger().entries(ANN, Long.MAX_VALUE, 10)).hasSize(3);
    }

    @Test
    void a_debit_that_comes_again_gets_the_first_answer_also_when_the_balance_would_not_cover_it_now() {
        give(ANN, "50");
        Debit debit = Debit.of(ANN, Credits.of(40), "job-1", null);
        LedgerEntry first = ((DebitResult.Applied) debit(debit)).entry();

        assertThat(debit(debit)).isEqualTo(new DebitResult.Replayed(first));
    }

    @Test
    void a_reference_stands_for_one_thing() {
        give(ANN, "50");
        debit(Debit.of(ANN, Credits.of(20), "job-1", null));

        assertThatThrownBy(() -> debit(Debit.of(ANN, Credits.of(21), "job-1", null)))
                .isInstanceOf(ReferenceConflictException.class)
                .hasMessageContaining("job-1");
        assertThatThrownBy(() -> debit(Debit.of(ANN, Credits.of(1000), "job-1", null)))
                .isInstanceOf(ReferenceConflictException.class);
        assertThatThrownBy(() -> debit(Debit.of(ANN, Credits.of(50), "gift", null)))
                .isInstanceOf(ReferenceConflictException.class);
        assertThatThrownBy(() -> ledger().grant(gift(ANN, "20", "job-1"), NOW))
                .isInstanceOf(ReferenceConflictException.class);
        assertThatThrownBy(() -> ledger().grant(gift(ANN, "51", "gift"), NOW))
                .isInstanceOf(ReferenceConflictException.class);
        assertThat(ledger().balance(ANN)).isEqualTo(Credits.of(30));
        assertThat(ledger().entries(ANN, Long.MAX_VALUE, 10)).hasSize(2);
    }

    @Test
    void references_are_an_accounts_own_and_compared_exactly() {
        give(ANN, "50");
        give(BEN, "50");

        assertThat(debit(Debit.of(ANN, Credits.of(1), "job-é", null))).isInstanceOf(DebitResult.Applied.class);
        assertThat(debit(Debit.of(BEN, Credits.of(1), "job-é", null))).isInstanceOf(DebitResult.Applied.class);
        assertThat(debit(Debit.of(ANN, Credits.of(1), "JOB-É", null))).isInstanceOf(DebitResult.Applied.class);
        assertThat(debit(Debit.of(ANN, Credits.of(1), "job-e", null))).isInstanceOf(DebitResult.Applied.class);
        assertThat(debit(Debit.of(ANN, Credits.of(1), "j'ob\\\"; --", null))).isInstanceOf(DebitResult.Applied.class);
        assertThat(ledger().balance(ANN)).isEqualTo(Credits.of(46));
    }

    @Test
    void a_balance_that_would_not_fit_is_an_error_and_nothing_is_written() {
        ledger().grant(gift(ANN, "9223372036854", "most"), NOW);
        debit(Debit.of(BEN, Credits.of("9223372036854"), "most", null).withOverdraft());

        assertThatThrownBy(() -> ledger().grant(gift(ANN, "1", "more"), NOW)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(
                        () -> debit(Debit.of(BEN, Credits.of(1), "more", null).withOverdraft()))
                .isInstanceOf(ArithmeticException.class);

        assertThat(ledger().balance(ANN)).isEqualTo(Credits.of("9223372036854"));
        assertThat(ledger().balance(BEN)).isEqualTo(Credits.of("-9223372036854"));
        assertThat(ledger().entries(ANN, Long.MAX_VALUE, 10)).hasSize(1);
        assertThat(ledger().entries(BEN, Long.MAX_VALUE, 10)).hasSize(1);
        assertThat(debit(Debit.of(ANN, Credits.of(1), "job-1", null))).isInstanceOf(DebitResult.Applied.class);
    }

    // Crossing

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
        enable(store(), ANN, before, threshold);

        DebitResult result = ledger().debit(Debit.of(ANN, Credits.of(amount), "job-1", null), inclusive, NOW);

        assertThat(result.crossed()).isEqualTo(crosses);
        assertThat(store().find(ANN).orElseThrow().state().dueAt()).isEqualTo(crosses ? NOW : null);
    }

    @Test
    void a_debit_that_does_not_cross_leaves_the_queue_alone() {
        enable(store(), ANN, "50", "10");
        AccountState state = AccountState.INITIAL.dueAt(NOW.plusSeconds(100));
        write(store(), ANN, tx -> tx.save(state));

        debit(Debit.of(ANN, Credits.of(1), "job-1", null));
        debit(Debit.of(ANN, Credits.of(1), "job-1", null));
        debit(Debit.of(ANN, Credits.of(100), "job-2", null));

        assertThat(store().find(ANN).orElseThrow().state()).isEqualTo(state);
    }

    @Test
    void nothing_crosses_while_auto_recharge_is_off() {
        enable(store(), ANN, "50", "10");
        write(store(), ANN, tx -> tx.save(new Settings(false, 100, Credits.of(10))));

        assertThat(debit(Debit.of(ANN, Credits.of(45), "job-1", null)).crossed())
                .isFalse();
        assertThat(store().find(ANN).orElseThrow().state().dueAt()).isNull();
    }

    @Test
    void crossing_brings_a_later_look_forward_and_leaves_an_earlier_one() {
        AccountState later =
                AccountState.INITIAL.declined(2, NOW.plusSeconds(50), null).dueAt(NOW.plusSeconds(100));
        AccountState earlier = AccountState.INITIAL.dueAt(NOW.minusSeconds(100));
        enable(store(), ANN, "50", "10");
        enable(store(), BEN, "50", "10");
        write(store(), ANN, tx -> tx.save(later));
        write(store(), BEN, tx -> tx.save(earlier));

        debit(Debit.of(ANN, Credits.of(45), "job-1", null));
        debit(Debit.of(BEN, Credits.of(45), "job-1", null));

        assertThat(store().find(ANN).orElseThrow().state()).isEqualTo(later.dueAt(NOW));
        assertThat(store().find(BEN).orElseThrow().state()).isEqualTo(earlier);
    }

    @Test
    void a_crossing_debit_that_comes_again_does_not_cross_again() {
        enable(store(), ANN, "50", "10");
        Debit debit = Debit.of(ANN, Credits.of(45), "job-1", null);
        debit(debit);
        write(store(), ANN, tx -> tx.save(AccountState.INITIAL));

        assertThat(debit(debit).crossed()).isFalse();
        assertThat(store().find(ANN).orElseThrow().state().dueAt()).isNull();
    }

    // Grants

    @Test
    void a_grant_adds_credits_once() {
        Grant grant = new Grant(ANN, Credits.of(25), Category.PROMOTIONAL, "welcome", "Welcome");
        LedgerEntry entry = new LedgerEntry(
                ANN,
                1,
                EntryType.GRANT,
                Category.PROMOTIONAL,
                Credits.of(25),
                Credits.of(25),
                "Welcome",
                "welcome",
                null,
                NOW);

        assertThat(ledger().grant(grant, NOW)).isEqualTo(entry);
        assertThat(ledger().grant(grant, NOW.plusSeconds(1))).isEqualTo(entry);
        assertThat(ledger().balance(ANN)).isEqualTo(Credits.of(25));
        assertThat(ledger().entries(ANN, Long.MAX_VALUE, 10)).containsExactly(entry);
    }

    @Test
    void a_grant_makes_nothing_due() {
        enable(store(), ANN, "0", "10");
        ledger().grant(gift(ANN, "1", "welcome"), NOW);

        assertThat(store().find(ANN).orElseThrow().state().dueAt()).isNull();
    }

    // Reading

    @Test
    void entries_come_newest_first_in_pages() {
        for (int i = 1; i <= 5; i++) {
            ledger().grant(gift(ANN, "1", "gift-" + i), NOW.minusSeconds(i));
        }
        give(BEN, "1");

        assertThat(ledger().entries(ANN, Long.MAX_VALUE, 2))
                .extracting(LedgerEntry::sequence)
                .containsExactly(5L, 4L);
        assertThat(ledger().entries(ANN, 4, 2))
                .extracting(LedgerEntry::sequence)
                .containsExactly(3L, 2L);
        assertThat(ledger().entries(ANN, 2, 1000))
                .extracting(LedgerEntry::sequence)
                .containsExactly(1L);
        assertThat(ledger().entries(ANN, 1, 1)).isEmpty();
    }

    @Test
    void a_page_has_one_to_a_thousand_entries() {
        for (int limit : new int[] {-1, 0, 1001}) {
            assertThatThrownBy(() -> ledger().entries(ANN, Long.MAX_VALUE, limit))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("limit")
                    .hasMessageContaining(String.valueOf(limit));
        }
    }

    // Races

    @Test
    void one_reference_from_many_threads_takes_credits_once() {
        give(ANN, "1000000");
        for (int round = 0; round < rounds(); round++) {
            Debit debit = Debit.of(ANN, Credits.of(3), "job-" + round, null);
            Credits before = ledger().balance(ANN);

            List<DebitResult> results = race.run(16, number -> debit(debit));

            assertThat(results)
                    .as("round %d", round)
                    .filteredOn(DebitResult.Applied.class::isInstance)
                    .hasSize(1);
            assertThat(results)
                    .filteredOn(DebitResult.Replayed.class::isInstance)
                    .hasSize(15);
            assertThat(ledger().balance(ANN)).isEqualTo(before.minus(Credits.of(3)));
        }
        assertThat(ledger().entries(ANN, Long.MAX_VALUE, 1).get(0).sequence()).isEqualTo(rounds() + 1L);
        assertLedgerAddsUp(ANN);
    }

    @Test
    void enabling_while_a_debit_crosses_loses_no_wake_up() {
        for (int round = 0; round < rounds(); round++) {
            AccountId account = AccountId.of("race-" + round);
            ledger().grant(gift(account, "12", "gift"), NOW);

            race.run(2, number -> {
                if (number == 0) {
                    return debit(Debit.of(account, Credits.of(5), "job", null)).crossed();
                }
                return store().inTransaction(account, tx -> {
                    tx.save(new Settings(true, 100, Credits.of(10)));
                    tx.savePaymentMethod(VISA);
                    if (tx.account().balance().isLessThan(Credits.of(10))) {
                        tx.save(tx.account().state().dueAt(NOW));
                    }
                    return true;
                });
            });

            assertThat(store().find(account).orElseThrow().state().dueAt())
                    .as("round %d", round)
                    .isEqualTo(NOW);
            assertLedgerAddsUp(account);
        }
        assertThat(store().countDue(NOW, Integer.MAX_VALUE)).isEqualTo(rounds());
    }

    @Test
    void many_that_want_the_last_credits_do_not_overdraw() {
        give(ANN, "5");

        List<DebitResult> results = race.run(16, number -> debit(Debit.of(ANN, Credits.of(1), "job-" + number, null)));

        assertThat(results).filteredOn(DebitResult.Applied.class::isInstance).hasSize(5);
        assertThat(results)
                .filteredOn(new DebitResult.Refused(Credits.ZERO)::equals)
                .hasSize(11);
        assertLedgerAddsUp(ANN);
    }

    @Test
    void an_account_is_made_once_however_many_begin_with_it() {
        for (int round = 0; round < 30; round++) {
            AccountId account = AccountId.of("new-" + round);
            race.run(8, number -> {
                if (number % 3 == 0) {
                    return ledger().grant(gift(account, "1", "gift-" + number), NOW);
                }
                return number % 3 == 1
                        ? debit(Debit.of(account, Credits.of(1), "job-" + number, null)
                                .withOverdraft())
                        : store().inTransaction(account, tx -> tx.post(List.of(purchase("p" + number, "1")), NOW));
            });

            assertThat(ledger().entries(account, Long.MAX_VALUE, 10))
                    .as("round %d", round)
                    .hasSize(8);
            assertLedgerAddsUp(account);
        }
    }

    @Test
    void whatever_is_done_the_ledger_adds_up_to_the_balance() {
        long seed = 20261102;
        Random random = new Random(seed);
        List<AccountId> accounts = List.of(ANN, BEN);
        for (int step = 0; step < 150; step++) {
            AccountId account = accounts.get(random.nextInt(2));
            Credits amount = Credits.ofMicros(1 + random.nextInt(20_000_000));
            String reference = "ref-" + random.nextInt(120);
            Credits before = ledger().balance(account);
            Credits change = change(random.nextInt(4), account, amount, reference);
            assertThat(ledger().balance(account))
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(before.plus(change));
        }
        accounts.forEach(this::assertLedgerAddsUp);
    }

    private Credits change(int kind, AccountId account, Credits amount, String reference) {
        try {
            if (kind == 0) {
                return ledger().grant(gift(account, amount.toString(), reference + "-g" + amount.micros()), NOW)
                        .amount();
            }
            if (kind == 1) {
                List<LedgerEntry> written = store().inTransaction(
                                account, tx -> tx.post(List.of(purchase(reference, amount.toString())), NOW));
                return written.isEmpty() ? Credits.ZERO : amount;
            }
            Debit debit = Debit.of(account, amount, reference, null);
            DebitResult result = debit(kind == 2 ? debit : debit.withOverdraft());
            return result instanceof DebitResult.Applied ? amount.negated() : Credits.ZERO;
        } catch (ReferenceConflictException e) {
            return Credits.ZERO;
        }
    }

    private void assertLedgerAddsUp(AccountId account) {
        List<LedgerEntry> oldestFirst = new ArrayList<>(ledger().entries(account, Long.MAX_VALUE, 1000));
        Collections.reverse(oldestFirst);
        long sequence = oldestFirst.isEmpty() ? 0 : oldestFirst.get(0).sequence() - 1;
        Credits sum = oldestFirst.isEmpty()
                ? Credits.ZERO
                : oldestFirst.get(0).balanceAfter().minus(oldestFirst.get(0).amount());
        if (oldestFirst.size() < 1000) {
            assertThat(sequence).isZero();
            assertThat(sum).isEqualTo(Credits.ZERO);
        }
        for (LedgerEntry entry : oldestFirst) {
            sequence++;
            sum = sum.plus(entry.amount());
            assertThat(entry.sequence()).isEqualTo(sequence);
            assertThat(entry.balanceAfter()).isEqualTo(sum);
        }
        assertThat(ledger().balance(account)).isEqualTo(sum);
    }

    private DebitResult debit(Debit debit) {
        return ledger().debit(debit, false, NOW);
    }

    private void give(AccountId account, String credits) {
        ledger().grant(gift(account, credits, "gift"), NOW);
    }

    private static Grant gift(AccountId account, String credits, String reference) {
        return new Grant(account, Credits.of(credits), Category.PROMOTIONAL, reference, "Gift");
    }
}
