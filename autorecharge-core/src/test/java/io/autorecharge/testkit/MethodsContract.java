package io.autorecharge.testkit;

import static io.autorecharge.testkit.Rows.NOW;
import static io.autorecharge.testkit.Rows.attempt;
import static io.autorecharge.testkit.Rows.recharge;
import static io.autorecharge.testkit.Rows.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.autorecharge.account.AccountState;
import io.autorecharge.account.MethodStop;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.SavedMethod;
import io.autorecharge.account.Suspension;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptProgress;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.AttemptTerms;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.StoreException;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules of an account's payment methods, and of a recharge that tries several of them. */
abstract class MethodsContract extends CardsContract {
    private SavedMethod method(String id) {
        return new SavedMethod(new PaymentMethod(
                "cus_of " + ann, id, "visa", "4242", "fp " + id + ann, "card", YearMonth.of(2031, 12)));
    }

    private SavedMethod stopped(String id) {
        return method(id)
                .failed(2, NOW.plusSeconds(60), new MethodStop(Suspension.Reason.HARD_DECLINE, NOW.minusSeconds(5)));
    }

    private static PaymentMethods list(SavedMethod... methods) {
        return new PaymentMethods(List.of(methods));
    }

    private void saved(PaymentMethods methods) {
        write(store(), ann, tx -> tx.save(methods));
    }

    @Test
    void an_account_without_backups_tells_of_its_method_by_its_state() {
        Suspension stop = new Suspension(Suspension.Reason.HARD_DECLINE, NOW, "fp");
        write(store(), ann, tx -> {
            tx.savePaymentMethod(method("pm_1").method());
            tx.save(AccountState.INITIAL.declined(2, NOW.plusSeconds(9), stop));
        });

        PaymentMethods expected =
                list(method("pm_1").failed(2, NOW.plusSeconds(9), new MethodStop(Suspension.Reason.HARD_DECLINE, NOW)));
        assertThat(store().methods(ann)).isEqualTo(expected);
        write(store(), ann, tx -> assertThat(tx.methods()).isEqualTo(expected));
        assertThat(store().methods(ben)).isEqualTo(PaymentMethods.none());
    }

    @Test
    void the_list_is_read_as_it_was_saved_in_its_order_and_the_first_is_the_primary_method() {
        PaymentMethods all = list(method("pm_1"), stopped("pm_2"), method("pm_3"));
        write(store(), ann, tx -> {
            tx.save(all);
            assertThat(tx.methods()).isEqualTo(all);
            assertThat(tx.account().method()).isEqualTo(method("pm_1").method());
            assertThat(tx.account().state().backups()).isEqualTo(2);
        });

        assertThat(store().methods(ann)).isEqualTo(all);
        assertThat(store().find(ann).orElseThrow().method())
                .isEqualTo(method("pm_1").method());
        assertThat(store().find(ann).orElseThrow().state().backups()).isEqualTo(2);

        PaymentMethods reordered = list(method("pm_3"), method("pm_1"), stopped("pm_2"));
        saved(reordered);
        assertThat(store().methods(ann)).isEqualTo(reordered);
    }

    @Test
    void changes_of_one_entry_and_removals_are_kept() {
        saved(list(method("pm_1"), method("pm_2"), method("pm_3")));

        saved(list(stopped("pm_1"), method("pm_3")));

        assertThat(store().methods(ann)).isEqualTo(list(stopped("pm_1"), method("pm_3")));
        saved(list(method("pm_3")));
        assertThat(store().methods(ann)).isEqualTo(list(method("pm_3")));
        assertThat(store().find(ann).orElseThrow().state().backups()).isZero();
        saved(list(method("pm_3"), method("pm_1")));
        assertThat(store().methods(ann)).isEqualTo(list(method("pm_3"), method("pm_1")));
        saved(PaymentMethods.none());
        assertThat(store().methods(ann)).isEqualTo(PaymentMethods.none());
        assertThat(store().find(ann).orElseThrow().customerId()).isEqualTo("cus_of " + ann);
    }

    @Test
    void saving_another_primary_method_keeps_the_backups_and_forgetting_forgets_all() {
        saved(list(method("pm_1"), method("pm_2")));

        write(store(), ann, tx -> tx.savePaymentMethod(method("pm_9").method()));
        assertThat(store().methods(ann)).isEqualTo(list(method("pm_9"), method("pm_2")));

        write(store(), ann, tx -> tx.savePaymentMethod(method("pm_2").method()));
        assertThat(store().methods(ann)).isEqualTo(list(method("pm_2")));

        saved(list(method("pm_1"), method("pm_2")));
        write(store(), ann, tx -> tx.savePaymentMethod(null));
        assertThat(store().methods(ann)).isEqualTo(PaymentMethods.none());
    }

