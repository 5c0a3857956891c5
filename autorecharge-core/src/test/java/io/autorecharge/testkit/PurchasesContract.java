package io.autorecharge.testkit;

import static io.autorecharge.testkit.Rows.NOW;
import static io.autorecharge.testkit.Rows.OURS;
import static io.autorecharge.testkit.Rows.bonus;
import static io.autorecharge.testkit.Rows.checkout;
import static io.autorecharge.testkit.Rows.purchase;
import static io.autorecharge.testkit.Rows.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.MethodPlace;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutOffer;
import io.autorecharge.store.CheckoutProgress;
import io.autorecharge.store.CheckoutState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules of checkouts and their ledger entries in a transaction. */
abstract class PurchasesContract extends MethodsContract {
    @Test
    void checkouts_are_written_changed_and_found() {
        Checkout offered = checkout(ann, "c1", NOW);
        Checkout made = offered.at("cs_1").askedAgainAt(NOW.plusSeconds(90));
        write(store(), ann, tx -> tx.save(offered));
        write(store(), ann, tx -> {
            assertThat(tx.checkout(offered.id())).contains(offered);
            tx.save(made);
            tx.save(made);
        });
        write(store(), ann, tx -> {
            assertThat(tx.checkout(offered.id())).contains(made);
            tx.save(made.in(CheckoutState.PAID, "pi_1"));
            assertThat(tx.openCheckouts()).isEmpty();
        });

        write(store(), ann, tx -> assertThat(tx.checkout(offered.id())).contains(made.in(CheckoutState.PAID, "pi_1")));
        write(store(), ben, tx -> {
            assertThat(tx.checkout(offered.id())).isEmpty();
            assertThat(tx.checkout(new CheckoutId("none"))).isEmpty();
        });
    }

    @Test
    void a_checkout_that_pays_a_recharge_keeps_its_attempt() {
        Checkout it = checkout(ann, "c1", NOW);
        Checkout recovery = new Checkout(
                new CheckoutOffer(
                        ann, it.id(), it.credits(), it.price(), false, it.consent(), NOW, new AttemptId("r1-1"), OURS),
                new CheckoutProgress(null, CheckoutState.OPEN, NOW.plusSeconds(60), 0, null));
        write(store(), ann, tx -> tx.save(recovery));
        write(store(), ann, tx -> {
            assertThat(tx.openCheckouts()).containsExactly(recovery);
            tx.save(recovery.at("cs_1"));
        });

        write(store(), ann, tx -> {
            assertThat(tx.checkout(it.id())).contains(recovery.at("cs_1"));
            tx.save(recovery.at("cs_1").in(CheckoutState.PAID, "pi_1"));
            assertThat(tx.checkout(it.id()).orElseThrow().recovers()).isEqualTo(new AttemptId("r1-1"));
        });
    }

    @Test
    void a_checkout_that_adds_a_payment_method_keeps_the_place_of_the_method() {
        Checkout setup = new Checkout(
                new CheckoutOffer(
                        ann,
                        new CheckoutId("c1"),
                        0,
                        Money.of("0", "USD"),
                        false,
                        null,
                        NOW,
                        null,
                        OURS,
                        MethodPlace.PRIMARY),
                new CheckoutProgress(null, CheckoutState.OPEN, NOW.plusSeconds(60), 0, null));
        write(store(), ann, tx -> tx.save(setup));
        write(store(), ann, tx -> {
            assertThat(tx.openCheckouts()).containsExactly(setup);
            tx.save(setup.at("cs_1").withoutEnabling());
            tx.save(setup.at("cs_1").in(CheckoutState.SAVED, "seti_1"));
            assertThat(tx.openCheckouts()).isEmpty();
        });

        write(
                store(),
                ann,
                tx -> assertThat(tx.checkout(setup.id()))
                        .contains(setup.at("cs_1").in(CheckoutState.SAVED, "seti_1")));
    }

    @Test
    void open_checkouts_come_oldest_first() {
        Checkout plain = new Checkout(
                new CheckoutOffer(
                        ann,
                        new CheckoutId("c0"),
                        50,
                        Money.of("5", "USD"),
                        false,
                        null,
                        NOW.plusSeconds(1),
                        null,
                        null),
                new CheckoutProgress(null, CheckoutState.OPEN, null, 0, null));
        write(store(), ann, tx -> {
            tx.save(checkout(ann, "c2", NOW.plusSeconds(2)));
            tx.save(plain);
            tx.save(checkout(ann, "c3", NOW));
            tx.save(checkout(ann, "c4", NOW).in(CheckoutState.CLOSED, null));
        });

        write(
                store(),
                ann,
                tx -> assertThat(tx.openCheckouts())
                        .containsExactly(checkout(ann, "c3", NOW), plain, checkout(ann, "c2", NOW.plusSeconds(2))));
    }

    @Test
    void entries_whose_first_reference_is_known_are_not_applied_again() {
        write(store(), ann, tx -> tx.post(List.of(purchase("p1", "100"), bonus("p1/bonus", "20", "p1")), NOW));

        write(store(), ann, tx -> {
            assertThat(tx.post(List.of(purchase("p1", "100"), bonus("p1/bonus", "20", "p1")), NOW))
                    .isFalse();
            assertThat(tx.post(List.of(purchase("p1", "100"), bonus("other", "20", "p1")), NOW))
                    .isFalse();
            assertThat(tx.account().balance()).isEqualTo(Credits.of(120));
            assertThat(tx.post(List.of(purchase("p2", "1")), NOW)).isTrue();
        });
        write(
                store(),
                ben,
                tx -> assertThat(tx.post(List.of(purchase("p1", "100")), NOW)).isTrue());
    }

    @Test
    void entries_are_applied_all_or_none() {
        write(store(), ann, tx -> tx.post(List.of(bonus("taken", "20", "p0")), NOW));

        assertThatThrownBy(() -> write(
                        store(), ann, tx -> tx.post(List.of(purchase("p1", "100"), bonus("taken", "20", "p1")), NOW)))
                .isInstanceOf(RuntimeException.class);

        assertThat(store().find(ann).orElseThrow().balance()).isEqualTo(Credits.of(20));
        write(
                store(),
                ann,
                tx -> assertThat(tx.post(List.of(purchase("p1", "1")), NOW)).isTrue());
    }

    @Test
    void of_many_settlements_of_one_charge_one_is_applied() {
        List<Boolean> written = race.run(
                8,
                number -> store().inTransaction(
                                ann,
                                tx -> tx.post(List.of(purchase("p1", "100"), bonus("p1/bonus", "20", "p1")), NOW)));

        assertThat(written).containsOnlyOnce(true);
        assertThat(store().find(ann).orElseThrow().balance()).isEqualTo(Credits.of(120));
    }
}
