package io.autorecharge.testkit;

import static io.autorecharge.testkit.Rows.NOW;
import static io.autorecharge.testkit.Rows.purchase;
import static io.autorecharge.testkit.Rows.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.store.BalanceState;
import io.autorecharge.store.OwedEntries;
import io.autorecharge.store.OwedEntries.Bought;
import io.autorecharge.store.Posting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules of entries that are owed to the ledger, and of the transaction that locks an account's state only. */
abstract class OwedEntriesContract extends ReversalsContract {
    private static final Money PRICE = Money.of("9.00", "USD");
    private static final Instant LATER = NOW.plus(Duration.ofMinutes(5));
    private static final OwedEntries GRANT = OwedEntries.ofPurchase(
            "pi_1", PRICE, new Bought(Bought.Kind.CHECKOUT, Credits.of(100), Credits.of("20.5")), NOW, LATER, "no");
    private static final OwedEntries REMOVAL = OwedEntries.ofReversal("pi_2", PRICE, 300, Reversal.Kind.DISPUTE, NOW);

    @Test
    void owed_entries_are_written_changed_found_and_removed() {
        OwedEntries refused = REMOVAL.refused("check", LATER.plusSeconds(1));
        write(store(), ann, tx -> {
            tx.save(GRANT);
            tx.save(REMOVAL);
            assertThat(tx.owed()).containsExactlyInAnyOrder(GRANT, REMOVAL);
        });
        write(store(), ann, tx -> tx.save(refused));

        assertThat(store().owed(ann)).containsExactlyInAnyOrder(GRANT, refused);
        assertThat(store().owed(ben)).isEmpty();
        write(store(), ann, tx -> {
            tx.removeOwed("pi_1");
            tx.removeOwed("pi_9");
            assertThat(tx.owed()).containsExactly(refused);
        });
        assertThat(store().owed(ann)).containsExactly(refused);
    }

    @Test
    void the_balance_is_doubted_until_nothing_is_owed() {
        write(store(), ann, tx -> tx.save(GRANT));
        write(store(), ann, tx -> {
            BalanceState state = tx.balanceState(NOW);
            assertThat(state.doubt().reason()).isEqualTo(HoldReason.ENTRIES_OWED);
            assertThat(state.nextDeliveryAt()).isEqualTo(LATER);
            assertThat(state.owesEntries(NOW)).isFalse();
            assertThat(state.owesEntries(LATER)).isTrue();
            tx.save(REMOVAL);
        });
        write(store(), ann, tx -> {
            assertThat(tx.balanceState(NOW).nextDeliveryAt())
                    .as("the next of both")
                    .isEqualTo(NOW);
            tx.removeOwed("pi_1");
            tx.save(REMOVAL.posted(900, Credits.of(3), Credits.ZERO));
        });

        write(store(), ann, tx -> {
            assertThat(tx.balanceState(NOW)).as("written off is not owed").isEqualTo(BalanceState.CURRENT);
            assertThat(tx.owed()).extracting(OwedEntries::writtenOff).containsExactly(Credits.of(3));
        });
        write(store(), ben, tx -> assertThat(tx.balanceState(NOW)).isEqualTo(BalanceState.CURRENT));
    }

    @Test
    void the_sweep_finds_owed_entries_whose_account_lost_its_next_check() {
        write(store(), ann, tx -> {
            tx.save(GRANT);
            tx.save(tx.account().state().stopped(new Suspension(Suspension.Reason.DISPUTED, NOW, null)));
        });
        write(store(), ben, tx -> {
            tx.save(REMOVAL.posted(900, Credits.of(3), Credits.ZERO));
            tx.save(tx.account().state().dueAt(null));
        });
        for (Instant next : new Instant[] {null, LATER.plus(Duration.ofDays(30))}) {
            write(store(), ann, tx -> tx.save(tx.account().state().dueAt(next)));

            assertThat(store().sweep(false, NOW)).as("not yet to be tried").isZero();
            assertThat(store().sweep(false, LATER)).as("although it is stopped").isEqualTo(1);
            assertThat(store().sweep(false, LATER)).as("due already").isZero();
            assertThat(store().takeDue(LATER, LATER.plusSeconds(300), 9)).containsExactly(ann);
            assertThat(store().sweep(false, LATER)).as("being checked").isZero();
            assertThat(store().sweepAll(LATER)).as("being checked").isZero();
        }
    }

