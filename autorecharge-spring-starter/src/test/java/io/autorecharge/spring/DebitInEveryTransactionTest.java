package io.autorecharge.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.Grant;
import io.autorecharge.spring.TransactionHost.Kind;
import io.autorecharge.spring.TransactionHost.Manager;
import io.autorecharge.spring.TransactionHost.Place;
import io.autorecharge.spring.TransactionHost.Scope;
import io.autorecharge.store.RechargeStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A change that was answered is kept, unless the host rolls back the transaction that it is part of: at every place of a transaction, in every
 * propagation, with every kind of manager and pool.
 */
@Tag("database")
class DebitInEveryTransactionTest {
    private static final Runnable NOTHING = () -> {};

    /** What became of one call. */
    private enum End {
        ANSWERED,
        REFUSED,
        /** Spring does not allow such a transaction at this place. */
        NOT_CALLED
    }

    private record Combination(Place place, Scope scope, Kind kind, boolean used) {}

    @ParameterizedTest(name = "{0}, auto-commit {1}")
    @CsvSource({"JDBC,true", "JDBC,false", "JPA,true", "JPA,false", "UNKNOWN,true", "UNKNOWN,false"})
    void what_was_answered_is_kept_unless_the_host_rolls_back(Manager manager, boolean autoCommit) {
        List<String> broken = new ArrayList<>();
        int answered = 0;
        try (TransactionHost host = TransactionHost.start(manager, autoCommit)) {
            int number = autoCommit ? 0 : 1;
            for (Combination one : combinations(manager)) {
                // Each combination is tried with one kind of write, and with another one on the other pool.
                String write = number++ % 2 == 0 ? "debit" : "grant";
                AccountId account = account(host);
                End end = call(host, one, () -> apply(host.library(), write, account));
                answered += end == End.ANSWERED ? 1 : 0;
                check(host, one, account, end, write + " " + one, broken);
            }
        }

        assertThat(broken).isEmpty();
        assertThat(answered).isGreaterThan(100);
    }

    @ParameterizedTest(name = "{0}, auto-commit {1}")
    @CsvSource({"JDBC,true", "JDBC,false", "JPA,true", "JPA,false", "UNKNOWN,true", "UNKNOWN,false"})
    void a_debit_that_crosses_is_followed_by_a_check_wherever_it_was_made(Manager manager, boolean autoCommit) {
        try (TransactionHost host = TransactionHost.start(manager, autoCommit)) {
            AutoRecharge library = host.library();
            for (Place place : Place.values()) {
                for (Scope scope : Scope.values()) {
                    AccountId account =
                            Customers.ready(library, host.bean(RechargeStore.class), "a-" + UUID.randomUUID());
                    await().until(() -> host.decided().remove(account));

                    End end = call(
                            host,
                            new Combination(place, scope, Kind.COMMITTED, true),
                            () -> library.debit(Debit.of(account, Credits.of(95), "job", null)));

                    if (end == End.ANSWERED) {
                        await(place + " " + scope)
                                .atMost(Duration.ofSeconds(20))
                                .until(() -> host.decided().contains(account));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void a_connection_in_a_transaction_of_another_database_is_not_joined(boolean autoCommit) {
        try (TransactionHost host = TransactionHost.start(Manager.JDBC, autoCommit)) {
            AccountId account = account(host);
            DataSource other = new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID());
            TransactionTemplate elsewhere = new TransactionTemplate(new DataSourceTransactionManager(other));

            elsewhere.executeWithoutResult(status -> {
                // Binds a connection that no transaction manager will commit.
                host.bean(JdbcTemplate.class).queryForList("select id from credit_accounts");
                apply(host.library(), "debit", account);
                status.setRollbackOnly();
            });

            assertThat(host.library().balance(account)).isEqualTo(Credits.of(80));
        }
    }

    @Test
    void a_callback_of_a_manager_that_is_no_bean_says_what_to_do() {
        try (TransactionHost host = TransactionHost.start(Manager.UNKNOWN, false)) {
            AccountId account = account(host);
            List<String> messages = new ArrayList<>();

            host.run(Place.AFTER_COMMIT, Scope.NONE, Kind.COMMITTED, NOTHING, () -> {
                try {
                    apply(host.library(), "debit", account);
                } catch (IllegalStateException e) {
                    messages.add(e.getMessage());
                }
            });

            assertThat(messages).singleElement().asString().contains("the transaction manager is not a bean");
        }
    }

    private static List<Combination> combinations(Manager manager) {
        List<Combination> all = new ArrayList<>();
        for (Place place : Place.values()) {
            for (Scope scope : Scope.values()) {
                for (Kind kind : Kind.values()) {
                    all.add(new Combination(place, scope, kind, true));
                    if (manager == Manager.UNKNOWN) {
                        all.add(new Combination(place, scope, kind, false));
                    }
                }
            }
        }
        return all;
    }

    /** @param one whether the outer transaction has used the library before */
    private static End call(TransactionHost host, Combination one, Runnable write) {
        List<End> ends = new ArrayList<>();
        Runnable before = one.used() ? () -> apply(host.library(), "grant", account(host)) : NOTHING;
        try {
            host.run(one.place(), one.scope(), one.kind(), before, () -> {
                try {
                    write.run();
                    ends.add(End.ANSWERED);
                } catch (RuntimeException e) {
                    ends.add(End.REFUSED);
                    throw e;
                }
            });
        } catch (RuntimeException e) {
            // The host's transaction tells of the refusal or of the rollback that was asked for.
            assertThat(e).isNotNull();
        }
        return ends.isEmpty() ? End.NOT_CALLED : ends.get(0);
    }

    private static void check(
            TransactionHost host, Combination one, AccountId account, End end, String what, List<String> broken) {
        Credits before = Credits.of(100);
        Credits balance = host.library().balance(account);
        Credits sum = host.library().entries(account, 10).stream()
                .map(entry -> entry.amount())
                .reduce(Credits.ZERO, Credits::plus);
        if (!sum.equals(balance)) {
            broken.add(what + ": balance " + balance + " is not the ledger's sum " + sum);
        }
        boolean kept = !balance.equals(before);
        if (end != End.ANSWERED && kept) {
            broken.add(what + ": " + end + ", but applied");
        }
        if (end == End.ANSWERED && !kept && one.kind() != Kind.ROLLED_BACK) {
            broken.add(what + ": answered and lost");
        }
        if (end == End.ANSWERED && kept && one.kind() == Kind.ROLLED_BACK && one.scope() == Scope.REQUIRES_NEW) {
            broken.add(what + ": not rolled back with its transaction");
        }
    }

    private static AccountId account(TransactionHost host) {
        AccountId account = AccountId.of("a-" + UUID.randomUUID());
        // On a thread of its own, so that it is no part of a transaction.
        Thread thread = new Thread(
                () -> host.library().grant(new Grant(account, Credits.of(100), Category.PAID, "gift", "Welcome")));
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return account;
    }

    private static void apply(AutoRecharge library, String write, AccountId account) {
        BiConsumer<AutoRecharge, AccountId> call = write.equals("debit")
                ? (it, on) -> assertThat(it.debit(Debit.of(on, Credits.of(20), UUID.randomUUID() + "", null)))
                        .isInstanceOf(DebitResult.Applied.class)
                : (it, on) ->
                        it.grant(new Grant(on, Credits.of(20), Category.PROMOTIONAL, UUID.randomUUID() + "", "Gift"));
        call.accept(library, account);
    }
}
