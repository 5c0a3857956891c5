package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.policy.Timing;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.RunReport;
import io.autorecharge.testkit.ForwardingGateway;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the library does by itself: checks that follow a change, the scheduler, and a single run. */
class BackgroundTest {
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void a_crossing_debit_is_followed_by_the_recharge_without_a_sweep() throws InterruptedException {
        rig.enabled(ALICE, "12");
        CountDownLatch paid = new CountDownLatch(1);
        try (AutoRecharge library = AutoRecharge.builder(rig.policy, rig.store, rig.gateway)
                .callsPerSecond(100_000)
                .clock(rig.clock)
                .listenerExecutor(Runnable::run)
                .listener(event -> {
                    if (event.type() == EventType.RECHARGE_PAID) {
                        paid.countDown();
                    }
                })
                .build()) {
            library.debit(Debit.of(ALICE, Credits.of("2.5"), "use-1", null));

            assertThat(paid.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(library.balance(ALICE)).isEqualTo(Credits.of("129.5"));
        }
    }

    @Test
    void with_charge_immediately_off_a_crossing_debit_is_left_to_the_next_run() {
        rig.enabled(ALICE, "12");
        AutoRecharge quiet = AutoRecharge.builder(rig.policy, rig.store, rig.gateway)
                .callsPerSecond(100_000)
                .clock(rig.clock)
                .chargeImmediately(false)
                .build();
        quiet.debit(Debit.of(ALICE, Credits.of("2.5"), "use-1", null));
        quiet.balanceChanged(ALICE);
        // Waits for whatever was begun.
        quiet.close();
        assertThat(rig.gateway.requests()).isEmpty();

        assertThat(rig.library.runOnce().paid()).isEqualTo(1);
    }

    @Test
    void the_scheduler_finds_low_accounts_that_no_event_reported() throws InterruptedException {
        rig.enabled(ALICE, "1");
        rig.store.inTransaction(ALICE, tx -> {
            tx.save(tx.account().state().dueAt(null));
            return tx;
        });
        CountDownLatch paid = new CountDownLatch(1);
        try (AutoRecharge library = AutoRecharge.builder(rig.policy, rig.store, rig.gateway)
                .timing(Timing.ofDefaults().withPoll(Duration.ofMillis(100)))
                .callsPerSecond(100_000)
                .clock(rig.clock)
                .listenerExecutor(Runnable::run)
                .listener(event -> paid.countDown())
                .build()) {
            library.start();
            library.start();

            assertThat(paid.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(library.isRunning()).isTrue();
            library.stop();
            assertThat(library.isRunning()).isFalse();
            library.start();
            assertThat(library.isRunning()).isTrue();
        }
        assertThat(rig.gateway.captures()).hasSize(1);
    }

    @Test
    void one_run_recharges_all_due_accounts_and_counts_them() {
        for (int i = 0; i < 120; i++) {
            rig.enabled(AccountId.of("user-" + i), i % 2 == 0 ? "1" : "50");
        }
        rig.gateway.declineNext("insufficient_funds", Outcome.Declined.Kind.SOFT);
        rig.gateway.timeOutAfterCaptureNext();

        RunReport report = rig.library.runOnce();

        assertThat(report).isEqualTo(new RunReport(60, 58, 0, 1, 1, 0, false));
        assertThat(report.isHealthy()).isTrue();
        assertThat(rig.gateway.captures()).hasSize(59);
        assertThat(rig.library.runOnce().checked()).isZero();
    }

    @Test
    void an_account_is_left_to_the_node_that_asks_whose_its_customer_is() {
        rig.enabled(ALICE, "1");
        List<List<AccountId>> taken = new ArrayList<>();
        Gateway asked = (Gateway) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Gateway.class}, (proxy, method, values) -> {
                    if (method.getName().equals("stampCustomer")) {
                        Instant now = rig.clock.instant();
                        taken.add(rig.store.takeDue(now, now.plusSeconds(60), 10));
                    }
                    return method.invoke(rig.gateway, values);
                });
        try (AutoRecharge node = AutoRecharge.builder(rig.policy, rig.store, asked)
                .callsPerSecond(100_000)
                .clock(rig.clock)
                .build()) {
            assertThat(node.runOnce()).isEqualTo(new RunReport(1, 1, 0, 0, 0, 0, false));
        }

        assertThat(taken).as("by another node meanwhile").containsExactly(List.of());
    }

    @Test
    void a_provider_that_refuses_the_key_stops_the_run_and_the_report_states_it() {
        for (int i = 0; i < 300; i++) {
            rig.enabled(AccountId.of("user-" + i), "1");
            rig.gateway.refuseNext(Reason.CONFIGURATION);
        }

        RunReport report = rig.library.runOnce();

        assertThat(report.providerRefused()).isTrue();
        assertThat(report.isHealthy()).isFalse();
        assertThat(rig.gateway.requests()).hasSizeLessThan(51);
        assertThat(rig.store.countDue(rig.clock.instant(), 1000))
                .as("left for the next run")
                .isGreaterThan(200);
        assertThat(rig.gateway.captures()).isEmpty();
    }

