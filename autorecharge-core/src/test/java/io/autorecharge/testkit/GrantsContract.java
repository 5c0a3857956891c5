package io.autorecharge.testkit;

import static io.autorecharge.testkit.Rows.NOW;
import static io.autorecharge.testkit.Rows.bonus;
import static io.autorecharge.testkit.Rows.purchase;
import static io.autorecharge.testkit.Rows.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.credit.Credits;
import io.autorecharge.store.PendingPosting;
import io.autorecharge.store.PendingPostings;
import io.autorecharge.store.Posting;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules of pending grants to an external ledger: they are kept until they are delivered. */
abstract class GrantsContract extends PurchasesContract {
    private static final Posting PAID = purchase("p1", "100");
    private static final Posting BONUS = bonus("p1/bonus", "20.5", "p1");
    private static final Instant SOON = NOW.plusSeconds(10);

    @Test
    void an_unknown_account_has_no_grants() {
        assertThat(store().grants(ann)).isEqualTo(PendingPostings.NONE);
        assertThat(store().find(ann)).isEmpty();
    }

    @Test
    void recorded_grants_stay_in_order_and_change_no_balance() {
        write(store(), ann, tx -> {
            assertThat(tx.promise(List.of(PAID, BONUS), NOW, SOON)).isTrue();
            assertThat(tx.grants().last()).isEqualTo(2);
            assertThat(tx.posted("p1/bonus")).contains(BONUS);
            assertThat(tx.account().balance()).isEqualTo(Credits.ZERO);
        });
        write(store(), ann, tx -> tx.promise(List.of(purchase("p2", "-1")), NOW, SOON));
        write(store(), ben, tx -> tx.promise(List.of(PAID), NOW, SOON));

        assertThat(store().grants(ann))
                .isEqualTo(new PendingPostings(
                        3,
                        List.of(
                                new PendingPosting(ann, 1, PAID, NOW, 0, SOON, null),
                                new PendingPosting(ann, 2, BONUS, NOW, 0, SOON, null),
                                new PendingPosting(ann, 3, purchase("p2", "-1"), NOW, 0, SOON, null))));
        assertThat(store().grants(ben))
                .isEqualTo(new PendingPostings(1, List.of(new PendingPosting(ben, 1, PAID, NOW, 0, SOON, null))));
        assertThat(store().find(ann).orElseThrow().balance()).isEqualTo(Credits.ZERO);
    }

    @Test
    void what_was_promised_before_is_not_promised_again_be_it_delivered_or_not() {
        write(store(), ann, tx -> tx.promise(List.of(PAID, BONUS), NOW, SOON));
        write(store(), ann, tx -> {
            assertThat(tx.promise(List.of(PAID, BONUS), NOW, SOON)).isFalse();
            tx.grants().pending().forEach(grant -> tx.save(grant.delivered(NOW)));
        });

        write(store(), ann, tx -> {
            assertThat(tx.promise(List.of(PAID, bonus("other", "1", "p1")), NOW, SOON))
                    .isFalse();
            assertThat(tx.promise(List.of(), NOW, SOON)).isFalse();
            tx.saveCustomer("cus_after");
        });
        assertThat(store().grants(ann)).isEqualTo(new PendingPostings(2, List.of()));
        assertThat(store().find(ann).orElseThrow().customerId()).isEqualTo("cus_after");
    }

    @Test
    void promises_are_kept_all_or_none() {
        write(store(), ann, tx -> tx.promise(List.of(bonus("taken", "1", "p0")), NOW, SOON));

        assertThatThrownBy(() ->
                        write(store(), ann, tx -> tx.promise(List.of(PAID, bonus("taken", "20", "p1")), NOW, SOON)))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> write(store(), ann, tx -> {
                    tx.promise(List.of(PAID, BONUS), NOW, SOON);
                    throw new IllegalStateException("crash");
                }))
                .hasMessage("crash");

        assertThat(store().grants(ann).last()).isEqualTo(1);
    }

    @Test
    void a_delivery_that_failed_is_remembered_and_one_that_succeeded_stays_so() {
        write(store(), ann, tx -> tx.promise(List.of(PAID, BONUS), NOW, SOON));
        PendingPosting paid = store().grants(ann).pending().get(0);
        PendingPosting bonus = store().grants(ann).pending().get(1);

        write(store(), ann, tx -> tx.save(paid.failed(SOON.plusSeconds(20))));
        assertThat(store().grants(ann).pending())
                .containsExactly(new PendingPosting(ann, 1, PAID, NOW, 1, SOON.plusSeconds(20), null), bonus);
        write(store(), ann, tx -> {
            tx.save(paid.delivered(NOW.plusSeconds(1)));
            assertThat(tx.grants()).isEqualTo(new PendingPostings(2, List.of(bonus)));
        });
        write(store(), ann, tx -> tx.save(paid.failed(SOON)));
        assertThat(store().grants(ann)).isEqualTo(new PendingPostings(2, List.of(bonus)));
    }

    @Test
    void of_many_promises_of_one_charge_one_is_kept() {
        List<Boolean> kept =
                race.run(8, number -> store().inTransaction(ann, tx -> tx.promise(List.of(PAID, BONUS), NOW, SOON)));

        assertThat(kept).containsOnlyOnce(true);
        assertThat(store().grants(ann).pending()).hasSize(2);
    }
}
