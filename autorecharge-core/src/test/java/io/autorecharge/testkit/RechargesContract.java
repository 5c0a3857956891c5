package io.autorecharge.testkit;

import static io.autorecharge.testkit.Rows.NOW;
import static io.autorecharge.testkit.Rows.attempt;
import static io.autorecharge.testkit.Rows.recharge;
import static io.autorecharge.testkit.Rows.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.autorecharge.account.Announcement;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.policy.PastRecharge;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import java.time.Instant;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules of recharges and attempts in a transaction: one is open, and decided ones stay decided. */
abstract class RechargesContract extends AccountTransactionContract {
    @Test
    void a_second_open_recharge_is_refused_and_nothing_of_it_is_written() {
        Recharge first = recharge(ann, "r1", NOW);
        write(
                store(),
                ann,
                tx -> assertThat(tx.open(first, attempt(ann, "r1", NOW))).isTrue());

        write(store(), ann, tx -> {
            assertThat(tx.open(recharge(ann, "r2", NOW), attempt(ann, "r2", NOW)))
                    .isFalse();
            assertThat(tx.rechargeOf(new AttemptId("r2-1"))).isEmpty();
            assertThat(tx.openRecharge()).contains(new RechargeWithAttempt(first, attempt(ann, "r1", NOW)));
        });
        assertThat(store().recharges(ann, 10)).containsExactly(new RechargeWithAttempt(first, attempt(ann, "r1", NOW)));
    }

    @Test
    void a_recharge_keeps_what_was_announced_before_it() {
        Announcement announced = new Announcement(
                NOW.minusSeconds(90),
                NOW.minusSeconds(30),
                Money.of("20.00", "USD"),
                100,
                Money.of("9.99", "USD"),
                List.of("fp-visa", "pm_2"));
        Recharge recharge = announcing(recharge(ann, "r1", NOW), announced);
        write(store(), ann, tx -> tx.open(recharge, attempt(ann, "r1", NOW)));

        write(store(), ann, tx -> {
            assertThat(tx.openRecharge().orElseThrow().recharge()).isEqualTo(recharge);
            tx.save(recharge.in(RechargeState.FAILED, NOW.plusSeconds(1)));
        });
        assertThat(store().recharges(ann, 1).get(0).recharge().announced()).isEqualTo(announced);
    }

    private static Recharge announcing(Recharge it, Announcement announced) {
        return new Recharge(
                it.account(),
                it.id(),
                it.trigger(),
                it.state(),
                it.packageCredits(),
                it.credits(),
                it.bonus(),
                it.price(),
                it.balance(),
                it.openedAt(),
                it.closedAt(),
                it.maxAttempts(),
                announced,
                null);
    }

    @Test
    void of_many_that_open_a_recharge_one_succeeds() {
        List<Boolean> opened = race.run(
                8,
                number -> store().inTransaction(
                                ann, tx -> tx.open(recharge(ann, "r" + number, NOW), attempt(ann, "r" + number, NOW))));

        assertThat(Collections.frequency(opened, true)).isEqualTo(1);
        assertThat(store().recharges(ann, 10)).hasSize(1);
    }

    @Test
    void a_recharge_that_has_ended_is_written_beside_an_open_one() {
        Instant later = NOW.plusSeconds(9);
        RechargeWithAttempt ended = new RechargeWithAttempt(
                recharge(ann, "r2", NOW).in(RechargeState.PAID, later),
                attempt(ann, "r2", NOW).in(AttemptState.PAID, later, "pi_1", "paid"));
        write(store(), ann, tx -> tx.open(recharge(ann, "r1", NOW), attempt(ann, "r1", NOW)));

        write(store(), ann, tx -> {
            assertThat(tx.open(ended.recharge(), ended.attempt())).isTrue();
            tx.save(ended.attempt());
            tx.save(ended.recharge());
        });

        write(store(), ann, tx -> {
            assertThat(tx.rechargeOf(ended.attempt().id())).contains(ended);
            assertThat(tx.openRecharge().orElseThrow().recharge()).isEqualTo(recharge(ann, "r1", NOW));
            assertThat(tx.countedSince(NOW)).hasSize(2);
        });
    }

