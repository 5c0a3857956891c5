package io.autorecharge.testkit;

import static io.autorecharge.testkit.Rows.NOW;
import static io.autorecharge.testkit.Rows.VISA;
import static io.autorecharge.testkit.Rows.enable;
import static io.autorecharge.testkit.Rows.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.AccountState;
import io.autorecharge.account.AgreedPackage;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.KeyMode;
import io.autorecharge.store.Binding;
import io.autorecharge.store.DatabaseIdentity;
import io.autorecharge.store.Installation;
import io.autorecharge.store.RechargeStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link RechargeStore}. The test of a store extends this class and supplies the store. The Javadoc of the port has the rules
 * that are tested here.
 */
public abstract class RechargeStoreContract extends SpendingContract {
    private static final Instant LEASE = NOW.plusSeconds(60);

    @Test
    void due_accounts_are_taken_longest_due_first() {
        due(account("b"), NOW);
        due(account("c"), NOW.minusSeconds(2));
        due(account("a"), NOW.minusSeconds(1));
        due(account("later"), NOW.plusSeconds(1));
        write(store(), account("never"), tx -> {});

        assertThat(store().takeDue(NOW, LEASE, 10)).containsExactly(account("c"), account("a"), account("b"));
    }

    @Test
    void a_customer_that_another_account_has_is_found() {
        String customer = "cus_" + UUID.randomUUID();
        write(store(), ann, tx -> tx.saveCustomer(customer));
        assertThat(store().isCustomerOfAnother(ann, customer)).isFalse();
        assertThat(store().isCustomerOfAnother(ben, customer)).isTrue();
        assertThat(store().isCustomerOfAnother(ben, customer.toUpperCase(Locale.ROOT)))
                .as("ids of the provider distinguish case")
                .isFalse();

        write(store(), ben, tx -> tx.saveCustomer(customer));
        assertThat(store().isCustomerOfAnother(ann, customer)).isTrue();
        assertThat(store().isCustomerOfAnother(ann, "cus_nobody")).isFalse();
    }

    @Test
    void at_most_the_limit_of_accounts_is_taken() {
        due(account("b"), NOW);
        due(account("c"), NOW.minusSeconds(2));
        due(account("a"), NOW.minusSeconds(1));

        assertThat(store().takeDue(NOW, LEASE, 2)).containsExactly(account("c"), account("a"));
        assertThat(store().takeDue(NOW, LEASE, 2)).containsExactly(account("b"));
        assertThat(store().takeDue(NOW, LEASE, 2)).isEmpty();
    }

    @Test
    void an_account_that_was_taken_is_due_again_when_its_lease_ends() {
        due(ann, NOW);
        store().takeDue(NOW, LEASE, 10);

        assertThat(store().find(ann).orElseThrow().state().dueAt()).isEqualTo(LEASE);
        assertThat(store().takeDue(LEASE.minusNanos(1000), LEASE.plusSeconds(60), 10))
                .isEmpty();
        assertThat(store().takeDue(LEASE, LEASE.plusSeconds(60), 10)).containsExactly(ann);
    }

