package io.autorecharge.testkit;

import static io.autorecharge.testkit.Rows.NOW;
import static io.autorecharge.testkit.Rows.VISA;
import static io.autorecharge.testkit.Rows.bonus;
import static io.autorecharge.testkit.Rows.enable;
import static io.autorecharge.testkit.Rows.purchase;
import static io.autorecharge.testkit.Rows.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.AccountState;
import io.autorecharge.account.Announcement;
import io.autorecharge.account.Consent;
import io.autorecharge.account.RequestedCredits;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.ReferenceConflictException;
import io.autorecharge.store.Ledger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The contract of a {@link Ledger} on the data of a store. The test of a ledger extends this class and supplies the ledger and the store. The
 * Javadoc of the port has the rules that are tested here.
 */
public abstract class StoreLedgerContract extends UsageContract {
    @Test
    void a_grant_makes_an_account_due_whose_charge_was_announced() {
        enable(store(), ann, "5", "10");
        ledger().grant(new Grant(ann, Credits.of(1), Category.PAID, "first", "First"), NOW);
        assertThat(store().find(ann).orElseThrow().state().dueAt()).isNull();
        Announcement announced = new Announcement(
                NOW, NOW.plusSeconds(60), Money.of("9.00", "USD"), 100, Money.of("9.00", "USD"), List.of("fp"));
        write(
                store(),
                ann,
                tx -> tx.save(tx.account().state().announced(announced).dueAt(NOW.plusSeconds(60))));

        ledger().grant(new Grant(ann, Credits.of(1), Category.PAID, "second", "Second"), NOW.plusSeconds(2));
        assertThat(store().find(ann).orElseThrow().state().dueAt()).isEqualTo(NOW.plusSeconds(2));
    }

