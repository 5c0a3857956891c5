package io.autorecharge.testkit;

import static io.autorecharge.testkit.Rows.NOW;
import static io.autorecharge.testkit.Rows.VISA;
import static io.autorecharge.testkit.Rows.attempt;
import static io.autorecharge.testkit.Rows.checkout;
import static io.autorecharge.testkit.Rows.enable;
import static io.autorecharge.testkit.Rows.purchase;
import static io.autorecharge.testkit.Rows.recharge;
import static io.autorecharge.testkit.Rows.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autorecharge.account.Account;
import io.autorecharge.account.AccountState;
import io.autorecharge.account.AgreedPackage;
import io.autorecharge.account.Announcement;
import io.autorecharge.account.Consent;
import io.autorecharge.account.Grace;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.account.Usage;
import io.autorecharge.account.UserRules;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.policy.PastRecharge;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.RechargeWithAttempt;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules of a transaction on an account: atomic, serialized per account, and it reads what was written. */
abstract class AccountTransactionContract {
    final AccountId ann = account("ann");
    final AccountId ben = account("ben");

    final Race race = new Race();

    /** The store under test: the same object during one test, and empty at its start. */
    protected abstract RechargeStore store();

    /** An account for the tests; the same for the same name. */
    protected AccountId account(String name) {
        return AccountId.of(name);
    }

    /** Whether an account is created by its first use. */
    protected boolean makesAccounts() {
        return true;
    }

    @AfterEach
    void endRaces() {
        race.close();
    }

    @Test
    void an_account_that_was_never_seen_is_not_found() {
        assertThat(store().find(ann)).isEmpty();
    }

    @Test
    void a_transaction_makes_the_account_with_its_defaults() {
        Account made = store().inTransaction(ann, tx -> tx.account());

        assertThat(made)
                .isEqualTo(new Account(
                        ann,
                        Credits.ZERO,
                        new Settings(false, null, Credits.of(10)),
                        null,
                        null,
                        AccountState.INITIAL));
        assertThat(store().find(ann)).contains(made);
    }