    @Test
    void an_account_whose_check_fails_stops_no_other() {
        for (int i = 0; i < 10; i++) {
            rig.enabled(AccountId.of("user-" + i), "1");
        }
        AccountId poisoned = AccountId.of("user-3");
        Gateway failing = new ForwardingGateway(rig.gateway) {
            @Override
            public Outcome charge(ChargeRequest request) {
                if (request.account().equals(poisoned)) {
                    throw new LinkageError("broken by the test");
                }
                return rig.gateway.charge(request);
            }
        };

        try (AutoRecharge library = AutoRecharge.builder(rig.policy, rig.store, failing)
                .callsPerSecond(100_000)
                .clock(rig.clock)
                .build()) {
            RunReport report = library.runOnce();

            assertThat(report.paid()).isEqualTo(9);
            assertThat(report.failed()).isEqualTo(1);
            assertThat(report.isHealthy()).isFalse();
        }
    }

    @Test
    void a_listener_that_fails_is_notified_again_and_the_recharge_stays_paid() {
        rig.enabled(ALICE, "1");
        List<AutoRechargeEvent> received = new ArrayList<>();
        boolean[] broken = {true};
        try (AutoRecharge library = AutoRecharge.builder(rig.policy, rig.store, rig.gateway)
                .callsPerSecond(100_000)
                .clock(rig.clock)
                .listenerExecutor(Runnable::run)
                .listener(event -> {
                    if (broken[0]) {
                        throw new IllegalStateException("mail server is down");
                    }
                    received.add(event);
                })
                .build()) {
            library.check(ALICE);
            assertThat(library.balance(ALICE)).isEqualTo(Credits.of(121));
            broken[0] = false;
            rig.clock.advance(Duration.ofMinutes(2));
            library.runOnce();
            library.runOnce();
        }

        assertThat(received).extracting(AutoRechargeEvent::type).containsExactly(EventType.RECHARGE_PAID);
    }

    @Test
    void a_listener_that_always_fails_does_not_withhold_events_from_others() {
        List<String> received = new ArrayList<>();
        try (AutoRecharge library = AutoRecharge.builder(rig.policy, rig.store, rig.gateway)
                .callsPerSecond(100_000)
                .clock(rig.clock)
                .listenerExecutor(Runnable::run)
                .listener(event -> received.add(event.id()))
                .listener(event -> {
                    throw new AlwaysDown();
                })
                .build()) {
            for (int i = 0; i < 120; i++) {
                library.configure(
                        AccountId.of("user-" + i),
                        new io.autorecharge.account.Settings(true, 100, Credits.of(10)),
                        "v1");
            }
            for (int minute = 0; minute < 120; minute++) {
                rig.clock.advance(Duration.ofMinutes(1));
                library.runOnce();
            }
        }

        assertThat(received).hasSize(120).doesNotHaveDuplicates();
    }

    @Test
    void a_listener_that_throws_an_error_does_not_withhold_events_from_others_and_is_retried_with_growing_delays() {
        List<String> received = new ArrayList<>();
        AtomicInteger broken = new AtomicInteger();
        try (AutoRecharge library = AutoRecharge.builder(rig.policy, rig.store, rig.gateway)
                .callsPerSecond(100_000)
                .clock(rig.clock)
                .listenerExecutor(Runnable::run)
                .listener(event -> {
                    if (event.account().value().equals("user-2")) {
                        broken.incrementAndGet();
                        throw new NoSuchMethodError("mail");
                    }
                    received.add(event.account().value());
                })
                .build()) {
            for (int i = 0; i < 5; i++) {
                library.configure(
                        AccountId.of("user-" + i),
                        new io.autorecharge.account.Settings(true, 100, Credits.of(10)),
                        "v1");
            }
            for (int minute = 0; minute < 60; minute++) {
                rig.clock.advance(Duration.ofMinutes(1));
                library.runOnce();
            }
        }

        assertThat(received).containsExactlyInAnyOrder("user-0", "user-1", "user-3", "user-4");
        assertThat(broken).hasValueBetween(4, 7);
    }

    @Test
    void a_node_that_died_after_the_claim_is_taken_over_with_the_same_key() {
        rig.enabled(ALICE, "1");
        try (AutoRecharge dying = AutoRecharge.builder(rig.policy, rig.store, new DyingGateway(rig.gateway))
                .clock(rig.clock)
                .build()) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> dying.check(ALICE))
                    .isInstanceOf(Error.class);
        }
        try (AutoRecharge survivor = rig.engine()) {
            assertThat(rig.lastRecharge().attempt().inDoubt()).isTrue();
            assertThat(survivor.check(ALICE)).isInstanceOf(CheckResult.Held.class);
            rig.clock.advance(Duration.ofMinutes(2));
            survivor.runOnce();
        }

        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(rig.balance()).isEqualTo(Credits.of(121));
    }

    /** Without a stack trace: it is logged hundreds of times. */
    private static final class AlwaysDown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AlwaysDown() {
            super("always down", null, false, false);
        }
    }

    /** Charges, and ends the process before the answer is settled. */
    private static final class DyingGateway extends ForwardingGateway {
        DyingGateway(Gateway real) {
            super(real);
        }

        @Override
        public Outcome charge(ChargeRequest request) {
            super.charge(request);
            throw new Error("the process dies here");
        }

        @Override
        public LookUp lookUp(ChargeRequest request) {
            throw new Error("the process is dead");
        }
    }
}
