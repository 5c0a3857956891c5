package io.autorecharge.testkit;

import static io.autorecharge.testkit.Rows.NOW;
import static io.autorecharge.testkit.Rows.VISA;
import static io.autorecharge.testkit.Rows.attempt;
import static io.autorecharge.testkit.Rows.bonus;
import static io.autorecharge.testkit.Rows.checkout;
import static io.autorecharge.testkit.Rows.enable;
import static io.autorecharge.testkit.Rows.purchase;
import static io.autorecharge.testkit.Rows.recharge;
import static io.autorecharge.testkit.Rows.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.policy.Consent;
import io.autorecharge.policy.PastRecharge;
import io.autorecharge.policy.PaymentMethod;
import io.autorecharge.policy.Settings;
import io.autorecharge.policy.Suspension;
import io.autorecharge.store.Account;
import io.autorecharge.store.AccountState;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutState;
import io.autorecharge.store.OpenRecharge;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every {@link RechargeStore} does. A store's own test extends this class and gives the store; see the port's Javadoc for the
 * sentences that are tested here.
 */
public abstract class RechargeStoreContract {
    private static final AccountId ANN = AccountId.of("ann");
    private static final AccountId BEN = AccountId.of("ben");
    private static final Instant LEASE = NOW.plusSeconds(60);

    private final Race race = new Race();

    /** The store under test: the same one for the length of a test, and empty when the test begins. */
    protected abstract RechargeStore store();

    @AfterEach
    void endRaces() {
        race.close();
    }

    // Transactions

    @Test
    void an_account_that_was_never_seen_is_not_found() {
        assertThat(store().find(ANN)).isEmpty();
    }

    @Test
    void a_transaction_makes_the_account_with_its_defaults() {
        Account made = store().inTransaction(ANN, tx -> tx.account());

        assertThat(made)
                .isEqualTo(new Account(
                        ANN,
                        Credits.ZERO,
                        new Settings(false, null, Credits.of(10)),
                        null,
                        null,
                        AccountState.INITIAL));
        assertThat(store().find(ANN)).contains(made);
    }