    @Test
    void owed_entries_of_a_transaction_that_fails_are_not_written() {
        assertThatThrownBy(() -> write(store(), ann, tx -> {
                    tx.save(GRANT);
                    throw new IllegalStateException("by the test");
                }))
                .hasMessage("by the test");

        assertThat(store().owed(ann)).isEmpty();
        write(store(), ann, tx -> assertThat(tx.balanceState(NOW)).isEqualTo(BalanceState.CURRENT));
    }

    @Test
    void the_posted_reversals_of_a_purchase_are_found_in_ledger_and_grants() {
        Posting first = reversal("autorecharge/pi_1/reversal/1-0", "autorecharge/pi_1");
        Posting second = reversal("autorecharge/pi_1/reversal/2-0", "autorecharge/pi_1");
        Posting other = reversal("autorecharge/pi_2/reversal/1-0", "autorecharge/pi_2");
        write(store(), ann, tx -> {
            tx.post(List.of(purchase("pi_1", "100")), NOW);
            tx.post(List.of(first), NOW);
            tx.post(List.of(other), NOW);
            tx.promise(List.of(second), NOW, NOW);
            assertThat(tx.reversalsPosted("autorecharge/pi_1")).containsExactlyInAnyOrder(first, second);
        });

        write(store(), ann, tx -> {
            assertThat(tx.reversalsPosted("autorecharge/pi_1")).containsExactlyInAnyOrder(first, second);
            assertThat(tx.reversalsPosted("autorecharge/pi_3")).isEmpty();
        });
        write(
                store(),
                ben,
                tx -> assertThat(tx.reversalsPosted("autorecharge/pi_1")).isEmpty());
    }

    private static Posting reversal(String reference, String purchase) {
        return new Posting(EntryType.REVERSAL, Category.PAID, Credits.of(-1), "Reversed", reference, purchase);
    }

    @Test
    void a_transaction_of_the_state_suspends_and_records_and_keeps_the_rest() {
        Suspension stop = new Suspension(Suspension.Reason.DISPUTED, NOW, null);
        write(store(), ann, tx -> {
            tx.save(new Settings(true, 100, Credits.of(10)));
            tx.post(List.of(purchase("pi_1", "100")), NOW);
        });

        store().inStateTransaction(ann, tx -> {
            assertThat(tx.account().settings().enabled()).isTrue();
            assertThat(tx.account().balance()).isEqualTo(Credits.of(100));
            tx.save(tx.account().state().stopped(stop));
            tx.save("pi_1", new Reversal("re_1", Reversal.Kind.REFUND, PRICE, Money.of("0.00", "USD")));
            tx.save(REMOVAL);
            return tx;
        });

        write(store(), ann, tx -> {
            assertThat(tx.account().state().suspension()).isEqualTo(stop);
            assertThat(tx.account().balance()).isEqualTo(Credits.of(100));
            assertThat(tx.reversalsOf("pi_1")).hasSize(1);
            assertThat(tx.owed()).containsExactly(REMOVAL);
            assertThat(tx.post(List.of(purchase("pi_2", "1")), NOW))
                    .as("its sequence goes on")
                    .isTrue();
        });
    }

    @Test
    void a_transaction_of_the_state_writes_nothing_when_it_fails() {
        write(store(), ann, tx -> {});
        assertThatThrownBy(() -> store().inStateTransaction(ann, tx -> {
                    tx.save(REMOVAL);
                    throw new IllegalStateException("by the test");
                }))
                .hasMessage("by the test");

        assertThat(store().owed(ann)).isEmpty();
    }

    @Test
    void a_transaction_of_the_state_refuses_to_write_the_accounts_own_row() {
        write(store(), ann, tx -> {});
        store().inStateTransaction(ann, tx -> {
            assertThatThrownBy(() -> tx.save(Settings.initial(Credits.of(10))))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> tx.saveCustomer("cus_1")).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> tx.savePaymentMethod(new PaymentMethod("cus_1", "pm_1", null, null, null)))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> tx.post(List.of(purchase("pi_1", "1")), NOW))
                    .isInstanceOf(IllegalStateException.class);
            return tx;
        });

        write(store(), ann, tx -> assertThat(tx.account().balance()).isEqualTo(Credits.ZERO));
    }
}
