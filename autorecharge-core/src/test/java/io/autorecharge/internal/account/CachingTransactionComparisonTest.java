package io.autorecharge.internal.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.Consent;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.policy.PastRecharge;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptProgress;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.AttemptTerms;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutOffer;
import io.autorecharge.store.CheckoutProgress;
import io.autorecharge.store.CheckoutState;
import io.autorecharge.store.Posting;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.StoreException;
import io.autorecharge.store.Trigger;
import io.autorecharge.testkit.InMemoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random calls to a transaction and to one that remembers: every call returns the same, and every transaction leaves the same rows. Few
 * ids are used, so that most calls meet a row that an earlier call read or changed.
 */
class CachingTransactionComparisonTest {
    private static final AccountId ANN = AccountId.of("ann");
    private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
    private static final Money PRICE = Money.of("19.98", "USD");
    private static final int IDS = 3;
    private static final int RECHARGES = 6;
    private static final int ACCOUNTS = 150;

    /** @param answer returns what the caller of the transaction sees */
    private record Call(String name, Function<AccountTransaction, Object> answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    private SplittableRandom random = new SplittableRandom();

    /** How many recharges of the account calls have opened; each is opened once. */
    private int opened;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void remembering_changes_no_answer_and_no_row_with_seed(long seed) {
        compare(seed);
    }

    @Test
    void remembering_changes_no_answer_and_no_row_with_a_new_seed() {
        // Shorter than a card number, which nothing may print.
        long seed = random.nextInt(Integer.MAX_VALUE);
        System.out.println("Comparing transactions with seed " + seed);

        compare(seed);
    }

    private void compare(long seed) {
        random = new SplittableRandom(seed);
        for (int account = 1; account <= ACCOUNTS; account++) {
            opened = 0;
            RechargeStore plain = new InMemoryStore();
            RechargeStore remembering = new InMemoryStore();
            List<List<Call>> transactions = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                List<Call> calls =
                        Stream.generate(this::call).limit(random.nextInt(1, 14)).toList();
                transactions.add(calls);
                String story = "seed " + seed + ", account " + account;
                assertThat(remember(remembering, calls))
                        .as(() -> "answers, " + story + ": " + transactions)
                        .isEqualTo(run(plain, calls));
                assertThat(rows(remembering))
                        .as(() -> "rows, " + story + ": " + transactions)
                        .isEqualTo(rows(plain));
            }
        }
    }

    private static List<Object> run(RechargeStore store, List<Call> calls) {
        return store.inTransaction(ANN, tx -> answers(tx, calls));
    }

    private static List<Object> remember(RechargeStore store, List<Call> calls) {
        return store.inTransaction(ANN, tx -> {
            CachingTransaction caching = new CachingTransaction(tx);
            List<Object> answers = answers(caching, calls);
            caching.flush();
            return answers;
        });
    }

    private static List<Object> answers(AccountTransaction tx, List<Call> calls) {
        return calls.stream()
                .<Object>map(it -> it + " -> " + it.answer().apply(tx))
                .toList();
    }

    /** Read by a transaction that remembers nothing. */
    private static List<Object> rows(RechargeStore store) {
        return store.inTransaction(
                ANN,
                tx -> Stream.concat(
                                Stream.<Object>of(
                                        store.find(ANN),
                                        store.recharges(ANN, 10),
                                        tx.openRecharge(),
                                        tx.openCheckouts(),
                                        counted(tx, NOW)),
                                IntStream.range(0, RECHARGES).boxed().flatMap(id -> rows(tx, id)))
                        .toList());
    }

    private static Stream<Object> rows(AccountTransaction tx, int id) {
        return Stream.of(
                tx.rechargeOf(attemptId(id)), tx.checkout(checkoutId(id)), tx.posted("p" + id), reversals(tx, id));
    }