    @Test
    void work_that_throws_leaves_nothing_behind() {
        enable(store(), ANN, "50", "10");
        Account before = store().find(ANN).orElseThrow();

        assertThatThrownBy(() -> write(store(), ANN, tx -> {
                    tx.save(new Settings(false, 250, Credits.of(5)));
                    tx.saveCustomer("cus_other");
                    tx.save(AccountState.INITIAL.dueAt(NOW));
                    tx.open(recharge(ANN, "r1", NOW), attempt(ANN, "r1", NOW));
                    tx.save(checkout(ANN, "c1", NOW));
                    tx.post(List.of(purchase("p1", "100")), NOW);
                    tx.publish(AutoRechargeEvent.of(EventType.ENABLED, ANN, "e1", NOW));
                    throw new IllegalStateException("crash");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("crash");

        assertThat(store().find(ANN)).contains(before);
        assertThat(store().recharges(ANN, 10)).isEmpty();
        assertThat(store().undelivered(NOW.plusSeconds(1), 10)).isEmpty();
        write(store(), ANN, tx -> {
            assertThat(tx.openCheckouts()).isEmpty();
            assertThat(tx.post(List.of(purchase("p1", "100")), NOW)).hasSize(1);
        });
    }

    @Test
    void work_that_throws_leaves_no_account_either() {
        assertThatThrownBy(() -> write(store(), ANN, tx -> {
                    throw new IllegalStateException("crash");
                }))
                .hasMessage("crash");

        assertThat(store().find(ANN)).isEmpty();
    }

    @Test
    void a_transaction_sees_its_own_writes() {
        AccountState state = AccountState.INITIAL.declined(2, NOW.plusSeconds(5), null);
        write(store(), ANN, tx -> {
            tx.save(new Settings(true, 250, Credits.of("12.5")));
            tx.savePaymentMethod(VISA);
            tx.save(state);
            tx.post(List.of(purchase("p1", "7")), NOW);
            assertThat(tx.account())
                    .isEqualTo(new Account(
                            ANN, Credits.of(7), new Settings(true, 250, Credits.of("12.5")), "cus_1", VISA, state));

            Recharge recharge = recharge(ANN, "r1", NOW);
            Attempt attempt = attempt(ANN, "r1", NOW);
            assertThat(tx.open(recharge, attempt)).isTrue();
            assertThat(tx.openRecharge()).contains(new OpenRecharge(recharge, attempt));
            assertThat(tx.countedSince(NOW)).containsExactly(new PastRecharge(NOW, recharge.price()));

            Checkout checkout = checkout(ANN, "c1", NOW);
            tx.save(checkout);
            assertThat(tx.openCheckouts()).containsExactly(checkout);
        });
    }

    @Test
    void others_see_nothing_of_a_transaction_before_it_ends() {
        enable(store(), ANN, "50", "10");
        Account before = store().find(ANN).orElseThrow();

        write(store(), ANN, tx -> {
            tx.save(new Settings(false, 250, Credits.of(5)));
            tx.publish(AutoRechargeEvent.of(EventType.DISABLED, ANN, "e1", NOW));
            assertThat(Race.result(race.start(() -> store().find(ANN)))).contains(before);
            assertThat(Race.result(race.start(() -> store().undelivered(NOW.plusSeconds(1), 10))))
                    .isEmpty();
        });

        assertThat(store().find(ANN)).map(Account::settings).contains(new Settings(false, 250, Credits.of(5)));
    }

    @Test
    void transactions_of_one_account_come_one_after_the_other() {
        race.run(8, number -> {
            for (int i = 0; i < 25; i++) {
                write(store(), ANN, tx -> {
                    AccountState state = tx.account().state();
                    tx.save(state.declined(state.declines() + 1, null, null));
                });
            }
            return number;
        });

        assertThat(store().find(ANN).orElseThrow().state().declines()).isEqualTo(200);
    }

    @Test
    void a_transaction_does_not_hold_up_other_accounts() {
        write(store(), BEN, tx -> {});
        write(store(), ANN, tx -> {
            Future<Boolean> other = race.start(() -> store().inTransaction(BEN, inner -> {
                inner.saveCustomer("cus_ben");
                return true;
            }));
            assertThat(Race.result(other)).isTrue();
        });
    }

    // The account's own rows

    @Test
    void everything_that_is_remembered_of_an_account_is_read_again() {
        AccountState state = new AccountState(
                new Consent("v3", NOW.minusSeconds(1)),
                new Suspension(Suspension.Reason.HARD_DECLINE, NOW.minusSeconds(2), "fp-old"),
                3,
                NOW.plusSeconds(4),
                NOW.minusSeconds(5),
                NOW.minusSeconds(6),
                NOW.plusSeconds(7));
        Settings settings = new Settings(true, 500, Credits.of("0.000001"));
        write(store(), ANN, tx -> {
            tx.save(settings);
            tx.savePaymentMethod(VISA);
            tx.save(state);
        });

        assertThat(store().find(ANN)).contains(new Account(ANN, Credits.ZERO, settings, "cus_1", VISA, state));
        write(
                store(),
                ANN,
                tx -> assertThat(tx.account()).isEqualTo(store().find(ANN).orElseThrow()));

        write(store(), ANN, tx -> tx.save(AccountState.INITIAL));
        assertThat(store().find(ANN))
                .contains(new Account(ANN, Credits.ZERO, settings, "cus_1", VISA, AccountState.INITIAL));
    }

    @Test
    void the_customer_is_known_before_a_method_is() {
        write(store(), ANN, tx -> tx.saveCustomer("cus_9"));

        Account account = store().find(ANN).orElseThrow();
        assertThat(account.customerId()).isEqualTo("cus_9");
        assertThat(account.method()).isNull();
    }

    @Test
    void forgetting_the_method_keeps_the_customer() {
        write(store(), ANN, tx -> tx.savePaymentMethod(VISA));
        write(store(), ANN, tx -> tx.savePaymentMethod(null));

        Account account = store().find(ANN).orElseThrow();
        assertThat(account.method()).isNull();
        assertThat(account.customerId()).isEqualTo("cus_1");
    }

    @Test
    void another_method_replaces_all_of_the_first() {
        PaymentMethod bare = new PaymentMethod("cus_2", "pm_2", null, null, null);
        write(store(), ANN, tx -> tx.savePaymentMethod(VISA));
        write(store(), ANN, tx -> tx.savePaymentMethod(bare));

        Account account = store().find(ANN).orElseThrow();
        assertThat(account.method()).isEqualTo(bare);
        assertThat(account.customerId()).isEqualTo("cus_2");
    }

    @Test
    void saving_one_thing_leaves_the_others_alone() {
        AccountState state = AccountState.INITIAL.openedAt(NOW).dueAt(NOW.plusSeconds(9));
        enable(store(), ANN, "50", "10");
        write(store(), ANN, tx -> tx.save(state));
        write(store(), ANN, tx -> tx.save(new Settings(false, 50, Credits.of(1))));
        write(store(), ANN, tx -> tx.post(List.of(purchase("p2", "5")), NOW));

        assertThat(store().find(ANN))
                .contains(
                        new Account(ANN, Credits.of(55), new Settings(false, 50, Credits.of(1)), "cus_1", VISA, state));
    }

    @Test
    void ids_are_compared_exactly() {
        enable(store(), AccountId.of("Zoë"), "1", "10");

        assertThat(store().find(AccountId.of("zoë"))).isEmpty();
        assertThat(store().find(AccountId.of("Zoe"))).isEmpty();
        assertThat(store().find(AccountId.of("Zoë"))).isPresent();
        AccountId longest = AccountId.of("\uD83D\uDE00".repeat(127) + "x");
        enable(store(), longest, "1", "10");
        assertThat(store().find(longest)).isPresent();
    }

    // Recharges

    @Test
    void a_second_open_recharge_is_refused_and_leaves_nothing() {
        Recharge first = recharge(ANN, "r1", NOW);
        write(
                store(),
                ANN,
                tx -> assertThat(tx.open(first, attempt(ANN, "r1", NOW))).isTrue());

        write(store(), ANN, tx -> {
            assertThat(tx.open(recharge(ANN, "r2", NOW), attempt(ANN, "r2", NOW)))
                    .isFalse();
            assertThat(tx.rechargeOf(new AttemptId("r2-1"))).isEmpty();
            assertThat(tx.openRecharge()).contains(new OpenRecharge(first, attempt(ANN, "r1", NOW)));
        });
        assertThat(store().recharges(ANN, 10)).containsExactly(new OpenRecharge(first, attempt(ANN, "r1", NOW)));
    }

    @Test
    void of_many_that_open_a_recharge_one_succeeds() {
        List<Boolean> opened = race.run(
                8,
                number -> store().inTransaction(
                                ANN, tx -> tx.open(recharge(ANN, "r" + number, NOW), attempt(ANN, "r" + number, NOW))));

        assertThat(Collections.frequency(opened, true)).isEqualTo(1);
        assertThat(store().recharges(ANN, 10)).hasSize(1);
    }

    @Test
    void accounts_do_not_share_their_open_recharge() {
        write(store(), ANN, tx -> tx.open(recharge(ANN, "r1", NOW), attempt(ANN, "r1", NOW)));

        write(store(), BEN, tx -> {
            assertThat(tx.openRecharge()).isEmpty();
            assertThat(tx.rechargeOf(new AttemptId("r1-1"))).isEmpty();
            assertThat(tx.countedSince(Instant.EPOCH)).isEmpty();
            assertThat(tx.open(recharge(BEN, "r2", NOW), attempt(BEN, "r2", NOW)))
                    .isTrue();
        });
    }

    @Test
    void a_recharge_that_is_decided_makes_room_for_the_next_and_is_still_found_by_its_attempt() {
        Instant later = NOW.plusSeconds(9);
        Recharge paid = recharge(ANN, "r1", NOW).in(RechargeState.PAID, later);
        Attempt captured = attempt(ANN, "r1", NOW).in(AttemptState.PAID, later, "pi_1", "succeeded");
        write(store(), ANN, tx -> {
            tx.open(recharge(ANN, "r1", NOW), attempt(ANN, "r1", NOW));
            tx.save(captured);
            tx.save(paid);
            assertThat(tx.openRecharge()).isEmpty();
        });

        write(store(), ANN, tx -> {
            assertThat(tx.rechargeOf(new AttemptId("r1-1"))).contains(new OpenRecharge(paid, captured));
            assertThat(tx.open(recharge(ANN, "r2", later), attempt(ANN, "r2", later)))
                    .isTrue();
        });
    }

    @Test
    void an_open_attempt_keeps_everything_that_is_learnt_about_it() {
        Attempt learnt = attempt(ANN, "r1", NOW)
                .sending(NOW.plusSeconds(1), NOW.plusSeconds(61))
                .waiting(true, NOW.plusSeconds(120), "pi_7", "processing");
        write(store(), ANN, tx -> {
            tx.open(recharge(ANN, "r1", NOW), attempt(ANN, "r1", NOW));
            tx.save(learnt);
        });

        write(
                store(),
                ANN,
                tx -> assertThat(tx.openRecharge().orElseThrow().attempt()).isEqualTo(learnt));
    }

    @ParameterizedTest
    @EnumSource(
            value = AttemptState.class,
            names = {"DECLINED", "ACTION_REQUIRED", "NOT_CHARGED"})
    void an_attempt_that_is_decided_keeps_its_state_until_it_turns_out_to_be_paid(AttemptState decided) {
        Attempt open = attempt(ANN, "r1", NOW);
        write(store(), ANN, tx -> {
            tx.open(recharge(ANN, "r1", NOW), open);
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

        write(store(), ANN, tx -> {
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
        Recharge open = recharge(ANN, "r1", NOW);
        write(store(), ANN, tx -> {
            tx.open(open, attempt(ANN, "r1", NOW));
            tx.save(open.in(decided, NOW.plusSeconds(1)));
            for (RechargeState late : RechargeState.values()) {
                if (late != RechargeState.PAID) {
                    tx.save(open.in(late, NOW.plusSeconds(2)));
                    assertThat(tx.openRecharge()).isEmpty();
                    assertThat(store().recharges(ANN, 1)).hasSizeLessThan(2);
                    assertThat(tx.rechargeOf(new AttemptId("r1-1"))
                                    .orElseThrow()
                                    .recharge()
                                    .state())
                            .isEqualTo(decided);
                }
            }
            tx.save(open.in(RechargeState.PAID, NOW.plusSeconds(3)));
        });

        write(store(), ANN, tx -> {
            tx.save(open.in(decided, NOW.plusSeconds(4)));
            assertThat(tx.rechargeOf(new AttemptId("r1-1")).orElseThrow().recharge())
                    .isEqualTo(open.in(RechargeState.PAID, NOW.plusSeconds(3)));
        });
    }

    @Test
    void open_and_paid_recharges_count_from_the_given_time_on() {
        write(store(), ANN, tx -> {
            closed(tx, "early", NOW.minusSeconds(1), RechargeState.PAID);
            closed(tx, "paid", NOW, RechargeState.PAID);
            closed(tx, "failed", NOW.plusSeconds(1), RechargeState.FAILED);
            closed(tx, "abandoned", NOW.plusSeconds(2), RechargeState.ABANDONED);
            tx.open(recharge(ANN, "open", NOW.plusSeconds(3)), attempt(ANN, "open", NOW));

            Money price = Money.of("19.98", "USD");
            assertThat(tx.countedSince(NOW))
                    .containsExactlyInAnyOrder(
                            new PastRecharge(NOW, price), new PastRecharge(NOW.plusSeconds(3), price));
            assertThat(tx.countedSince(NOW.plusSeconds(4))).isEmpty();
        });
    }

    @Test
    void recharges_come_newest_first_and_only_as_many_as_asked_for() {
        write(store(), ANN, tx -> {
            closed(tx, "r1", NOW, RechargeState.PAID);
            closed(tx, "r3", NOW.plusSeconds(2), RechargeState.FAILED);
            closed(tx, "r2", NOW.plusSeconds(1), RechargeState.ABANDONED);
        });

        assertThat(store().recharges(ANN, 2))
                .containsExactly(
                        new OpenRecharge(
                                recharge(ANN, "r3", NOW.plusSeconds(2)).in(RechargeState.FAILED, NOW),
                                attempt(ANN, "r3", NOW)),
                        new OpenRecharge(
                                recharge(ANN, "r2", NOW.plusSeconds(1)).in(RechargeState.ABANDONED, NOW),
                                attempt(ANN, "r2", NOW)));
        assertThat(store().recharges(BEN, 2)).isEmpty();
    }

    private static void closed(AccountTransaction tx, String id, Instant openedAt, RechargeState state) {
        tx.open(recharge(ANN, id, openedAt), attempt(ANN, id, NOW));
        tx.save(recharge(ANN, id, openedAt).in(state, NOW));
    }

    // Checkouts

    @Test
    void checkouts_are_written_changed_and_found() {
        Checkout offered = checkout(ANN, "c1", NOW);
        Checkout made = offered.at("cs_1").askedAgainAt(NOW.plusSeconds(90));
        write(store(), ANN, tx -> tx.save(offered));
        write(store(), ANN, tx -> {
            assertThat(tx.checkout(offered.id())).contains(offered);
            tx.save(made);
            tx.save(made);
        });
        write(store(), ANN, tx -> {
            assertThat(tx.checkout(offered.id())).contains(made);
            tx.save(made.in(CheckoutState.PAID, "pi_1"));
            assertThat(tx.openCheckouts()).isEmpty();
        });

        write(store(), ANN, tx -> assertThat(tx.checkout(offered.id())).contains(made.in(CheckoutState.PAID, "pi_1")));
        write(store(), BEN, tx -> {
            assertThat(tx.checkout(offered.id())).isEmpty();
            assertThat(tx.checkout(new CheckoutId("none"))).isEmpty();
        });
    }

    @Test
    void open_checkouts_come_oldest_first() {
        Checkout plain = new Checkout(
                ANN,
                new CheckoutId("c0"),
                null,
                50,
                Money.of("5", "USD"),
                false,
                null,
                CheckoutState.OPEN,
                NOW.plusSeconds(1),
                null,
                0,
                null);
        write(store(), ANN, tx -> {
            tx.save(checkout(ANN, "c2", NOW.plusSeconds(2)));
            tx.save(plain);
            tx.save(checkout(ANN, "c3", NOW));
            tx.save(checkout(ANN, "c4", NOW).in(CheckoutState.CLOSED, null));
        });

        write(
                store(),
                ANN,
                tx -> assertThat(tx.openCheckouts())
                        .containsExactly(checkout(ANN, "c3", NOW), plain, checkout(ANN, "c2", NOW.plusSeconds(2))));
    }

    // Ledger entries of the protocol

    @Test
    void entries_are_applied_in_order() {
        write(store(), ANN, tx -> tx.post(List.of(purchase("p0", "1.5")), NOW));
        List<LedgerEntry> written = store().inTransaction(
                        ANN,
                        tx -> tx.post(
                                List.of(purchase("p1", "100"), bonus("p1/bonus", "20", "p1")), NOW.plusSeconds(1)));

        assertThat(written)
                .containsExactly(
                        new LedgerEntry(
                                ANN,
                                2,
                                EntryType.PURCHASE,
                                Category.PAID,
                                Credits.of(100),
                                Credits.of("101.5"),
                                "Purchase",
                                "p1",
                                null,
                                NOW.plusSeconds(1)),
                        new LedgerEntry(
                                ANN,
                                3,
                                EntryType.BONUS,
                                Category.PROMOTIONAL,
                                Credits.of(20),
                                Credits.of("121.5"),
                                "Bonus",
                                "p1/bonus",
                                "p1",
                                NOW.plusSeconds(1)));
        assertThat(store().find(ANN).orElseThrow().balance()).isEqualTo(Credits.of("121.5"));
    }

    @Test
    void entries_whose_first_reference_is_known_are_not_applied_again() {
        write(store(), ANN, tx -> tx.post(List.of(purchase("p1", "100"), bonus("p1/bonus", "20", "p1")), NOW));

        write(store(), ANN, tx -> {
            assertThat(tx.post(List.of(purchase("p1", "100"), bonus("p1/bonus", "20", "p1")), NOW))
                    .isEmpty();
            assertThat(tx.post(List.of(purchase("p1", "100"), bonus("other", "20", "p1")), NOW))
                    .isEmpty();
            assertThat(tx.account().balance()).isEqualTo(Credits.of(120));
            assertThat(tx.post(List.of(purchase("p2", "1")), NOW))
                    .extracting(LedgerEntry::sequence)
                    .containsExactly(3L);
        });
        write(
                store(),
                BEN,
                tx -> assertThat(tx.post(List.of(purchase("p1", "100")), NOW)).hasSize(1));
    }

    @Test
    void entries_are_applied_all_or_none() {
        write(store(), ANN, tx -> tx.post(List.of(bonus("taken", "20", "p0")), NOW));

        assertThatThrownBy(() -> write(
                        store(), ANN, tx -> tx.post(List.of(purchase("p1", "100"), bonus("taken", "20", "p1")), NOW)))
                .isInstanceOf(RuntimeException.class);

        assertThat(store().find(ANN).orElseThrow().balance()).isEqualTo(Credits.of(20));
        write(
                store(),
                ANN,
                tx -> assertThat(tx.post(List.of(purchase("p1", "1")), NOW)).hasSize(1));
    }

    @Test
    void of_many_settlements_of_one_charge_one_is_applied() {
        List<Integer> written = race.run(
                8,
                number -> store().inTransaction(
                                ANN, tx -> tx.post(List.of(purchase("p1", "100"), bonus("p1/bonus", "20", "p1")), NOW))
                        .size());

        assertThat(written).containsOnlyOnce(2);
        assertThat(store().find(ANN).orElseThrow().balance()).isEqualTo(Credits.of(120));
    }

    // The queue

    @Test
    void accounts_whose_time_has_come_are_taken_longest_due_first() {
        due(AccountId.of("b"), NOW);
        due(AccountId.of("c"), NOW.minusSeconds(2));
        due(AccountId.of("a"), NOW.minusSeconds(1));
        due(AccountId.of("later"), NOW.plusSeconds(1));
        write(store(), AccountId.of("never"), tx -> {});

        assertThat(store().takeDue(NOW, LEASE, 10))
                .containsExactly(AccountId.of("c"), AccountId.of("a"), AccountId.of("b"));
    }

    @Test
    void only_so_many_accounts_are_taken_at_a_time() {
        due(AccountId.of("b"), NOW);
        due(AccountId.of("c"), NOW.minusSeconds(2));
        due(AccountId.of("a"), NOW.minusSeconds(1));

        assertThat(store().takeDue(NOW, LEASE, 2)).containsExactly(AccountId.of("c"), AccountId.of("a"));
        assertThat(store().takeDue(NOW, LEASE, 2)).containsExactly(AccountId.of("b"));
        assertThat(store().takeDue(NOW, LEASE, 2)).isEmpty();
    }

    @Test
    void an_account_that_was_taken_comes_again_when_its_lease_is_over() {
        due(ANN, NOW);
        store().takeDue(NOW, LEASE, 10);

        assertThat(store().find(ANN).orElseThrow().state().dueAt()).isEqualTo(LEASE);
        assertThat(store().takeDue(LEASE.minusNanos(1000), LEASE.plusSeconds(60), 10))
                .isEmpty();
        assertThat(store().takeDue(LEASE, LEASE.plusSeconds(60), 10)).containsExactly(ANN);
    }

    @Test
    void nodes_that_take_at_once_take_different_accounts() {
        for (int i = 0; i < 60; i++) {
            due(AccountId.of("due-" + i), NOW);
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
        // A node may come away with nothing while others hold the rest; what is left then is still due.
        taken.addAll(store().takeDue(NOW, LEASE, 60));

        assertThat(taken).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void an_account_that_is_locked_does_not_hold_up_the_others() {
        due(ANN, NOW);
        due(BEN, NOW);

        write(
                store(),
                ANN,
                tx -> assertThat(Race.result(race.start(() -> store().takeDue(NOW, LEASE, 10))))
                        .contains(BEN));
    }

    @Test
    void marking_makes_an_account_due_or_leaves_it_due_earlier() {
        AccountState state = AccountState.INITIAL.declined(2, NOW.plusSeconds(5), null);
        write(store(), ANN, tx -> tx.save(state));

        store().markDue(ANN, NOW);
        assertThat(store().find(ANN).orElseThrow().state()).isEqualTo(state.dueAt(NOW));
        store().markDue(ANN, NOW.plusSeconds(1));
        assertThat(store().find(ANN).orElseThrow().state()).isEqualTo(state.dueAt(NOW));
        store().markDue(ANN, NOW.minusSeconds(1));
        assertThat(store().find(ANN).orElseThrow().state()).isEqualTo(state.dueAt(NOW.minusSeconds(1)));
    }

    @Test
    void a_mark_that_a_transaction_did_not_see_outlives_it() {
        for (int round = 0; round < 100; round++) {
            AccountId account = AccountId.of("marked-" + round);
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
        due(AccountId.of("a"), NOW);
        due(AccountId.of("b"), NOW.minusSeconds(2));
        due(AccountId.of("c"), NOW.plusSeconds(1));

        assertThat(store().countDue(NOW, 100)).isEqualTo(2);
        assertThat(store().countDue(NOW, 1)).isEqualTo(1);
        assertThat(store().countDue(NOW.minusSeconds(3), 100)).isZero();
    }

    private void due(AccountId account, Instant at) {
        write(store(), account, tx -> tx.save(tx.account().state().dueAt(at)));
    }

    // The sweep

    @Test
    void the_sweep_makes_low_accounts_due() {
        enable(store(), ANN, "9.999999", "10");
        enable(store(), BEN, "0", "10");

        assertThat(store().sweep(false, NOW)).isEqualTo(2);
        assertThat(store().find(ANN).orElseThrow().state()).isEqualTo(AccountState.INITIAL.dueAt(NOW));
        assertThat(store().takeDue(NOW, LEASE, 10)).containsExactlyInAnyOrder(ANN, BEN);
        assertThat(store().sweep(false, NOW)).isZero();
    }

    @Test
    void the_sweep_takes_a_balance_at_the_threshold_for_low_only_when_told_so() {
        enable(store(), ANN, "10", "10");
        enable(store(), BEN, "10.000001", "10");

        assertThat(store().sweep(false, NOW)).isZero();
        assertThat(store().sweep(true, NOW)).isEqualTo(1);
        assertThat(store().takeDue(NOW, LEASE, 10)).containsExactly(ANN);
    }

    @Test
    void the_sweep_leaves_accounts_alone_that_are_off_or_suspended_or_have_no_method_or_are_due() {
        write(store(), AccountId.of("off"), tx -> {
            tx.save(new Settings(false, 100, Credits.of(10)));
            tx.savePaymentMethod(VISA);
        });
        write(store(), AccountId.of("no method"), tx -> {
            tx.save(new Settings(true, 100, Credits.of(10)));
            tx.saveCustomer("cus_1");
        });
        enable(store(), AccountId.of("suspended"), "1", "10");
        AccountState suspended =
                AccountState.INITIAL.suspended(new Suspension(Suspension.Reason.REPEATED_DECLINES, NOW, "fp-visa"));
        write(store(), AccountId.of("suspended"), tx -> tx.save(suspended));
        enable(store(), AccountId.of("due"), "1", "10");
        due(AccountId.of("due"), NOW.plusSeconds(100));

        assertThat(store().sweep(false, NOW)).isZero();
        assertThat(store().find(AccountId.of("suspended")).orElseThrow().state())
                .isEqualTo(suspended);
        assertThat(store().find(AccountId.of("due")).orElseThrow().state().dueAt())
                .isEqualTo(NOW.plusSeconds(100));
        assertThat(store().takeDue(NOW, LEASE, 10)).isEmpty();
    }

    // Events

    @Test
    void events_wait_until_they_are_confirmed() {
        AutoRechargeEvent full = AutoRechargeEvent.of(EventType.RECHARGE_PAID, ANN, "r1", NOW)
                .about("r1")
                .bought(Credits.of(100), Credits.of("20.5"), Money.of("9.99", "USD"), Credits.of(129))
                .because("word")
                .until(NOW.plusSeconds(5));
        AutoRechargeEvent bare = AutoRechargeEvent.of(EventType.ENABLED, BEN, "e1", NOW.minusSeconds(1));
        write(store(), ANN, tx -> tx.publish(full));
        write(store(), BEN, tx -> tx.publish(bare));

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
    void an_event_that_is_there_already_is_left_alone() {
        AutoRechargeEvent first =
                AutoRechargeEvent.of(EventType.SUSPENDED, ANN, "s1", NOW).because("first");
        write(store(), ANN, tx -> {
            assertThat(tx.publish(first)).isTrue();
            assertThat(tx.publish(first.because("again"))).isFalse();
        });
        write(store(), ANN, tx -> {
            assertThat(tx.publish(first.because("and again"))).isFalse();
            tx.saveCustomer("cus_after");
        });

        assertThat(store().undelivered(NOW.plusSeconds(1), 10)).containsExactly(first);
        assertThat(store().find(ANN).orElseThrow().customerId()).isEqualTo("cus_after");
        store().delivered(List.of(first.id()), NOW);
        write(store(), ANN, tx -> tx.publish(first));
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
}
