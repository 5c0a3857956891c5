package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.ReferenceConflictException;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutOffer;
import io.autorecharge.store.CheckoutProgress;
import io.autorecharge.store.Posting;
import io.autorecharge.store.StoreException;
import io.autorecharge.testkit.Race;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Debits and grants as part of the host's transaction. One store for all tests, since each new one compares all tables with the schema files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HostTransactionContract extends HostTransactionSupport {
    @Test
    void a_debit_disappears_with_the_transaction_that_it_joined() {
        DebitResult result = inHost(false, host -> {
            DebitResult taken = debit(ann, "job", "45");
            assertThat(store.balance(ann)).isEqualTo(Credits.of(5));
            assertThat(store.entries(ann, Long.MAX_VALUE, 10)).hasSize(2);
            assertThat(elsewhere(() -> store.balance(ann))).isEqualTo(Credits.of(50));
            return taken;
        });

        assertThat(result.crossed()).isTrue();
        assertThat(store.balance(ann)).isEqualTo(Credits.of(50));
        assertThat(store.entries(ann, Long.MAX_VALUE, 10)).hasSize(1);
        assertThat(store.find(ann).orElseThrow().state().dueAt()).isNull();
        assertThat(debit(ann, "job", "45")).isInstanceOf(DebitResult.Applied.class);
    }

    @Test
    void a_debit_is_kept_with_the_transaction_that_it_joined() {
        DebitResult result = inHost(true, host -> debit(ann, "job", "45"));

        assertThat(result.crossed()).isTrue();
        assertThat(store.balance(ann)).isEqualTo(Credits.of(5));
        assertThat(store.find(ann).orElseThrow().state().dueAt()).isEqualTo(NOW);
        assertThat(store.entries(ann, Long.MAX_VALUE, 1)).containsExactly(((DebitResult.Applied) result).entry());
    }

    @Test
    void a_grant_goes_the_way_of_the_transaction_that_it_joined() {
        AccountId fresh = account("fresh");
        inHost(false, host -> store.grant(gift(fresh, "g", "5"), NOW));
        assertThat(store.balance(fresh)).isEqualTo(Credits.ZERO);

        inHost(true, host -> store.grant(gift(fresh, "g", "5"), NOW));
        assertThat(store.balance(fresh)).isEqualTo(Credits.of(5));
    }

    @Test
    void what_the_hosts_transaction_does_survives_references_that_are_taken() {
        LedgerEntry first = ((DebitResult.Applied) debit(ann, "job", "20")).entry();

        inHost(true, host -> {
            assertThat(debit(ann, "job", "20")).isEqualTo(new DebitResult.Replayed(first));
            assertThatThrownBy(() -> debit(ann, "job", "21")).isInstanceOf(ReferenceConflictException.class);
            assertThat(debit(ann, "too much", "1000")).isEqualTo(new DebitResult.Refused(Credits.of(30)));
            assertThat(store.grant(gift(ann, "opening", "50"), NOW).amount()).isEqualTo(Credits.of(50));
            return debit(ann, "next", "1");
        });

        assertThat(store.balance(ann)).isEqualTo(Credits.of(29));
        assertThat(store.entries(ann, Long.MAX_VALUE, 10)).hasSize(3);
    }

    @Test
    void one_reference_twice_in_one_transaction_takes_credits_once() {
        inHost(true, host -> {
            assertThat(debit(ann, "job", "20")).isInstanceOf(DebitResult.Applied.class);
            return debit(ann, "job", "20");
        });

        assertThat(store.balance(ann)).isEqualTo(Credits.of(30));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void work_on_an_account_goes_the_way_of_the_transaction_that_it_joined(boolean commit) {
        inHost(commit, host -> {
            debit(ben, "job", "1");
            store.inTransaction(ben, tx -> {
                tx.saveCustomer("cus_new");
                return true;
            });
            store.markDue(ben, NOW);
            assertThat(store.isHostTransactionOpen()).isTrue();
            assertThat(store.find(ben).orElseThrow().customerId()).isEqualTo("cus_new");
            assertThat(elsewhere(() -> store.find(ben).orElseThrow().customerId()))
                    .isEqualTo("cus_2");
            return true;
        });

        assertThat(store.isHostTransactionOpen()).isFalse();
        assertThat(store.find(ben).orElseThrow().customerId()).isEqualTo(commit ? "cus_new" : "cus_2");
        assertThat(store.find(ben).orElseThrow().state().dueAt()).isEqualTo(commit ? NOW : null);
    }

    @Test
    void of_work_that_fails_nothing_remains_in_the_transaction_that_it_joined() {
        inHost(true, host -> {
            debit(ben, "before", "1");
            assertThatThrownBy(() -> store.inTransaction(ben, tx -> {
                        tx.post(List.of(Posting.of(((DebitResult.Applied) debit(ann, "other", "1")).entry())), NOW);
                        throw new IllegalStateException("crash");
                    }))
                    .hasMessage("crash");
            return debit(ben, "after", "1");
        });

        assertThat(store.balance(ben)).isEqualTo(Credits.of(48));
        assertThat(store.balance(ann)).isEqualTo(Credits.of(50));
    }

    @Test
    void work_on_an_account_sees_what_others_committed_after_the_snapshot_of_the_host_or_is_refused_as_retryable() {
        try {
            List<String> seen = inHost(true, Connection.TRANSACTION_REPEATABLE_READ, host -> {
                see(host);
                elsewhere(() -> store.inTransaction(ann, tx -> {
                    tx.save(checkout(ann));
                    tx.save(tx.account().state().dueAt(NOW));
                    return true;
                }));
                return store.inTransaction(
                        ann,
                        tx -> tx.openCheckouts().stream()
                                .map(it -> it.id().value())
                                .toList());
            });
            assertThat(seen).containsExactly("co_1");
        } catch (StoreException e) {
            assertThat(e.isRetryable()).isTrue();
        }
    }

    private static Checkout checkout(AccountId account) {
        CheckoutOffer offer = new CheckoutOffer(
                account, new CheckoutId("co_1"), 100, Money.of("9.00", "USD"), false, null, NOW, null, null);
        return new Checkout(offer, CheckoutProgress.offered(NOW));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_debit_waits_for_the_same_reference_in_an_open_transaction(boolean commit) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Future<DebitResult> other = inHost(commit, host -> {
            debit(ann, "job", "20");
            Future<DebitResult> running = race.start(() -> {
                started.countDown();
                return debit(ann, "job", "20");
            });
            assertThat(await(started)).isTrue();
            return running;
        });

        assertThat(Race.result(other)).isInstanceOf(commit ? DebitResult.Replayed.class : DebitResult.Applied.class);
        assertThat(store.balance(ann)).isEqualTo(Credits.of(30));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Connection.TRANSACTION_READ_COMMITTED,
                Connection.TRANSACTION_REPEATABLE_READ,
                Connection.TRANSACTION_SERIALIZABLE
            })
    void one_reference_from_many_hosts_takes_credits_once_under_every_isolation(int isolation) {
        for (int round = 0; round < 10; round++) {
            String reference = "job-" + round;
            List<DebitResult> results = race.run(
                    8,
                    number -> retried(() -> inHost(true, isolation, host -> {
                        see(host);
                        return debit(ann, reference, "2");
                    })));
            assertThat(results)
                    .filteredOn(DebitResult.Applied.class::isInstance)
                    .hasSize(1);
        }

        assertThat(store.balance(ann)).isEqualTo(Credits.of(30));
        assertThat(store.entries(ann, Long.MAX_VALUE, 100)).hasSize(11);
    }

    @Test
    void a_deadlock_of_hosts_is_reported_as_retryable() {
        CountDownLatch first = new CountDownLatch(2);
        List<String> ends = race.run(2, number -> {
            try {
                return inHost(true, host -> {
                    debit(number == 0 ? ann : ben, "a-" + number, "1");
                    first.countDown();
                    assertThat(await(first)).isTrue();
                    debit(number == 0 ? ben : ann, "b-" + number, "1");
                    return "committed";
                });
            } catch (StoreException e) {
                return e.isRetryable() ? "retryable" : "failed: " + e;
            }
        });

        assertThat(ends).contains("retryable").isSubsetOf("committed", "retryable");
    }

    @Test
    void a_connection_that_commits_by_itself_is_no_transaction() throws SQLException {
        try (Connection connection = database().getConnection()) {
            hosts.set(connection);
            assertThatThrownBy(() -> debit(ann, "job", "1"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("commits every statement by itself");
        } finally {
            hosts.remove();
        }
        assertThat(store.balance(ann)).isEqualTo(Credits.of(50));
    }
}
