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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A change that was answered is kept, unless the host rolls back the transaction that it is part of: at every place of a transaction, in every
 * propagation, with every kind of manager and pool.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DebitInEveryTransactionContract {
    static final Runnable NOTHING = () -> {};

    /** One for each kind of pool: every test has accounts of its own. */
    private final Map<Boolean, TransactionHost> hosts = new HashMap<>();

    /** The managers of one host. */
    abstract List<Manager> managers();

    final TransactionHost host(Manager manager, boolean autoCommit) {
        return hosts.computeIfAbsent(autoCommit, it -> TransactionHost.start(manager == Manager.JPA, it))
                .with(manager);
    }

    Stream<Arguments> managersAndPools() {
        return managers().stream()
                .flatMap(manager -> Stream.of(true, false).map(autoCommit -> Arguments.of(manager, autoCommit)));
    }

    @AfterAll
    void stop() {
        hosts.values().forEach(TransactionHost::close);
    }

    /** What became of one call. */
    private enum End {
        ANSWERED,
        REFUSED,
        /** Spring does not allow such a transaction at this place. */
        NOT_CALLED
    }

    private record Combination(Place place, Scope scope, Kind kind, boolean used) {}

    @ParameterizedTest(name = "{0}, auto-commit {1}")
    @MethodSource("managersAndPools")
    void what_was_answered_is_kept_unless_the_host_rolls_back(Manager manager, boolean autoCommit) {
        List<String> broken = new ArrayList<>();
        int answered = 0;
        TransactionHost host = host(manager, autoCommit);
        int number = autoCommit ? 0 : 1;
        for (Combination one : combinations(manager)) {
            // Each combination is tried with one kind of write, and with another one on the other pool.
            String write = number++ % 2 == 0 ? "debit" : "grant";
            AccountId account = account(host);
            End end = call(host, one, () -> apply(host.library(), write, account));
            answered += end == End.ANSWERED ? 1 : 0;
            check(host, one, account, end, write + " " + one, broken);
        }

        assertThat(broken).isEmpty();
        assertThat(answered).isGreaterThan(100);
    }

    @ParameterizedTest(name = "{0}, auto-commit {1}")
    @MethodSource("managersAndPools")
    void a_debit_that_crosses_is_followed_by_a_check_wherever_it_was_made(Manager manager, boolean autoCommit) {
        TransactionHost host = host(manager, autoCommit);
        AutoRecharge library = host.library();
        for (Place place : Place.values()) {
            for (Scope scope : Scope.values()) {
                if (manager == Manager.JPA && losesItsConnection(place, scope)) {
                    continue;
                }
                AccountId account = Customers.ready(library, host.bean(RechargeStore.class), "a-" + UUID.randomUUID());
                soon(place + " " + scope).until(() -> host.decided().remove(account));

                End end = call(
                        host,
                        new Combination(place, scope, Kind.COMMITTED, true),
                        () -> library.debit(Debit.of(account, Credits.of(95), "job", null)));

                if (end == End.ANSWERED) {
                    soon(place + " " + scope).until(() -> host.decided().contains(account));
                }
            }
        }
    }

    /** Looks often: with the usual tenth of a second between two looks, hundreds of cases would wait most of their time. */
    private static ConditionFactory soon(String what) {
        return await(what)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(20));
    }

    private static List<Combination> combinations(Manager manager) {
        List<Combination> all = new ArrayList<>();
        for (Place place : Place.values()) {
            for (Scope scope : Scope.values()) {
                if (manager == Manager.JPA && losesItsConnection(place, scope)) {
                    continue;
                }
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

    /**
     * Spring takes its own exception for one of the commit and rolls nothing back, and Hibernate keeps the connection of a transaction that
     * never ends: with these cases the host's pool is soon empty, with our library or without.
     */
    private static boolean losesItsConnection(Place place, Scope scope) {
        return (place == Place.BEFORE_COMMIT || place == Place.EVENT_BEFORE_COMMIT)
                && (scope == Scope.NEVER || scope == Scope.NESTED);
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

    static AccountId account(TransactionHost host) {
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

    static void apply(AutoRecharge library, String write, AccountId account) {
        BiConsumer<AutoRecharge, AccountId> call = write.equals("debit")
                ? (it, on) -> assertThat(it.debit(Debit.of(on, Credits.of(20), UUID.randomUUID() + "", null)))
                        .isInstanceOf(DebitResult.Applied.class)
                : (it, on) ->
                        it.grant(new Grant(on, Credits.of(20), Category.PROMOTIONAL, UUID.randomUUID() + "", "Gift"));
        call.accept(library, account);
    }
}
