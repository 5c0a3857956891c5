package io.autorecharge.testkit;

import static io.autorecharge.testkit.Rows.NOW;
import static io.autorecharge.testkit.Rows.bonus;
import static io.autorecharge.testkit.Rows.purchase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.ReferenceConflictException;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.Posting;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link Ledger#post}. It is all that the library requires of a ledger in another service. The test of a ledger extends this
 * class and supplies the ledger.
 */
public abstract class RemoteLedgerContract {
    final AccountId ann = account("ann");
    final AccountId ben = account("ben");

    final Race race = new Race();

    /** The ledger under test: the same object during one test, and empty at its start. */
    protected abstract Ledger ledger();

    /** An account for the tests; the same for the same name. */
    protected AccountId account(String name) {
        return AccountId.of(name);
    }

    @AfterEach
    void endRaces() {
        race.close();
    }

    @Test
    void what_the_library_owes_is_applied_once() {
        LedgerEntry entry = new LedgerEntry(
                ann,
                2,
                EntryType.BONUS,
                Category.PROMOTIONAL,
                Credits.of("20.000001"),
                Credits.of("120.000001"),
                "Bonus",
                "p1/bonus",
                "p1",
                NOW);
        ledger().post(ann, purchase("p1", "100"), NOW);

        assertThat(ledger().post(ann, bonus("p1/bonus", "20.000001", "p1"), NOW))
                .isEqualTo(entry);
        assertThat(ledger().post(ann, bonus("p1/bonus", "20.000001", "p1"), NOW.plusSeconds(1)))
                .isEqualTo(entry);
        assertThat(ledger().entries(ann, Long.MAX_VALUE, 10)).hasSize(2).contains(entry);
        assertThat(ledger().balance(ann)).isEqualTo(Credits.of("120.000001"));
    }

    @Test
    void a_posting_of_two_nodes_at_once_is_applied_once() {
        for (int round = 0; round < 20; round++) {
            Posting owed = purchase("p" + round, "1");

            List<LedgerEntry> answers = race.run(4, number -> ledger().post(ann, owed, NOW));

            assertThat(answers).as("round %d", round).containsOnly(answers.get(0));
            assertThat(ledger().balance(ann)).isEqualTo(Credits.of(round + 1));
        }
    }

    @Test
    void a_balance_includes_what_another_thread_was_answered() {
        for (int round = 0; round < 20; round++) {
            Posting owed = purchase("p" + round, "1");
            Race.result(race.start(() -> ledger().post(ann, owed, NOW)));

            assertThat(ledger().balance(ann)).isEqualTo(Credits.of(round + 1));
        }
    }

    @Test
    void the_same_reference_of_another_account_is_another_one() {
        ledger().post(ann, purchase("p1", "100"), NOW);
        ledger().post(ben, purchase("p1", "50"), NOW);

        assertThat(ledger().balance(ann)).isEqualTo(Credits.of(100));
        assertThat(ledger().balance(ben)).isEqualTo(Credits.of(50));
    }

    @Test
    void a_reversal_may_make_the_balance_negative() {
        ledger().post(ann, purchase("p1", "5"), NOW);
        Posting back = new Posting(EntryType.PURCHASE, Category.PAID, Credits.of("-7"), "Taken back", "p1/back", "p1");

        assertThat(ledger().post(ann, back, NOW).balanceAfter()).isEqualTo(Credits.of("-2"));
        assertThat(ledger().balance(ann)).isEqualTo(Credits.of("-2"));
    }

    @Test
    void a_posting_whose_reference_was_used_for_something_else_is_refused() {
        ledger().post(ann, purchase("p1", "100"), NOW);

        assertThatThrownBy(() -> ledger().post(ann, purchase("p1", "99"), NOW))
                .isInstanceOf(ReferenceConflictException.class);
        assertThat(ledger().balance(ann)).isEqualTo(Credits.of(100));
    }
}