    @Test
    void work_that_throws_leaves_nothing_behind() {
        enable(store(), ann, "50", "10");
        Account before = store().find(ann).orElseThrow();

        assertThatThrownBy(() -> write(store(), ann, tx -> {
                    tx.save(new Settings(false, 250, Credits.of(5)));
                    tx.saveCustomer("cus_other");
                    tx.save(AccountState.INITIAL.dueAt(NOW));
                    tx.open(recharge(ann, "r1", NOW), attempt(ann, "r1", NOW));
                    tx.save(checkout(ann, "c1", NOW));
                    tx.post(List.of(purchase("p1", "100")), NOW);
                    tx.publish(AutoRechargeEvent.of(EventType.ENABLED, ann, "e1", NOW));
                    throw new IllegalStateException("crash");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("crash");

        assertThat(store().find(ann)).contains(before);
        assertThat(store().recharges(ann, 10)).isEmpty();
        assertThat(store().undelivered(NOW.plusSeconds(1), 10)).isEmpty();
        write(store(), ann, tx -> {
            assertThat(tx.openCheckouts()).isEmpty();
            assertThat(tx.post(List.of(purchase("p1", "100")), NOW)).isTrue();
        });
    }

    @Test
    void work_that_throws_leaves_no_account_either() {
        assumeTrue(makesAccounts(), "only the host makes accounts here");
        assertThatThrownBy(() -> write(store(), ann, tx -> {
                    throw new IllegalStateException("crash");
                }))
                .hasMessage("crash");

        assertThat(store().find(ann)).isEmpty();
    }

    @Test
    void a_transaction_sees_its_own_writes() {
        AccountState state = AccountState.INITIAL.declined(2, NOW.plusSeconds(5), null);
        write(store(), ann, tx -> {
            tx.save(new Settings(true, 250, Credits.of("12.5")));
            tx.savePaymentMethod(VISA);
            tx.save(state);
            tx.post(List.of(purchase("p1", "7")), NOW);
            assertThat(tx.account())
                    .isEqualTo(new Account(
                            ann, Credits.of(7), new Settings(true, 250, Credits.of("12.5")), "cus_1", VISA, state));

            Recharge recharge = recharge(ann, "r1", NOW);
            Attempt attempt = attempt(ann, "r1", NOW);
            assertThat(tx.open(recharge, attempt)).isTrue();
            assertThat(tx.openRecharge()).contains(new RechargeWithAttempt(recharge, attempt));
            assertThat(tx.countedSince(NOW)).containsExactly(new PastRecharge(NOW, recharge.price()));

            Checkout checkout = checkout(ann, "c1", NOW);
            tx.save(checkout);
            assertThat(tx.openCheckouts()).containsExactly(checkout);
        });
    }

    @Test
    void others_see_nothing_of_a_transaction_before_it_ends() {
        enable(store(), ann, "50", "10");
        Account before = store().find(ann).orElseThrow();

        write(store(), ann, tx -> {
            tx.save(new Settings(false, 250, Credits.of(5)));
            tx.publish(AutoRechargeEvent.of(EventType.DISABLED, ann, "e1", NOW));
            assertThat(Race.result(race.start(() -> store().find(ann)))).contains(before);
            assertThat(Race.result(race.start(() -> store().undelivered(NOW.plusSeconds(1), 10))))
                    .isEmpty();
        });

        assertThat(store().find(ann)).map(Account::settings).contains(new Settings(false, 250, Credits.of(5)));
    }

    @Test
    void transactions_of_one_account_come_one_after_the_other() {
        race.run(8, number -> {
            for (int i = 0; i < 25; i++) {
                write(store(), ann, tx -> {
                    AccountState state = tx.account().state();
                    tx.save(state.declined(state.declines() + 1, null, null));
                });
            }
            return number;
        });

        assertThat(store().find(ann).orElseThrow().state().declines()).isEqualTo(200);
    }

    @Test
    void a_transaction_does_not_hold_up_other_accounts() {
        write(store(), ben, tx -> {});
        write(store(), ann, tx -> {
            Future<Boolean> other = race.start(() -> store().inTransaction(ben, inner -> {
                inner.saveCustomer("cus_ben");
                return true;
            }));
            assertThat(Race.result(other)).isTrue();
        });
    }

    private static final Announcement ANNOUNCED = new Announcement(
            NOW.minusSeconds(9),
            NOW.plusSeconds(10),
            Money.of("45.49", "EUR"),
            500,
            Money.of("39.00", "EUR"),
            List.of("fp-first", "pm_without fingerprint"));

    @Test
    void everything_that_is_remembered_of_an_account_is_read_again() {
        AccountState state = new AccountState(
                new Consent(
                        "v3",
                        NOW.minusSeconds(1),
                        Money.of("45.50", "EUR"),
                        Consent.Source.SETTINGS,
                        new AgreedPackage(500, Credits.of("20.000001"), Money.of("41.99", "USD")),
                        3),
                new Suspension(Suspension.Reason.HARD_DECLINE, NOW.minusSeconds(2), "fp-old"),
                3,
                NOW.plusSeconds(4),
                NOW.minusSeconds(5),
                NOW.minusSeconds(6),
                "cus_1",
                NOW.plusSeconds(7),
                null,
                NOW.minusSeconds(8),
                0,
                4,
                new UserRules(Money.of("75.00", "EUR")),
                ANNOUNCED,
                false,
                new Usage(Credits.of("1.25"), NOW.minusSeconds(9), Credits.of(20), Credits.of(500)),
                new Grace(
                        NOW.minusSeconds(11), NOW.plusSeconds(12), Credits.of("7.25"), "fp-first", Grace.Stage.ENDING));
        Settings settings = new Settings(true, 500, Credits.of("0.000001"));
        write(store(), ann, tx -> {
            tx.save(settings);
            tx.savePaymentMethod(VISA);
            tx.save(state);
        });

        assertThat(store().find(ann)).contains(new Account(ann, Credits.ZERO, settings, "cus_1", VISA, state));
        Account locked = store().inTransaction(ann, tx -> tx.account());
        assertThat(locked).isEqualTo(store().find(ann).orElseThrow());

        write(store(), ann, tx -> tx.save(AccountState.INITIAL));
        assertThat(store().find(ann))
                .contains(new Account(ann, Credits.ZERO, settings, "cus_1", VISA, AccountState.INITIAL));
    }

    @Test
    void an_agreement_from_before_its_maximum_was_recorded_is_read_as_it_was() {
        AccountState state = AccountState.INITIAL.withConsent(new Consent("v1", NOW));
        write(store(), ann, tx -> tx.save(state));

        assertThat(store().find(ann).orElseThrow().state()).isEqualTo(state);
    }

    @Test
    void the_customer_is_known_before_a_method_is() {
        write(store(), ann, tx -> tx.saveCustomer("cus_9"));

        Account account = store().find(ann).orElseThrow();
        assertThat(account.customerId()).isEqualTo("cus_9");
        assertThat(account.method()).isNull();
    }

    @Test
    void removing_the_method_keeps_the_customer() {
        write(store(), ann, tx -> tx.savePaymentMethod(VISA));
        write(store(), ann, tx -> tx.savePaymentMethod(null));

        Account account = store().find(ann).orElseThrow();
        assertThat(account.method()).isNull();
        assertThat(account.customerId()).isEqualTo("cus_1");
    }

    @Test
    void another_method_replaces_all_of_the_first() {
        PaymentMethod bare = new PaymentMethod("cus_2", "pm_2", null, null, null);
        write(store(), ann, tx -> tx.savePaymentMethod(VISA));
        write(store(), ann, tx -> tx.savePaymentMethod(bare));

        Account account = store().find(ann).orElseThrow();
        assertThat(account.method()).isEqualTo(bare);
        assertThat(account.customerId()).isEqualTo("cus_2");
    }

    @Test
    void saving_one_part_does_not_change_the_others() {
        AccountState state = AccountState.INITIAL.openedAt(NOW).dueAt(NOW.plusSeconds(9));
        enable(store(), ann, "50", "10");
        write(store(), ann, tx -> tx.save(state));
        write(store(), ann, tx -> tx.save(new Settings(false, 50, Credits.of(1))));
        write(store(), ann, tx -> tx.post(List.of(purchase("p2", "5")), NOW));

        assertThat(store().find(ann))
                .contains(new Account(
                        ann,
                        Credits.of(55),
                        new Settings(false, 50, Credits.of(1)),
                        Rows.visaOf(ann).customerId(),
                        Rows.visaOf(ann),
                        state));
    }

    @Test
    void ids_are_compared_exactly() {
        enable(store(), account("Zoë"), "1", "10");

        assertThat(store().find(account("zoë"))).isEmpty();
        assertThat(store().find(account("Zoe"))).isEmpty();
        assertThat(store().find(account("Zoë"))).isPresent();
        AccountId longest = account("\uD83D\uDE00".repeat(127) + "x");
        enable(store(), longest, "1", "10");
        assertThat(store().find(longest)).isPresent();
    }
}
