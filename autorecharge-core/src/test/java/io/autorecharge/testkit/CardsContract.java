package io.autorecharge.testkit;

import static io.autorecharge.testkit.Rows.NOW;
import static io.autorecharge.testkit.Rows.attempt;
import static io.autorecharge.testkit.Rows.recharge;
import static io.autorecharge.testkit.Rows.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.CardStop;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.policy.CardUse;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.CardClaim;
import io.autorecharge.store.RechargeState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules of cards that several accounts use: attempts are counted, and stops are kept, across accounts. */
abstract class CardsContract extends RechargesContract {
    private static final Instant SINCE = NOW.minus(Duration.ofDays(30));

    /** A card of this test: the database is the same for all tests. */
    private String card() {
        return "fp of " + ann;
    }

    private String other() {
        return "other of " + ann;
    }

    @Test
    void a_card_lets_one_account_at_a_time_be_overdrawn() {
        write(store(), ann, tx -> {
            assertThat(tx.takeGrace(card())).isTrue();
            assertThat(tx.takeGrace(card())).isTrue();
        });
        write(store(), ben, tx -> {
            assertThat(tx.takeGrace(card())).isFalse();
            tx.endGrace(card());
        });
        write(store(), ben, tx -> assertThat(tx.takeGrace(card())).isFalse());
        write(store(), ann, tx -> tx.endGrace(card()));
        write(store(), ben, tx -> assertThat(tx.takeGrace(card())).isTrue());
    }

    @Test
    void a_card_that_was_never_used_is_free() {
        write(store(), ann, tx -> assertThat(tx.cardUse(card(), SINCE)).isEqualTo(CardUse.NONE));
    }