    @Test
    void accounts_do_not_share_their_open_recharge() {
        write(store(), ann, tx -> tx.open(recharge(ann, "r1", NOW), attempt(ann, "r1", NOW)));

        write(store(), ben, tx -> {
            assertThat(tx.openRecharge()).isEmpty();
            assertThat(tx.rechargeOf(new AttemptId("r1-1"))).isEmpty();
            assertThat(tx.countedSince(Instant.EPOCH)).isEmpty();
            assertThat(tx.open(recharge(ben, "r2", NOW), attempt(ben, "r2", NOW)))
                    .isTrue();
        });
    }

    @Test
    void a_recharge_that_is_decided_makes_room_for_the_next_and_is_still_found_by_its_attempt() {
        Instant later = NOW.plusSeconds(9);
        Recharge paid = recharge(ann, "r1", NOW).in(RechargeState.PAID, later);
        Attempt captured = attempt(ann, "r1", NOW).in(AttemptState.PAID, later, "pi_1", "succeeded");
        write(store(), ann, tx -> {
            tx.open(recharge(ann, "r1", NOW), attempt(ann, "r1", NOW));
            tx.save(captured);
            tx.save(paid);
            assertThat(tx.openRecharge()).isEmpty();
        });

        write(store(), ann, tx -> {
            assertThat(tx.rechargeOf(new AttemptId("r1-1"))).contains(new RechargeWithAttempt(paid, captured));
            assertThat(tx.open(recharge(ann, "r2", later), attempt(ann, "r2", later)))
                    .isTrue();
        });
    }

    @Test
    void an_open_attempt_keeps_everything_that_is_learnt_about_it() {
        Attempt learnt = attempt(ann, "r1", NOW)
                .sending(NOW.plusSeconds(1), NOW.plusSeconds(61))
                .waiting(true, NOW.plusSeconds(120), "pi_7", "processing");
        write(store(), ann, tx -> {
            tx.open(recharge(ann, "r1", NOW), attempt(ann, "r1", NOW));
            tx.save(learnt);
        });

        write(
                store(),
                ann,
                tx -> assertThat(tx.openRecharge().orElseThrow().attempt()).isEqualTo(learnt));
    }