    private Call call() {
        int id = random.nextInt(IDS);
        int recent = Math.max(0, opened - 1 - random.nextInt(IDS));
        int version = random.nextInt(4);
        return switch (random.nextInt(18)) {
            case 0 -> new Call("openRecharge", AccountTransaction::openRecharge);
            case 1 -> new Call("rechargeOf " + recent, tx -> tx.rechargeOf(attemptId(recent)));
            case 2, 17 -> new Call("countedSince " + id, tx -> counted(tx, NOW.plusSeconds(id)));
            case 3 -> new Call("openCheckouts", AccountTransaction::openCheckouts);
            case 4 -> new Call("checkout " + id, tx -> tx.checkout(checkoutId(id)));
            case 5 -> new Call("posted " + id, tx -> tx.posted("p" + id));
            case 6 -> new Call("reversalsOf " + id, tx -> reversals(tx, id));
            case 7, 8 ->
                opening(
                        Math.min(opened++, RECHARGES),
                        random.nextInt(3) > 0 ? RechargeState.OPEN : any(RechargeState.values()));
            case 9, 10 -> savingAttempt(recent, any(AttemptState.values()), version);
            case 11, 16 -> savingRecharge(recent, any(RechargeState.values()));
            case 12, 13 -> savingCheckout(id, any(CheckoutState.values()), version);
            case 14 -> new Call("post " + id + " of " + version, tx -> tx.post(List.of(posting(id, version)), NOW));
            default -> savingReversal(id, version);
        };
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static Call opening(int id, RechargeState state) {
        AttemptState first = state == RechargeState.OPEN
                ? AttemptState.OPEN
                : state == RechargeState.PAID ? AttemptState.PAID : AttemptState.DECLINED;
        return new Call(
                "open " + id + " " + state,
                tx -> id < RECHARGES && tx.open(recharge(id, state), attempt(id, first, 0)));
    }

    private static Call savingAttempt(int id, AttemptState state, int version) {
        return new Call(
                "save attempt " + id + " " + state + " " + version,
                tx -> isKnown(() -> tx.save(attempt(id, state, version))));
    }

    private static Call savingRecharge(int id, RechargeState state) {
        return new Call("save recharge " + id + " " + state, tx -> isKnown(() -> tx.save(recharge(id, state))));
    }

    private static Call savingCheckout(int id, CheckoutState state, int version) {
        return new Call("save checkout " + id + " " + state + " " + version, tx -> {
            tx.save(checkout(id, state, version));
            return "saved";
        });
    }

    private static Call savingReversal(int id, int version) {
        return new Call("save reversal " + id + " " + version, tx -> {
            tx.save(
                    "pi_" + id,
                    new Reversal(
                            "re_" + version % 2,
                            Reversal.Kind.REFUND,
                            Money.ofMinor(version + 1, "USD"),
                            Money.ofMinor(0, "USD")));
            return "saved";
        });
    }

    /** A store refuses to update a row that it does not have. */
    private static boolean isKnown(Runnable save) {
        try {
            save.run();
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    /** The port promises no order. */
    private static List<PastRecharge> counted(AccountTransaction tx, Instant from) {
        return tx.countedSince(from).stream()
                .sorted(Comparator.comparing(PastRecharge::openedAt))
                .toList();
    }

    private static List<Reversal> reversals(AccountTransaction tx, int id) {
        return tx.reversalsOf("pi_" + id).stream()
                .sorted(Comparator.comparing(Reversal::id))
                .toList();
    }

    private static AttemptId attemptId(int id) {
        return new AttemptId("r" + id + "-1");
    }

    private static CheckoutId checkoutId(int id) {
        return new CheckoutId("c" + id);
    }

    private static Posting posting(int id, int version) {
        return new Posting(EntryType.PURCHASE, Category.PAID, Credits.of(version + 1), "Purchase", "p" + id, null);
    }

    private static Recharge recharge(int id, RechargeState state) {
        Instant openedAt = NOW.plusSeconds(id);
        return new Recharge(
                ANN,
                new RechargeId("r" + id),
                Trigger.BALANCE,
                state,
                100,
                Credits.of(200),
                Credits.of(20),
                PRICE,
                Credits.of("9.5"),
                openedAt,
                state == RechargeState.OPEN ? null : openedAt);
    }

    private static Attempt attempt(int id, AttemptState state, int version) {
        boolean open = state == AttemptState.OPEN;
        return new Attempt(
                new AttemptTerms(
                        ANN,
                        new RechargeId("r" + id),
                        attemptId(id),
                        1,
                        "cus_1",
                        "pm_1",
                        "fp_1",
                        PRICE,
                        "200 credits",
                        null),
                new AttemptProgress(
                        state,
                        version,
                        0,
                        0,
                        true,
                        NOW,
                        NOW,
                        NOW.plusSeconds(60),
                        open ? null : "pi_" + id,
                        null,
                        open ? null : NOW));
    }

    /** The one with the lowest id is the newest, so that the order of the ids is not the order of age. */
    private static Checkout checkout(int id, CheckoutState state, int version) {
        Instant at = NOW.plusSeconds(IDS - id);
        return new Checkout(
                new CheckoutOffer(ANN, checkoutId(id), 100, PRICE, true, new Consent("v1", at), at, null, null),
                new CheckoutProgress(
                        "cs_" + id,
                        state,
                        state == CheckoutState.OPEN ? at.plusSeconds(60) : null,
                        version,
                        state == CheckoutState.PAID ? "pi_c" + id : null));
    }
}