    @Test
    void simultaneous_takes_return_different_accounts() {
        for (int i = 0; i < 60; i++) {
            due(account("due-" + i), NOW);
        }

        List<AccountId> taken = Collections.synchronizedList(new ArrayList<>());
        race.run(4, number -> {
            List<AccountId> batch;
            do {
                batch = store().takeDue(NOW, LEASE, 7);
                taken.addAll(batch);
            } while (!batch.isEmpty());
            return number;
        });
        // A node may get no account while other nodes hold the rest; the remaining accounts stay due.
        taken.addAll(store().takeDue(NOW, LEASE, 60));

        assertThat(taken).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void an_account_that_is_locked_does_not_hold_up_the_others() {
        due(ann, NOW);
        due(ben, NOW);

        write(
                store(),
                ann,
                tx -> assertThat(Race.result(race.start(() -> store().takeDue(NOW, LEASE, 10))))
                        .contains(ben));
    }

    @Test
    void marking_makes_an_account_due_or_leaves_it_due_earlier() {
        AccountState state = AccountState.INITIAL.declined(2, NOW.plusSeconds(5), null);
        write(store(), ann, tx -> tx.save(state));

        store().markDue(ann, NOW);
        assertThat(store().find(ann).orElseThrow().state()).isEqualTo(state.dueAt(NOW));
        store().markDue(ann, NOW.plusSeconds(1));
        assertThat(store().find(ann).orElseThrow().state()).isEqualTo(state.dueAt(NOW));
        store().markDue(ann, NOW.minusSeconds(1));
        assertThat(store().find(ann).orElseThrow().state()).isEqualTo(state.dueAt(NOW.minusSeconds(1)));
    }

    @Test
    void a_mark_that_a_transaction_did_not_see_outlives_it() {
        for (int round = 0; round < 100; round++) {
            AccountId account = account("marked-" + round);
            List<Boolean> saw = race.run(List.of(
                    () -> store().inTransaction(account, tx -> {
                        AccountState seen = tx.account().state();
                        tx.save(seen.dueAt(null));
                        return seen.dueAt() != null;
                    }),
                    () -> {
                        store().markDue(account, NOW);
                        return false;
                    }));
            if (!saw.get(0)) {
                assertThat(store().takeDue(NOW, LEASE, 10))
                        .as("round %d", round)
                        .containsExactly(account);
            } else {
                assertThat(store().takeDue(NOW, LEASE, 10))
                        .as("round %d", round)
                        .isEmpty();
            }
        }
    }

    @Test
    void due_accounts_are_counted_up_to_a_limit() {
        due(account("a"), NOW);
        due(account("b"), NOW.minusSeconds(2));
        due(account("c"), NOW.plusSeconds(1));

        assertThat(store().countDue(NOW, 100)).isEqualTo(2);
        assertThat(store().countDue(NOW, 1)).isEqualTo(1);
        assertThat(store().countDue(NOW.minusSeconds(3), 100)).isZero();
    }

    private void due(AccountId account, Instant at) {
        write(store(), account, tx -> tx.save(tx.account().state().dueAt(at)));
    }

    @Test
    void the_sweep_makes_low_accounts_due() {
        enable(store(), ann, "9.999999", "10");
        enable(store(), ben, "0", "10");

        assertThat(store().sweep(false, NOW)).isEqualTo(2);
        assertThat(store().find(ann).orElseThrow().state()).isEqualTo(AccountState.INITIAL.dueAt(NOW));
        assertThat(store().takeDue(NOW, LEASE, 10)).containsExactlyInAnyOrder(ann, ben);
        assertThat(store().sweep(false, NOW)).isZero();
    }

    @Test
    void the_sweep_brings_back_low_accounts_whose_next_check_is_far_away() {
        Instant far = Instant.parse("2099-01-01T00:00:00Z");
        enable(store(), ann, "1", "10");
        due(ann, far);
        enable(store(), ben, "1", "10");
        due(ben, NOW.plus(RechargeStore.SWEPT_BEYOND));
        enable(store(), account("rich"), "1000", "10");
        due(account("rich"), far);
        enable(store(), account("declined"), "1", "10");
        Instant retry = NOW.plus(RechargeStore.SWEPT_BEYOND.multipliedBy(5));
        AccountState waiting = AccountState.INITIAL.declined(1, retry, null).dueAt(retry);
        write(store(), account("declined"), tx -> tx.save(waiting));

        assertThat(store().sweep(false, NOW)).isEqualTo(1);
        assertThat(store().takeDue(NOW, LEASE, 10)).containsExactly(ann);
        assertThat(store().find(ben).orElseThrow().state().dueAt()).isEqualTo(NOW.plus(RechargeStore.SWEPT_BEYOND));
        assertThat(store().find(account("rich")).orElseThrow().state().dueAt()).isEqualTo(far);
        assertThat(store().find(account("declined")).orElseThrow().state()).isEqualTo(waiting);

        due(ann, far);
        assertThat(store().sweepAll(NOW)).as("whatever the balance").isZero();
    }

    @Test
    void the_sweep_treats_a_balance_at_the_threshold_as_low_only_if_inclusive() {
        enable(store(), ann, "10", "10");
        enable(store(), ben, "10.000001", "10");

        assertThat(store().sweep(false, NOW)).isZero();
        assertThat(store().sweep(true, NOW)).isEqualTo(1);
        assertThat(store().takeDue(NOW, LEASE, 10)).containsExactly(ann);
    }

    @Test
    void the_sweep_skips_accounts_that_are_off_suspended_without_a_method_or_due() {
        write(store(), account("off"), tx -> {
            tx.save(new Settings(false, 100, Credits.of(10)));
            tx.savePaymentMethod(VISA);
        });
        write(store(), account("no method"), tx -> {
            tx.save(new Settings(true, 100, Credits.of(10)));
            tx.saveCustomer("cus_1");
        });
        enable(store(), account("suspended"), "1", "10");
        AccountState suspended = AccountState.INITIAL.declined(
                0, null, new Suspension(Suspension.Reason.REPEATED_DECLINES, NOW, "fp-visa"));
        write(store(), account("suspended"), tx -> tx.save(suspended));
        enable(store(), account("due"), "1", "10");
        due(account("due"), NOW.plusSeconds(100));

        assertThat(store().sweep(false, NOW)).isZero();
        assertThat(store().find(account("suspended")).orElseThrow().state()).isEqualTo(suspended);
        assertThat(store().find(account("due")).orElseThrow().state().dueAt()).isEqualTo(NOW.plusSeconds(100));
        assertThat(store().takeDue(NOW, LEASE, 10)).isEmpty();
    }

    @Test
    void the_sweep_without_balances_makes_every_account_due_that_could_be_charged() {
        enable(store(), ann, "1000", "10");
        enable(store(), ben, "0", "10");
        write(store(), account("off"), tx -> {
            tx.save(new Settings(false, 100, Credits.of(10)));
            tx.savePaymentMethod(VISA);
        });
        write(store(), account("no method"), tx -> tx.save(new Settings(true, 100, Credits.of(10))));
        enable(store(), account("suspended"), "1", "10");
        write(
                store(),
                account("suspended"),
                tx -> tx.save(AccountState.INITIAL.declined(
                        0, null, new Suspension(Suspension.Reason.REPEATED_DECLINES, NOW, "fp-visa"))));
        enable(store(), account("due"), "1", "10");
        due(account("due"), NOW.plusSeconds(100));

        assertThat(store().sweepAll(NOW)).isEqualTo(2);
        assertThat(store().takeDue(NOW, LEASE, 10)).containsExactlyInAnyOrder(ann, ben);
        assertThat(store().find(account("due")).orElseThrow().state().dueAt()).isEqualTo(NOW.plusSeconds(100));
        assertThat(store().sweepAll(NOW)).isZero();
    }

    @Test
    void events_wait_until_they_are_confirmed() {
        AutoRechargeEvent full = AutoRechargeEvent.of(EventType.RECHARGE_PAID, ann, "r1", NOW)
                .about("r1")
                .bought(Credits.of(100), Credits.of("20.5"), Money.of("9.99", "USD"), Credits.of(129))
                .because("word")
                .until(NOW.plusSeconds(5));
        AutoRechargeEvent price = AutoRechargeEvent.of(EventType.PRICE_CHANGED, ann, "p1", NOW.minusSeconds(2))
                .costing(
                        Credits.of(100),
                        Credits.of(5),
                        Money.of("9.99", "USD"),
                        new AgreedPackage(100, Credits.of("20.5"), Money.of("8.99", "USD")));
        write(store(), ann, tx -> tx.publish(price));
        assertThat(store().undelivered(NOW, 10)).containsExactly(price);
        store().delivered(List.of(price.id()), NOW);
        AutoRechargeEvent bare = AutoRechargeEvent.of(EventType.ENABLED, ben, "e1", NOW.minusSeconds(1));
        write(store(), ann, tx -> tx.publish(full));
        write(store(), ben, tx -> tx.publish(bare));

        assertThat(store().undelivered(NOW.plusSeconds(1), 10)).containsExactly(bare, full);
        assertThat(store().undelivered(NOW.plusSeconds(1), 1)).containsExactly(bare);
        assertThat(store().undelivered(NOW, 10)).containsExactly(bare);

        store().delivered(List.of(bare.id(), "unknown"), NOW);
        assertThat(store().undelivered(NOW.plusSeconds(1), 10)).containsExactly(full);
        store().delivered(List.of(full.id()), NOW);
        store().delivered(List.of(full.id()), NOW);
        store().delivered(List.of(), NOW);
        assertThat(store().undelivered(NOW.plusSeconds(1), 10)).isEmpty();
    }

    @Test
    void an_event_that_exists_already_is_not_stored_again() {
        AutoRechargeEvent first =
                AutoRechargeEvent.of(EventType.SUSPENDED, ann, "s1", NOW).because("first");
        write(store(), ann, tx -> {
            assertThat(tx.publish(first)).isTrue();
            assertThat(tx.publish(first.because("again"))).isFalse();
        });
        write(store(), ann, tx -> {
            assertThat(tx.publish(first.because("and again"))).isFalse();
            tx.saveCustomer("cus_after");
        });

        assertThat(store().undelivered(NOW.plusSeconds(1), 10)).containsExactly(first);
        assertThat(store().find(ann).orElseThrow().customerId()).isEqualTo("cus_after");
        store().delivered(List.of(first.id()), NOW);
        write(store(), ann, tx -> tx.publish(first));
        assertThat(store().undelivered(NOW.plusSeconds(1), 10)).isEmpty();
    }

    @Test
    void webhook_events_are_remembered() {
        assertThat(store().isHandled("evt_1")).isFalse();
        store().handled("evt_1", "payment_intent.succeeded", NOW);
        store().handled("evt_1", "payment_intent.succeeded", NOW.plusSeconds(1));

        assertThat(store().isHandled("evt_1")).isTrue();
        assertThat(store().isHandled("EVT_1")).isFalse();
    }

    @Test
    void the_first_of_many_writes_the_installation_and_all_get_the_same() {
        List<Installation> found;
        try (Race race = new Race()) {
            found = race.run(
                    8,
                    number -> store().installation(
                                    new Installation(new InstallationId("installation-" + number), NOW, null)));
        }

        assertThat(new HashSet<>(found)).hasSize(1);
        assertThat(store().installation(new Installation(new InstallationId("late"), NOW, null)))
                .isEqualTo(found.get(0));
    }

    private static final DatabaseIdentity OLD = new DatabaseIdentity(
            "cluster-1", "database-1", new DatabaseIdentity.Server("url-1", "address-1", "files-1", "run-1"));

    private static Installation unbound(String id) {
        return new Installation(new InstallationId(id), NOW, null);
    }

    @Test
    void the_first_of_many_binds_the_installation() {
        store().installation(unbound("first"));
        List<Boolean> answers;
        try (Race race = new Race()) {
            answers = race.run(
                    8,
                    number -> store().bindFirst(new Binding(
                            new DatabaseIdentity(null, "database-" + number, OLD.server()), KeyMode.TEST, NOW, NOW)));
        }

        assertThat(answers).containsOnlyOnce(true);
        Binding bound = store().installation(unbound("late")).binding();
        assertThat(bound).isNotNull();
        assertThat(store().bindFirst(new Binding(OLD, KeyMode.LIVE, NOW, NOW))).isFalse();
        assertThat(store().installation(unbound("late")).binding()).isEqualTo(bound);
    }

    @Test
    void the_binding_of_the_installation_is_read_again() {
        Installation first = store().installation(unbound("first"));
        assertThat(first.binding()).isNull();
        store().seen(OLD, KeyMode.LIVE, NOW);
        assertThat(store().installation(first).binding())
                .as("only a bound installation is seen")
                .isNull();

        Binding binding = new Binding(OLD, KeyMode.LIVE, NOW, NOW.plusSeconds(1));
        store().bind(new InstallationId("renamed"), binding);
        assertThat(store().installation(first))
                .isEqualTo(new Installation(new InstallationId("renamed"), first.createdAt(), binding));

        store().bind(first.id(), new Binding(DatabaseIdentity.NONE, null, NOW, NOW));
        assertThat(store().installation(first).binding()).isEqualTo(new Binding(DatabaseIdentity.NONE, null, NOW, NOW));
    }

    @Test
    void a_use_replaces_what_is_known_of_the_server_and_adds_what_was_not_known() {
        Installation first = store().installation(unbound("first"));
        store().bind(first.id(), new Binding(new DatabaseIdentity(null, "database-1", OLD.server()), null, NOW, NOW));

        DatabaseIdentity.Server now = new DatabaseIdentity.Server("url-2", null, "files-2", "run-2");
        store().seen(new DatabaseIdentity("cluster-1", "database-2", now), KeyMode.TEST, NOW.plusSeconds(9));

        DatabaseIdentity.Server merged = new DatabaseIdentity.Server("url-2", "address-1", "files-2", "run-2");
        Binding seen = new Binding(
                new DatabaseIdentity("cluster-1", "database-1", merged), KeyMode.TEST, NOW, NOW.plusSeconds(9));
        assertThat(store().installation(first).binding()).isEqualTo(seen);
        store().seen(DatabaseIdentity.NONE, KeyMode.LIVE, NOW.plusSeconds(8));
        assertThat(store().installation(first).binding())
                .as("a node whose clock is behind")
                .isEqualTo(seen);
    }

    @Test
    void with_another_id_no_customer_counts_as_this_installations() {
        Installation first = store().installation(unbound("first"));
        Binding binding = new Binding(OLD, KeyMode.LIVE, NOW, NOW);
        store().inTransaction(ann, tx -> {
            tx.saveCustomer("cus_1");
            tx.save(tx.account().state().stamped("cus_1"));
            return tx;
        });

        store().bind(first.id(), binding);
        assertThat(store().find(ann).orElseThrow().state().stampedCustomer()).isEqualTo("cus_1");

        store().bind(new InstallationId("second"), binding);
        assertThat(store().find(ann).orElseThrow().state().stampedCustomer()).isNull();
    }

    @Test
    void a_database_has_the_same_identity_each_time() {
        store().installation(unbound("first"));

        assertThat(store().identity()).isEqualTo(store().identity());
    }
}