    @Test
    void an_open_attempt_keeps_the_number_of_its_refused_sends() {
        Attempt refused = attempt(ann, "r1", NOW)
                .refused(NOW.plusSeconds(60), "REJECTED")
                .sending(NOW.plusSeconds(61), NOW.plusSeconds(120))
                .refused(NOW.plusSeconds(180), "REJECTED");
        write(store(), ann, tx -> {
            tx.open(recharge(ann, "r1", NOW), attempt(ann, "r1", NOW));
            tx.save(refused);
        });

        write(
                store(),
                ann,
                tx -> assertThat(tx.openRecharge().orElseThrow().attempt()).isEqualTo(refused));
        assertThat(refused.refusals()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = AttemptState.class,
            names = {"DECLINED", "ACTION_REQUIRED", "NOT_CHARGED"})
    void an_attempt_that_is_decided_keeps_its_state_until_it_turns_out_to_be_paid(AttemptState decided) {
        Attempt open = attempt(ann, "r1", NOW);
        write(store(), ann, tx -> {
            tx.open(recharge(ann, "r1", NOW), open);
            tx.save(open.in(decided, NOW.plusSeconds(1), null, "no"));
            for (AttemptState late : AttemptState.values()) {
                if (late != AttemptState.PAID) {
                    tx.save(open.in(late, NOW.plusSeconds(2), null, "late"));
                    assertThat(tx.rechargeOf(open.id()).orElseThrow().attempt().state())
                            .isEqualTo(decided);
                }
            }
            tx.save(open.in(AttemptState.PAID, NOW.plusSeconds(3), "pi_1", "late capture"));
        });

        write(store(), ann, tx -> {
            tx.save(open.in(decided, NOW.plusSeconds(4), null, "too late"));
            Attempt paid = tx.rechargeOf(open.id()).orElseThrow().attempt();
            assertThat(paid).isEqualTo(open.in(AttemptState.PAID, NOW.plusSeconds(3), "pi_1", "late capture"));
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = RechargeState.class,
            names = {"FAILED", "ABANDONED"})
    void a_recharge_that_is_decided_keeps_its_state_until_it_turns_out_to_be_paid(RechargeState decided) {
        Recharge open = recharge(ann, "r1", NOW);
        write(store(), ann, tx -> {
            tx.open(open, attempt(ann, "r1", NOW));
            tx.save(open.in(decided, NOW.plusSeconds(1)));
            for (RechargeState late : RechargeState.values()) {
                if (late != RechargeState.PAID) {
                    tx.save(open.in(late, NOW.plusSeconds(2)));
                    assertThat(tx.openRecharge()).isEmpty();
                    assertThat(tx.rechargeOf(new AttemptId("r1-1"))
                                    .orElseThrow()
                                    .recharge()
                                    .state())
                            .isEqualTo(decided);
                }
            }
            tx.save(open.in(RechargeState.PAID, NOW.plusSeconds(3)));
        });

        write(store(), ann, tx -> {
            tx.save(open.in(decided, NOW.plusSeconds(4)));
            assertThat(tx.rechargeOf(new AttemptId("r1-1")).orElseThrow().recharge())
                    .isEqualTo(open.in(RechargeState.PAID, NOW.plusSeconds(3)));
        });
    }

    @Test
    void open_and_paid_recharges_count_from_the_given_time_on() {
        write(store(), ann, tx -> {
            closed(tx, "early", NOW.minusSeconds(1), RechargeState.PAID);
            closed(tx, "paid", NOW, RechargeState.PAID);
            closed(tx, "failed", NOW.plusSeconds(1), RechargeState.FAILED);
            closed(tx, "abandoned", NOW.plusSeconds(2), RechargeState.ABANDONED);
            tx.open(recharge(ann, "open", NOW.plusSeconds(3)), attempt(ann, "open", NOW));

            Money price = Money.of("19.98", "USD");
            assertThat(tx.countedSince(NOW))
                    .containsExactlyInAnyOrder(
                            new PastRecharge(NOW, price), new PastRecharge(NOW.plusSeconds(3), price));
            assertThat(tx.countedSince(NOW.plusSeconds(4))).isEmpty();
        });
    }

    @Test
    void the_dearest_paid_recharge_counts_only_in_its_currency_and_only_when_it_was_paid() {
        write(store(), ann, tx -> {
            assertThat(tx.dearestPaid(Currency.getInstance("USD"))).isEmpty();
            closed(tx, "failed", NOW, RechargeState.FAILED);
            tx.open(recharge(ann, "open", NOW), attempt(ann, "open", NOW));
        });
        write(store(), ann, tx -> {
            assertThat(tx.dearestPaid(Currency.getInstance("USD"))).isEmpty();
            tx.save(recharge(ann, "open", NOW).in(RechargeState.PAID, NOW));
        });
        write(store(), ann, tx -> {
            assertThat(tx.dearestPaid(Currency.getInstance("USD"))).contains(Money.of("19.98", "USD"));
            assertThat(tx.dearestPaid(Currency.getInstance("EUR"))).isEmpty();
        });
        write(
                store(),
                ben,
                tx -> assertThat(tx.dearestPaid(Currency.getInstance("USD"))).isEmpty());
    }

    @Test
    void recharges_come_newest_first_and_only_as_many_as_asked_for() {
        write(store(), ann, tx -> {
            closed(tx, "r1", NOW, RechargeState.PAID);
            closed(tx, "r3", NOW.plusSeconds(2), RechargeState.FAILED);
            closed(tx, "r2", NOW.plusSeconds(1), RechargeState.ABANDONED);
        });

        assertThat(store().recharges(ann, 2))
                .containsExactly(
                        new RechargeWithAttempt(
                                recharge(ann, "r3", NOW.plusSeconds(2)).in(RechargeState.FAILED, NOW),
                                attempt(ann, "r3", NOW)),
                        new RechargeWithAttempt(
                                recharge(ann, "r2", NOW.plusSeconds(1)).in(RechargeState.ABANDONED, NOW),
                                attempt(ann, "r2", NOW)));
        assertThat(store().recharges(ben, 2)).isEmpty();
    }

    @Test
    void the_limit_of_recharges_is_between_1_and_1000() {
        assertThat(store().recharges(ann, 1000)).isEmpty();
        for (int limit : new int[] {-1, 0, 1001}) {
            assertThatExceptionOfType(InvalidValueException.class)
                    .isThrownBy(() -> store().recharges(ann, limit))
                    .satisfies(refused -> assertThat(refused.field()).isEqualTo("limit"));
        }
    }

    private void closed(AccountTransaction tx, String id, Instant openedAt, RechargeState state) {
        tx.open(recharge(ann, id, openedAt), attempt(ann, id, NOW));
        tx.save(recharge(ann, id, openedAt).in(state, NOW));
    }
}