    @Test
    void attempts_of_two_accounts_count_for_their_card_up_to_the_limit() {
        assertThat(opened(ann, "r1", 2)).isEqualTo(CardClaim.TAKEN);
        assertThat(opened(ben, "r2", 2)).isEqualTo(CardClaim.TAKEN);

        write(store(), ben, tx -> {
            assertThat(tx.cardUse(card(), SINCE).counted()).containsExactly(NOW, NOW);
            assertThat(tx.claimCard(card(), new AttemptId("r3-1"), NOW, SINCE, 2))
                    .isEqualTo(CardClaim.REFUSED);
            assertThat(tx.claimCard(other(), new AttemptId("r3-1"), NOW, SINCE, 2))
                    .isEqualTo(CardClaim.TAKEN);
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = AttemptState.class,
            names = {"OPEN"},
            mode = EnumSource.Mode.EXCLUDE)
    void declines_stay_counted_and_charges_that_were_paid_or_never_made_do_not(AttemptState end) {
        opened(ann, "r1", 1);
        write(store(), ann, tx -> {
            Attempt attempt = tx.openRecharge().orElseThrow().attempt();
            tx.save(attempt.in(end, NOW, "pi_1", "end"));
            tx.save(tx.openRecharge().orElseThrow().recharge().in(RechargeState.FAILED, NOW));
        });

        boolean counts = end == AttemptState.DECLINED || end == AttemptState.ACTION_REQUIRED;
        write(store(), ben, tx -> {
            assertThat(tx.cardUse(card(), SINCE).counted()).hasSize(counts ? 1 : 0);
            assertThat(tx.claimCard(card(), new AttemptId("r2-1"), NOW, SINCE, 1))
                    .isEqualTo(counts ? CardClaim.REFUSED : CardClaim.TAKEN);
        });
    }

    @Test
    void an_attempt_that_began_earlier_and_one_that_was_never_opened_do_not_count() {
        opened(ann, "r1", 1);
        write(store(), ben, tx -> tx.claimCard(other(), new AttemptId("r2-1"), NOW, SINCE, 1));

        write(store(), ben, tx -> {
            assertThat(tx.cardUse(card(), NOW.plusSeconds(1)).counted()).isEmpty();
            assertThat(tx.cardUse(other(), SINCE).counted()).isEmpty();
        });
    }

    @Test
    void a_stop_holds_for_every_account_until_it_is_released_for_its_own_reason() {
        CardStop hard = new CardStop(CardStop.Reason.HARD_DECLINE, NOW);
        write(store(), ann, tx -> tx.stopCard(card(), hard));

        write(store(), ben, tx -> {
            assertThat(tx.cardUse(card(), SINCE)).isEqualTo(new CardUse(hard, List.of()));
            assertThat(tx.claimCard(card(), new AttemptId("r1-1"), NOW, SINCE, 9))
                    .isEqualTo(CardClaim.REFUSED);
            tx.releaseCard(card(), CardStop.Reason.FRAUD_WARNING);
            assertThat(tx.cardUse(card(), SINCE).stop()).isEqualTo(hard);
            tx.releaseCard(card(), CardStop.Reason.HARD_DECLINE);
            assertThat(tx.cardUse(card(), SINCE)).isEqualTo(CardUse.NONE);
        });
        assertThat(opened(ben, "r2", 9)).isEqualTo(CardClaim.TAKEN);
    }

    @Test
    void a_fraud_warning_replaces_a_hard_decline_and_not_the_other_way() {
        CardStop warning = new CardStop(CardStop.Reason.FRAUD_WARNING, NOW.plusSeconds(1));
        write(store(), ann, tx -> {
            tx.stopCard(card(), new CardStop(CardStop.Reason.HARD_DECLINE, NOW));
            tx.stopCard(card(), warning);
            tx.stopCard(card(), new CardStop(CardStop.Reason.HARD_DECLINE, NOW.plusSeconds(2)));
        });

        write(store(), ben, tx -> assertThat(tx.cardUse(card(), SINCE).stop()).isEqualTo(warning));
    }

    @Test
    void a_card_that_another_transaction_holds_is_busy_and_is_not_waited_for() throws Exception {
        opened(ann, "r1", 9);
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        Future<CardClaim> holder = race.start(() -> store().inTransaction(ann, tx -> {
            CardClaim claim = tx.claimCard(card(), new AttemptId("r2-1"), NOW, SINCE, 9);
            held.countDown();
            await(asked);
            return claim;
        }));
        await(held);
        try {
            write(
                    store(),
                    ben,
                    tx -> assertThat(tx.claimCard(card(), new AttemptId("r3-1"), NOW, SINCE, 9))
                            .isEqualTo(CardClaim.BUSY));
        } finally {
            asked.countDown();
        }
        assertThat(Race.result(holder)).isEqualTo(CardClaim.TAKEN);
    }

    @Test
    void of_many_accounts_that_claim_one_card_at_once_no_more_succeed_than_the_limit_allows() {
        List<AccountId> accounts = List.of(ann, ben);
        for (int round = 0; round < 20; round++) {
            String card = card() + round;
            int number = round;
            List<CardClaim> claims = race.run(2, i -> opened(accounts.get(i), card, "x" + number + "-" + i, 1));

            assertThat(Collections.frequency(claims, CardClaim.TAKEN)).isLessThanOrEqualTo(1);
            accounts.forEach(account -> write(
                    store(),
                    account,
                    tx -> tx.openRecharge().ifPresent(it -> {
                        tx.save(it.attempt().in(AttemptState.DECLINED, NOW, null, "declined"));
                        tx.save(it.recharge().in(RechargeState.FAILED, NOW));
                    })));
        }
    }

    private CardClaim opened(AccountId account, String recharge, int limit) {
        return opened(account, card(), recharge, limit);
    }

    private CardClaim opened(AccountId account, String card, String recharge, int limit) {
        return store().inTransaction(account, tx -> {
            Attempt attempt = attempt(account, recharge, NOW);
            CardClaim claim = tx.claimCard(card, attempt.id(), NOW, SINCE, limit);
            if (claim == CardClaim.TAKEN) {
                assertThat(tx.open(recharge(account, recharge, NOW), attempt)).isTrue();
            }
            return claim;
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
