package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.policy.Limits;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.Timing;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.RunReport;
import io.autorecharge.testkit.ForwardingGateway;
import io.autorecharge.testkit.Race;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Accounts that are slow, hang or are refused stop no other account. */
class NeighbourTest {
    private final Rig rig = new Rig();
    private final Semaphore held = new Semaphore(0);
    private final Semaphore captured = new Semaphore(0);

    @AfterEach
    void close() {
        held.release(1_000);
        rig.close();
    }

    /** The rig's provider, which makes some accounts wait and refuses others. */
    private final class Provider extends ForwardingGateway {
        private volatile Predicate<String> hanging = user -> false;
        private volatile Predicate<String> refused = user -> false;

        Provider() {
            super(rig.gateway);
        }

        @Override
        public Outcome charge(ChargeRequest request) {
            String user = request.account().value();
            if (hanging.test(user)) {
                held.acquireUninterruptibly();
            }
            if (refused.test(user)) {
                return new Outcome.NotSubmitted(Reason.CONFIGURATION, "refused by the test");
            }
            Outcome outcome = rig.gateway.charge(request);
            captured.release();
            return outcome;
        }
    }

    private final Provider provider = new Provider();

    private AutoRechargeBuilder node() {
        return AutoRecharge.builder(rig.policy, rig.store, provider)
                .clock(rig.clock)
                .monotonicClock(rig.clock::nanos)
                .callsPerSecond(100_000)
                .afterCommit(task -> {});
    }

    private void low(int accounts) {
        for (int i = 0; i < accounts; i++) {
            rig.enabled(AccountId.of("user-" + i), "1");
            // One after the other, so that the order in which they are due is known.
            rig.clock.advance(Duration.ofMillis(1));
        }
    }

    private static Predicate<String> first(int accounts) {
        return user -> Integer.parseInt(user.substring("user-".length())) < accounts;
    }

    @Test
    void accounts_that_are_refused_for_configuration_stop_no_other() {
        low(100);
        provider.refused = first(6);
        try (AutoRecharge library = node().build()) {
            RunReport report = library.runOnce();

            assertThat(report.paid()).isEqualTo(94);
            assertThat(report.open()).isEqualTo(6);
            assertThat(report.providerRefused()).isTrue();
        }
    }

    /** Checks run on the calling thread, so a turn has ended when the tick returns. */
    @Test
    void after_a_refusal_of_many_one_account_at_a_time_is_tried_until_the_key_is_accepted() {
        low(40);
        provider.refused = user -> true;
        AutoRecharge library = SteppedEngine.build(node().concurrency(1), rig.clock::nanos, task -> {}, () -> {});
        library.tick();
        assertThat(left()).as("ten are evidence").isEqualTo(30);
        library.tick();
        library.tick();
        assertThat(left()).as("one in each turn").isEqualTo(28);

        provider.refused = user -> false;
        library.tick();
        assertThat(left()).isEqualTo(27);
        library.tick();

        assertThat(left()).isZero();
        assertThat(rig.gateway.captures()).hasSize(28);
    }

    private int left() {
        return rig.store.countDue(rig.clock.instant(), 100);
    }

    @Test
    void five_slow_accounts_hold_back_no_other() {
        low(105);
        provider.hanging = first(5);
        try (AutoRecharge library = node().build()) {
            CompletableFuture<RunReport> run = CompletableFuture.supplyAsync(library::runOnce);

            assertThat(within(100)).as("the others are charged meanwhile").isTrue();
            assertThat(run).isNotDone();
            held.release(5);
            assertThat(Race.result(run).paid()).isEqualTo(105);
        }
    }

    @Test
    void calls_that_never_return_hold_no_worker_for_ever() {
        low(40);
        provider.hanging = first(8);
        try (AutoRecharge library = node().timing(Timing.ofDefaults().withLease(Duration.ofMillis(200)))
                .build()) {
            RunReport report = library.runOnce();

            assertThat(report.paid()).isEqualTo(32);
            assertThat(report.open()).as("in doubt").isEqualTo(8);
            held.release(1_000);
        }
    }

    @Test
    void a_call_that_does_not_return_leaves_its_attempt_in_doubt() {
        rig.enabled(ALICE, "1");
        provider.hanging = user -> true;
        try (AutoRecharge library = node().timing(Timing.ofDefaults().withLease(Duration.ofMillis(50)))
                .build()) {
            CheckResult.Charged result = (CheckResult.Charged) library.check(ALICE);

            assertThat(result.outcome()).isInstanceOf(Outcome.Unknown.class);
            assertThat(rig.lastRecharge().attempt().inDoubt()).isTrue();
            held.release(1_000);
        }
    }

    @Test
    void a_clock_that_is_set_back_stops_no_schedule() {
        try (AutoRecharge library = node().build()) {
            library.tick();
            rig.clock.set(rig.clock.instant().minus(Duration.ofDays(1)));
            rig.enabled(ALICE, "1");
            rig.store.inTransaction(ALICE, tx -> {
                tx.save(tx.account().state().dueAt(null));
                return tx;
            });
            rig.clock.advance(Duration.ofHours(1));

            library.tick();

            assertThat(within(1)).as("found by the sweep").isTrue();
        }
    }

    @Test
    void a_limit_that_was_raised_reaches_the_accounts_that_it_held_within_an_hour() {
        rig.enabled(ALICE, "1");
        try (AutoRecharge strict = limited(1)) {
            strict.runOnce();
            rig.debit("115", "use-1");
            rig.clock.advance(Duration.ofHours(1));
            assertThat(strict.runOnce().held()).isEqualTo(1);
            assertThat(strict.status(ALICE).reason()).isEqualTo("PURCHASE_LIMIT");
        }
        rig.clock.advance(Duration.ofHours(1));

        try (AutoRecharge raised = limited(2)) {
            assertThat(raised.runOnce().paid()).isEqualTo(1);
        }
    }

    private AutoRecharge limited(int purchases) {
        RechargePolicy policy = RechargePolicy.builder(Rig.PACKAGES)
                .limits(Limits.ofDefaults().withPurchases(purchases, Duration.ofDays(30)))
                .build();
        return AutoRecharge.builder(policy, rig.store, provider)
                .clock(rig.clock)
                .monotonicClock(rig.clock::nanos)
                .afterCommit(task -> {})
                .build();
    }

    private boolean within(int captures) {
        try {
            return captured.tryAcquire(captures, 20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