    @Test
    void a_grant_adds_credits_once() {
        Grant grant = new Grant(ann, Credits.of(25), Category.PROMOTIONAL, "welcome", "Welcome");
        LedgerEntry entry = new LedgerEntry(
                ann,
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
        assertThat(ledger().balance(ann)).isEqualTo(Credits.of(25));
        assertThat(ledger().entries(ann, Long.MAX_VALUE, 10)).containsExactly(entry);
    }

    @Test
    void what_the_protocol_posts_is_applied_in_order() {
        store().inTransaction(ann, tx -> tx.post(List.of(purchase("p0", "1.5")), NOW));
        store().inTransaction(
                        ann,
                        tx -> tx.post(
                                List.of(purchase("p1", "100"), bonus("p1/bonus", "20", "p1")), NOW.plusSeconds(1)));

        assertThat(ledger().entries(ann, 4, 2))
                .containsExactly(
                        new LedgerEntry(
                                ann,
                                3,
                                EntryType.BONUS,
                                Category.PROMOTIONAL,
                                Credits.of(20),
                                Credits.of("121.5"),
                                "Bonus",
                                "p1/bonus",
                                "p1",
                                NOW.plusSeconds(1)),
                        new LedgerEntry(
                                ann,
                                2,
                                EntryType.PURCHASE,
                                Category.PAID,
                                Credits.of(100),
                                Credits.of("101.5"),
                                "Purchase",
                                "p1",
                                null,
                                NOW.plusSeconds(1)));
        assertThat(store().find(ann).orElseThrow().balance()).isEqualTo(Credits.of("121.5"));
    }

    @Test
    void a_grant_makes_nothing_due() {
        enable(store(), ann, "0", "10");
        ledger().grant(gift(ann, "1", "welcome"), NOW);

        assertThat(store().find(ann).orElseThrow().state().dueAt()).isNull();
    }

    @Test
    void entries_are_read_newest_first_in_batches() {
        for (int i = 1; i <= 5; i++) {
            ledger().grant(gift(ann, "1", "gift-" + i), NOW.minusSeconds(i));
        }
        give(ben, "1");

        assertThat(ledger().entries(ann, Long.MAX_VALUE, 2))
                .extracting(LedgerEntry::sequence)
                .containsExactly(5L, 4L);
        assertThat(ledger().entries(ann, 4, 2))
                .extracting(LedgerEntry::sequence)
                .containsExactly(3L, 2L);
        assertThat(ledger().entries(ann, 2, 1000))
                .extracting(LedgerEntry::sequence)
                .containsExactly(1L);
        assertThat(ledger().entries(ann, 1, 1)).isEmpty();
    }

    @Test
    void the_limit_of_entries_is_between_1_and_1000() {
        for (int limit : new int[] {-1, 0, 1001}) {
            assertThatThrownBy(() -> ledger().entries(ann, Long.MAX_VALUE, limit))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("limit")
                    .hasMessageContaining(String.valueOf(limit));
        }
    }

    @Test
    void one_reference_from_many_threads_removes_credits_once() {
        give(ann, "1000000");
        for (int round = 0; round < rounds(); round++) {
            Debit debit = Debit.of(ann, Credits.of(3), "job-" + round, null);
            Credits before = ledger().balance(ann);

            List<DebitResult> results = race.run(16, number -> debit(debit));

            assertThat(results)
                    .as("round %d", round)
                    .filteredOn(DebitResult.Applied.class::isInstance)
                    .hasSize(1);
            assertThat(results)
                    .filteredOn(DebitResult.Replayed.class::isInstance)
                    .hasSize(15);
            assertThat(ledger().balance(ann)).isEqualTo(before.minus(Credits.of(3)));
        }
        assertThat(ledger().entries(ann, Long.MAX_VALUE, 1).get(0).sequence()).isEqualTo(rounds() + 1L);
        assertLedgerAddsUp(ann);
    }

    @Test
    void enabling_while_a_debit_crosses_loses_no_wake_up() {
        for (int round = 0; round < rounds(); round++) {
            AccountId account = account("race-" + round);
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
        give(ann, "5");

        List<DebitResult> results = race.run(16, number -> debit(Debit.of(ann, Credits.of(1), "job-" + number, null)));

        assertThat(results).filteredOn(DebitResult.Applied.class::isInstance).hasSize(5);
        assertThat(results)
                .filteredOn(new DebitResult.Refused(Credits.ZERO)::equals)
                .hasSize(11);
        assertLedgerAddsUp(ann);
    }

    @Test
    void an_account_is_made_once_however_many_begin_with_it() {
        for (int round = 0; round < rounds(); round++) {
            AccountId account = account("new-" + round);
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
        List<AccountId> accounts = List.of(ann, ben);
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
                boolean written = store().inTransaction(
                                account, tx -> tx.post(List.of(purchase(reference, amount.toString())), NOW));
                return written ? amount : Credits.ZERO;
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

    @Test
    void a_refused_debit_of_an_account_that_can_be_recharged_is_remembered_and_makes_it_due() {
        write(store(), ann, tx -> {
            tx.save(new Settings(true, 100, Credits.of(10)));
            tx.savePaymentMethod(Rows.visaOf(ann));
            tx.save(tx.account().state().withConsent(new Consent("v1", NOW)).dueAt(null));
        });
        ledger().grant(new Grant(ann, Credits.of(50), Category.PAID, "start", "Start"), NOW);

        assertThat(ledger().debit(Debit.of(ann, Credits.of(80), "big", null), false, NOW))
                .isEqualTo(new DebitResult.Refused(Credits.of(50), true));
        assertThat(ledger().debit(Debit.of(ann, Credits.of(60), "smaller", null), false, NOW.plusSeconds(5)))
                .isEqualTo(new DebitResult.Refused(Credits.of(50), true));

        AccountState state = store().find(ann).orElseThrow().state();
        assertThat(state.requested())
                .isEqualTo(
                        new RequestedCredits(Credits.of(80), NOW.plusSeconds(5).plus(RequestedCredits.LIFE)));
        assertThat(state.dueAt()).isEqualTo(NOW);
        write(store(), ann, tx -> {
            assertThat(tx.account().state().requested()).isEqualTo(state.requested());
            tx.save(tx.account().state().requesting(null));
        });
        assertThat(store().find(ann).orElseThrow().state().requested()).isNull();
    }
}
