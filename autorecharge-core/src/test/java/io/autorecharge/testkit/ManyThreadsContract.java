package io.autorecharge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.AutoRecharge;
import io.autorecharge.AutoRechargeBuilder;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.Limits;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.report.CheckResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sixty-four threads of two nodes use one account or many at once: debits, grants, checks, payment reports and settings, each more than once.
 * No call may fail, and each ledger must add up to its balance. The test of a store extends this class.
 */
public abstract class ManyThreadsContract {
    private static final int THREADS = 64;
    private static final int JOBS = 150;
    private static final int MOST_RUNS = 12;
    private static final RechargePolicy POLICY = RechargePolicy.builder(
                    PackageCatalog.of(new CreditPackage(100, Money.of("9.00", "USD"))))
            .limits(Limits.ofDefaults().withCooldown(Duration.ZERO).withPurchases(1000, Duration.ofHours(24)))
            .build();

    private final SettableClock clock = new SettableClock();
    private final FakeGateway gateway = new FakeGateway(clock);
    private final Map<String, Set<Long>> applied = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();

    /** A library on the store under test, which is empty at the start of the test. */
    protected abstract AutoRechargeBuilder library(RechargePolicy policy, Gateway gateway);

    /** An account for the tests; the same for the same name. */
    protected AccountId account(String name) {
        return AccountId.of(name);
    }

    /** How many things each thread does. */
    protected int rounds() {
        return 12;
    }

    private AutoRecharge node(String name) {
        return library(POLICY, gateway)
                .clock(clock)
                .ids(() -> name + "-" + ids.incrementAndGet())
                .callsPerSecond(100_000)
                .build();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, THREADS})
    void whatever_many_threads_do_at_once_happens_once(int count) {
        List<AccountId> accounts =
                IntStream.range(0, count).mapToObj(i -> account("user-" + i)).toList();
        try (Race race = new Race();
                AutoRecharge one = node("one");
                AutoRecharge two = node("two")) {
            accounts.forEach(account -> enable(one, account));

            race.run(THREADS, thread -> {
                Random random = new Random(thread);
                AutoRecharge node = thread % 2 == 0 ? one : two;
                for (int round = 0; round < rounds(); round++) {
                    act(node, accounts.get(thread % count), random);
                }
                return true;
            });
            race.run(accounts.size(), number -> one.check(accounts.get(number)));
        }

        try (AutoRecharge later = node("later")) {
            clock.advance(Duration.ofHours(1));
            for (int runs = 0; later.runOnce().paid() > 0; runs++) {
                assertThat(runs)
                        .as("runs until no account is below its threshold")
                        .isLessThan(MOST_RUNS);
                clock.advance(Duration.ofHours(1));
            }
            accounts.forEach(account -> requireSoundBooks(later, account));
        }
    }

    private static void enable(AutoRecharge node, AccountId account) {
        node.grant(new Grant(account, Credits.of(50), Category.PROMOTIONAL, "opening", "Gift"));
        node.savePaymentMethod(account, Rows.visaOf(account));
        node.configure(account, new Settings(true, 100, Credits.of(20)), "v1");
    }

    /** What a host, its users and the provider do, with references that other threads use too. */
    private void act(AutoRecharge node, AccountId account, Random random) {
        int job = random.nextInt(JOBS);
        switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> {
                DebitResult result = node.debit(Debit.of(account, Credits.of(1 + job % 7), "job-" + job, null));
                if (result instanceof DebitResult.Applied done) {
                    applied.computeIfAbsent(account + "/job-" + job, any -> ConcurrentHashMap.newKeySet())
                            .add(done.entry().sequence());
                }
            }
            case 4 -> node.grant(new Grant(account, Credits.of(1), Category.PROMOTIONAL, "gift-" + job % 5, "Gift"));
            case 5 -> assertThat(node.check(account)).isInstanceOf(CheckResult.class);
            case 6 ->
                gateway.captures(account).stream()
                        .skip(Math.max(0, gateway.captures(account).size() - 2L))
                        .forEach(it -> node.settle(Reports.charge(
                                node, account, it.attempt(), new Outcome.Paid(it.reference(), it.amount()))));
            default ->
                node.configure(
                        account, new Settings(random.nextInt(4) > 0, 100, Credits.of(20 + random.nextInt(5))), "v1");
        }
    }

    private void requireSoundBooks(AutoRecharge node, AccountId account) {
        List<LedgerEntry> entries = new ArrayList<>(node.entries(account, 1000));
        Credits sum = Credits.ZERO;
        Set<String> references = new HashSet<>();
        for (int i = entries.size() - 1; i >= 0; i--) {
            LedgerEntry entry = entries.get(i);
            sum = sum.plus(entry.amount());
            assertThat(entry.sequence()).isEqualTo(entries.size() - i);
            assertThat(entry.balanceAfter()).isEqualTo(sum);
            assertThat(references.add(entry.reference()))
                    .as("reference %s of %s once", entry.reference(), account)
                    .isTrue();
        }
        assertThat(node.balance(account)).isEqualTo(sum);
        assertThat(entries)
                .filteredOn(entry -> entry.type() == EntryType.PURCHASE)
                .extracting(LedgerEntry::reference)
                .containsExactlyInAnyOrderElementsOf(gateway.captures(account).stream()
                        .map(capture -> "autorecharge/" + capture.reference())
                        .toList());
        assertThat(entries)
                .filteredOn(entry -> entry.type() == EntryType.DEBIT)
                .allSatisfy(entry -> assertThat(applied.get(account + "/" + entry.reference()))
                        .containsExactly(entry.sequence()));
        assertThat(gateway.captures(account))
                .extracting(FakeGateway.Capture::attempt)
                .doesNotHaveDuplicates();
    }
}
