package io.autorecharge.testkit;

import static io.autorecharge.testkit.Rows.NOW;
import static io.autorecharge.testkit.Rows.attempt;
import static io.autorecharge.testkit.Rows.enable;
import static io.autorecharge.testkit.Rows.recharge;
import static io.autorecharge.testkit.Rows.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.credit.AccountId;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.Pause;
import io.autorecharge.store.PauseReport;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules of the stop for everything: durable, and no claim slips past it. */
abstract class PauseContract extends PurgeContract {
    private static final Pause STOP = new Pause("key leaked", "ops", NOW);

    @AfterEach
    void endTheStop() {
        store().resume();
    }

    @Test
    void a_stop_is_kept_replaced_and_ended() {
        assertThat(store().pause()).isEmpty();
        assertThat(store().resume()).isFalse();

        assertThat(store().pause(STOP)).isEqualTo(new PauseReport(STOP, 0, true));
        assertThat(store().pause()).contains(STOP);
        Pause other = new Pause("maintenance", "eve", NOW.plusSeconds(1));
        assertThat(store().pause(other)).isEqualTo(new PauseReport(other, 0, true));
        assertThat(store().pause()).contains(other);

        assertThat(store().resume()).isTrue();
        assertThat(store().pause()).isEmpty();
        assertThat(store().resume()).isFalse();
    }

    @Test
    void a_claim_sees_the_stop_whether_or_not_it_reads_past_recharges_first() {
        write(store(), ann, tx -> {
            assertThat(tx.countedSince(NOW)).isEmpty();
            assertThat(tx.pause()).isEmpty();
        });
        write(store(), ann, tx -> assertThat(tx.pause()).isEmpty());

        store().pause(STOP);

        write(store(), ann, tx -> {
            assertThat(tx.countedSince(NOW)).isEmpty();
            assertThat(tx.pause()).contains(STOP);
        });
        write(store(), ann, tx -> {
            assertThat(tx.pause()).contains(STOP);
            assertThat(claim(tx, ann, "r1")).isTrue();
            assertThat(tx.countedSince(NOW)).hasSize(1);
            assertThat(tx.pause()).contains(STOP);
        });
        store().resume();
        write(store(), ann, tx -> {
            assertThat(tx.countedSince(NOW)).hasSize(1);
            assertThat(tx.pause()).isEmpty();
        });
    }

    @Test
    void a_stop_waits_for_a_claim_that_has_begun_and_counts_it() {
        Future<PauseReport> stopping = store().inTransaction(ann, tx -> {
            assertThat(tx.countedSince(NOW)).isEmpty();
            assertThat(tx.pause()).isEmpty();
            Future<PauseReport> stop = race.start(() -> store().pause(STOP));
            claim(tx, ann, "r1");
            assertThatThrownBy(() -> stop.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            return stop;
        });

        assertThat(Race.result(stopping)).isEqualTo(new PauseReport(STOP, 1, true));
    }

    @Test
    void claims_that_race_with_a_stop_are_prevented_or_counted() {
        List<AccountId> accounts = java.util.stream.IntStream.range(0, 40)
                .mapToObj(number -> account("racing-" + number))
                .toList();
        accounts.forEach(id -> enable(store(), id, "1", "10"));

        List<Integer> counts = race.run(5, number -> {
            if (number == 4) {
                return store().pause(STOP).underWay();
            }
            int claimed = 0;
            for (int i = number; i < accounts.size(); i += 4) {
                AccountId id = accounts.get(i);
                claimed += store().inTransaction(
                                        id,
                                        tx -> tx.countedSince(NOW).isEmpty()
                                                && tx.pause().isEmpty()
                                                && claim(tx, id, "r1"))
                        ? 1
                        : 0;
            }
            return claimed;
        });

        assertThat(counts.subList(0, 4).stream().mapToInt(it -> it).sum()).isEqualTo(counts.get(4));
    }

    private static boolean claim(io.autorecharge.store.AccountTransaction tx, AccountId id, String recharge) {
        Attempt sending = attempt(id, recharge, NOW).sending(NOW, NOW.plusSeconds(120));
        return tx.open(recharge(id, recharge, NOW), sending);
    }
}
