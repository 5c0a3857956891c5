package io.autorecharge.testkit;

import static io.autorecharge.testkit.Rows.NOW;
import static io.autorecharge.testkit.Rows.bonus;
import static io.autorecharge.testkit.Rows.purchase;
import static io.autorecharge.testkit.Rows.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.AccountState;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.store.Posting;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules of refunds and disputes and their ledger entries in a transaction. */
abstract class ReversalsContract extends GrantsContract {
    private static final Reversal REFUND = reversal("re_1", Reversal.Kind.REFUND, 450, 0);
    private static final Reversal DISPUTE = reversal("dp_1", Reversal.Kind.DISPUTE, 900, 0);

    private static Reversal reversal(String id, Reversal.Kind kind, long taken, long returned) {
        return new Reversal(id, kind, Money.ofMinor(taken, "USD"), Money.ofMinor(returned, "USD"));
    }

    @Test
    void reversals_are_written_changed_and_found_by_their_payment() {
        Reversal failed = reversal("re_1", Reversal.Kind.REFUND, 450, 450);
        write(store(), ann, tx -> {
            tx.save("pi_1", REFUND);
            assertThat(tx.reversalsOf("pi_1")).containsExactly(REFUND);
            tx.save("pi_1", DISPUTE);
            tx.save("pi_2", REFUND);
        });
        write(store(), ann, tx -> {
            tx.save("pi_1", failed);
            tx.save("pi_1", failed);
        });

        write(store(), ann, tx -> {
            assertThat(tx.reversalsOf("pi_1")).containsExactlyInAnyOrder(DISPUTE, failed);
            assertThat(tx.reversalsOf("pi_2")).containsExactly(REFUND);
            assertThat(tx.reversalsOf("pi_3")).isEmpty();
        });
        write(store(), ben, tx -> assertThat(tx.reversalsOf("pi_1")).isEmpty());
    }

    @Test
    void reversals_of_a_transaction_that_fails_are_not_written() {
        assertThatThrownBy(() -> write(store(), ann, tx -> {
                    tx.save("pi_1", REFUND);
                    throw new IllegalStateException("by the test");
                }))
                .hasMessage("by the test");

        write(store(), ann, tx -> assertThat(tx.reversalsOf("pi_1")).isEmpty());
    }

    @Test
    void what_was_posted_is_found_by_its_reference_within_its_account() {
        Posting paid = purchase("p1", "100");
        Posting promotional = bonus("p1/bonus", "20", "p1");
        write(store(), ann, tx -> {
            tx.post(List.of(paid, promotional), NOW);
            assertThat(tx.posted("p1")).contains(paid);
        });

        write(store(), ann, tx -> {
            assertThat(tx.posted("p1")).contains(paid);
            assertThat(tx.posted("p1/bonus")).contains(promotional);
            assertThat(tx.posted("p2")).isEmpty();
        });
        write(store(), ben, tx -> assertThat(tx.posted("p1")).isEmpty());
    }

    @Test
    void a_recorded_grant_is_found_by_its_reference_like_a_posting() {
        write(store(), ann, tx -> {
            tx.promise(List.of(purchase("p1", "100")), NOW, NOW);
            assertThat(tx.posted("p1")).contains(purchase("p1", "100"));
        });

        write(store(), ann, tx -> {
            tx.save(tx.grants().pending().get(0).delivered(NOW));
            assertThat(tx.posted("p1")).contains(purchase("p1", "100"));
        });
        write(store(), ben, tx -> assertThat(tx.posted("p1")).isEmpty());
    }

    @Test
    void entries_that_remove_credits_may_make_the_balance_negative() {
        Posting taken =
                new Posting(EntryType.REVERSAL, Category.PAID, Credits.of("-100.5"), "Reversed", "p1/reversal", "p1");
        write(store(), ann, tx -> tx.post(List.of(purchase("p1", "100")), NOW));
        write(store(), ann, tx -> assertThat(tx.post(List.of(taken), NOW)).isTrue());
        write(store(), ann, tx -> assertThat(tx.post(List.of(taken), NOW)).isFalse());

        write(store(), ann, tx -> assertThat(tx.posted("p1/reversal")).contains(taken));
        assertThat(store().find(ann).orElseThrow().balance()).isEqualTo(Credits.of("-0.5"));
    }

    @Test
    void every_reason_to_stop_can_be_stored() {
        for (Suspension.Reason reason : Suspension.Reason.values()) {
            AccountState stopped = AccountState.INITIAL.stopped(new Suspension(reason, NOW, null));
            write(store(), ann, tx -> tx.save(stopped));
            assertThat(store().find(ann).orElseThrow().state()).isEqualTo(stopped);
        }
    }
}