    @Test
    void saving_the_state_keeps_the_number_of_backups() {
        saved(list(method("pm_1"), method("pm_2")));

        write(store(), ann, tx -> tx.save(AccountState.INITIAL.dueAt(NOW)));

        assertThat(store().find(ann).orElseThrow().state().backups()).isEqualTo(1);
        assertThat(store().methods(ann).all()).hasSize(2);
    }

    @Test
    void a_list_that_is_rolled_back_was_never_saved() {
        saved(list(method("pm_1"), method("pm_2")));

        assertThatIllegalStateException()
                .isThrownBy(() -> write(store(), ann, tx -> {
                    tx.save(list(method("pm_2"), method("pm_3")));
                    throw new IllegalStateException("by the test");
                }));

        assertThat(store().methods(ann)).isEqualTo(list(method("pm_1"), method("pm_2")));
    }

    @Test
    void under_the_lock_of_the_state_an_entry_changes_and_the_primary_method_does_not() {
        saved(list(method("pm_1"), method("pm_2")));

        store().inStateTransaction(ann, tx -> {
            tx.save(list(stopped("pm_1"), method("pm_2")));
            return true;
        });

        assertThat(store().methods(ann)).isEqualTo(list(stopped("pm_1"), method("pm_2")));
        assertThatIllegalStateException()
                .isThrownBy(() -> store().inStateTransaction(ann, tx -> {
                    tx.save(list(method("pm_2"), method("pm_1")));
                    return true;
                }));
    }

    @Test
    void a_further_attempt_follows_one_that_has_ended_and_is_the_latest_of_its_open_recharge() {
        Attempt first = attempt(ann, "r1", NOW);
        Attempt second = next(first, 2);
        write(store(), ann, tx -> {
            tx.open(recharge(ann, "r1", NOW), first);
            tx.save(first.in(AttemptState.DECLINED, NOW, "pi_1", "declined"));
        });

        write(store(), ann, tx -> tx.open(second));

        write(store(), ann, tx -> {
            assertThat(tx.openRecharge().orElseThrow().attempt()).isEqualTo(second);
            assertThat(tx.rechargeOf(first.id()).orElseThrow().attempt().state())
                    .isEqualTo(AttemptState.DECLINED);
            assertThat(tx.attempts(new RechargeId("r1")))
                    .extracting(Attempt::number)
                    .containsExactly(1, 2);
            assertThat(tx.attempts(new RechargeId("unknown"))).isEmpty();
        });
        assertThat(store().attempts(ann, new RechargeId("r1")))
                .extracting(Attempt::id)
                .containsExactly(first.id(), second.id());
        assertThat(store().recharges(ann, 10))
                .singleElement()
                .satisfies(it -> assertThat(it.attempt()).isEqualTo(second));
    }

    @Test
    void a_further_attempt_is_refused_while_another_is_open_and_for_an_unknown_recharge() {
        Attempt first = attempt(ann, "r1", NOW);
        write(store(), ann, tx -> tx.open(recharge(ann, "r1", NOW), first));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> write(store(), ann, tx -> tx.open(next(first, 2))));
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> write(store(), ben, tx -> tx.open(next(attempt(ben, "r7", NOW), 2))));

        assertThat(store().attempts(ann, new RechargeId("r1"))).hasSize(1);
    }

    @Test
    void an_attempt_that_has_ended_may_be_written_beside_an_open_one_and_in_a_recharge_that_has_ended() {
        Attempt first = attempt(ann, "r1", NOW);
        Attempt third = next(first, 3);
        Attempt second = next(first, 2).in(AttemptState.DECLINED, NOW, "pi_2", "declined");
        write(store(), ann, tx -> {
            tx.open(recharge(ann, "r1", NOW), first);
            tx.save(first.in(AttemptState.DECLINED, NOW, "pi_1", "declined"));
            tx.open(third);
        });

        write(store(), ann, tx -> tx.open(second));

        write(store(), ann, tx -> {
            assertThat(tx.openRecharge().orElseThrow().attempt()).isEqualTo(third);
            assertThat(tx.attempts(new RechargeId("r1")))
                    .extracting(Attempt::number)
                    .containsExactly(1, 2, 3);
            tx.save(third.in(AttemptState.DECLINED, NOW, "pi_3", "declined"));
            tx.save(recharge(ann, "r1", NOW).in(RechargeState.FAILED, NOW));
        });
        write(store(), ann, tx -> tx.open(next(first, 4)));
        assertThat(store().attempts(ann, new RechargeId("r1"))).hasSize(4);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> write(store(), ann, tx -> tx.open(new Attempt(second.terms(), second.progress()))));
    }

    private static Attempt next(Attempt first, int number) {
        return new Attempt(
                new AttemptTerms(
                        first.account(),
                        first.recharge(),
                        new AttemptId(first.recharge() + "-" + number),
                        number,
                        first.customerId(),
                        "pm_backup",
                        "fp-backup",
                        first.amount(),
                        first.description(),
                        first.installation()),
                AttemptProgress.unsent(NOW));
    }
}
