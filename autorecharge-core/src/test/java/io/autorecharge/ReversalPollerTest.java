package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Refusal;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.PaymentHistory;
import io.autorecharge.gateway.PaymentHistoryGateway;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.ReversalNotice;
import io.autorecharge.internal.installation.Settled;
import io.autorecharge.internal.pacing.RateLimiter;
import io.autorecharge.internal.reversal.ReversalPoller;
import io.autorecharge.policy.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Refunds that no webhook reported. Accounts start at 1 credit and are recharged with 100 and 20 for 9 dollars. */
class ReversalPollerTest {
    private static final Money PRICE = Money.of("9.00", "USD");

    private final Rig rig = new Rig().alone();
    private final List<String> asked = new ArrayList<>();
    private final ReversalPoller watch = watch();

    @AfterEach
    void close() {
        rig.close();
    }

    private Settled settled(ProviderReport report) {
        return rig.library.settle(report) ? Settled.APPLIED : Settled.UNKNOWN;
    }

    /** As a node that has just started. */
    private ReversalPoller watch() {
        return new ReversalPoller(
                rig.gateway,
                rig.store,
                this::settled,
                new RateLimiter(100_000, System::nanoTime),
                rig.clock,
                rig.clock::nanos,
                new AutoRechargeObserver() {
                    @Override
                    public void asked(Question question, boolean answered) {
                        asked.add(question + (answered ? " answered" : " not answered"));
                    }
                },
                Duration.ofHours(1));
    }

    private String recharged(AccountId account) {
        rig.enabled(account, "1");
        rig.library.check(account);
        return rig.gateway.captures(account).get(0).reference();
    }

    @Test
    void a_refund_that_no_webhook_reported_removes_its_share_and_suspends() {
        String charge = recharged(ALICE);
        rig.gateway.refund(charge, Money.of("4.50", "USD"));

        watch.tick();

        assertThat(rig.balance()).isEqualTo(Credits.of(61));
        assertThat(rig.account().state().suspension().reason()).isEqualTo(Suspension.Reason.REFUNDED);
        assertThat(asked).containsExactly("REVERSALS answered");
    }

    @Test
    void a_reversal_is_applied_once_however_often_and_by_however_many_nodes_it_is_found() {
        rig.gateway.refund(recharged(ALICE), PRICE);

        watch.poll();
        watch.poll();
        watch().poll();
        rig.settle(
                rig.library,
                ALICE,
                rig.gateway.reversalsOf("pi_1").orElseThrow().reversals());

        assertThat(rig.balance()).isEqualTo(Credits.of(1));
    }

    @Test
    void a_node_that_starts_polls_the_last_month() {
        String charge = recharged(ALICE);
        rig.gateway.refund(charge, PRICE);
        rig.clock.advance(Duration.ofDays(29));

        watch.tick();

        assertThat(rig.balance()).isEqualTo(Credits.of(1));
    }

    @Test
    void polls_every_hour_and_not_in_between() {
        String charge = recharged(ALICE);
        watch.tick();
        rig.gateway.refund(charge, PRICE);
        rig.clock.advance(Duration.ofMinutes(59));
        watch.tick();
        assertThat(rig.balance()).isEqualTo(Credits.of(121));

        rig.clock.advance(Duration.ofMinutes(1));
        watch.tick();

        assertThat(rig.balance()).isEqualTo(Credits.of(1));
    }

    @Test
    void reversals_during_an_outage_of_the_payment_history_are_found_soon_after_it() {
        String charge = recharged(ALICE);
        watch.tick();
        rig.gateway.refund(charge, PRICE);
        rig.gateway.failPaymentHistory(true);
        for (int hour = 0; hour < 48; hour++) {
            rig.clock.advance(Duration.ofHours(1));
            watch.tick();
        }
        assertThat(rig.balance()).isEqualTo(Credits.of(121));
        assertThat(asked).hasSize(49).endsWith("REVERSALS not answered");

        rig.gateway.failPaymentHistory(false);
        rig.clock.advance(Duration.ofMinutes(5));
        watch.tick();

        assertThat(rig.balance()).isEqualTo(Credits.of(1));
    }

    @Test
    void one_payment_that_cannot_be_settled_does_not_delay_others_and_is_retried() {
        AccountId bob = AccountId.of("bob");
        rig.gateway.refund(recharged(ALICE), PRICE);
        rig.gateway.refund(recharged(bob), PRICE);
        List<AccountId> broken = new ArrayList<>(List.of(ALICE));
        ReversalPoller stumbling = new ReversalPoller(
                rig.gateway,
                rig.store,
                report -> {
                    if (broken.contains(report.account())) {
                        throw new IllegalStateException("broken by the test");
                    }
                    return settled(report);
                },
                new RateLimiter(100_000, System::nanoTime),
                rig.clock,
                rig.clock::nanos,
                AutoRechargeObserver.NONE,
                Duration.ofHours(1));
        stumbling.tick();
        assertThat(rig.balance()).isEqualTo(Credits.of(121));
        assertThat(rig.library.balance(bob)).isEqualTo(Credits.of(1));

        broken.clear();
        rig.clock.advance(Duration.ofMinutes(5));
        stumbling.tick();

        assertThat(rig.balance()).isEqualTo(Credits.of(1));
    }

    @Test
    void the_list_is_not_read_again_and_again_for_one_payment_that_cannot_be_settled() {
        rig.gateway.refund(recharged(ALICE), PRICE);
        List<Instant> since = new ArrayList<>();
        PaymentHistoryGateway counting = new PaymentHistoryGateway() {
            @Override
            public PaymentHistory paymentsSince(Instant from) {
                return rig.gateway.paymentsSince(from);
            }

            @Override
            public List<ReversalNotice> reversalsSince(Instant from) {
                since.add(from);
                return rig.gateway.reversalsSince(from);
            }

            @Override
            public Optional<ProviderReport.Reversal> reversalsOf(String providerReference) {
                return rig.gateway.reversalsOf(providerReference);
            }
        };
        List<AccountId> tried = new ArrayList<>();
        ReversalPoller stumbling = new ReversalPoller(
                counting,
                rig.store,
                report -> {
                    tried.add(report.account());
                    throw new IllegalStateException("broken by the test");
                },
                new RateLimiter(100_000, System::nanoTime),
                rig.clock,
                rig.clock::nanos,
                AutoRechargeObserver.NONE,
                Duration.ofHours(1));
        for (int hour = 0; hour < 48; hour++) {
            stumbling.poll();
            rig.clock.advance(Duration.ofHours(1));
        }

        assertThat(tried).hasSize(48);
        assertThat(since.get(47))
                .as("the last hour and the overlap")
                .isEqualTo(rig.clock.instant().minus(Duration.ofHours(2 + 25)));
    }

    @Test
    void the_job_polls_refunds_before_it_charges_and_charges_even_if_that_fails() {
        AccountId bob = AccountId.of("bob");
        rig.gateway.refund(recharged(ALICE), PRICE);
        rig.enabled(bob, "1");
        rig.debit("120", "spent");
        assertThat(rig.balance()).isEqualTo(Credits.of(1));
        rig.clock.advance(Duration.ofMinutes(10));

        try (AutoRecharge job = rig.engine()) {
            job.runOnce();
            assertThat(rig.gateway.captures(ALICE))
                    .as("was refunded, so is not charged again")
                    .hasSize(1);
            assertThat(rig.gateway.captures(bob)).hasSize(1);

            rig.gateway.failPaymentHistory(true);
            AccountId cleo = AccountId.of("cleo");
            rig.enabled(cleo, "1");
            job.runOnce();
            assertThat(rig.gateway.captures(cleo)).hasSize(1);
        }
    }

    @Test
    void the_scheduler_polls_reversals_and_zero_switches_that_off() throws InterruptedException {
        rig.gateway.refund(recharged(ALICE), PRICE);
        try (AutoRecharge off = AutoRecharge.builder(rig.policy, rig.store, rig.gateway)
                .clock(rig.clock)
                .reversalCheck(Duration.ZERO)
                .build()) {
            off.runOnce();
            assertThat(rig.balance()).isEqualTo(Credits.of(121));
        }
        CountDownLatch heard = new CountDownLatch(1);
        try (AutoRecharge on = AutoRecharge.builder(rig.policy, rig.store, rig.gateway)
                .clock(rig.clock)
                .observer(new AutoRechargeObserver() {
                    @Override
                    public void asked(Question question, boolean answered) {
                        heard.countDown();
                    }
                })
                .build()) {
            on.start();
            assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(rig.balance()).isEqualTo(Credits.of(1));
        }
    }

    @Test
    void an_observer_that_breaks_changes_nothing() {
        recharged(ALICE);
        AutoRechargeObserver broken = new AutoRechargeObserver() {
            @Override
            public void decided(AccountId account, Decision decision) {
                throw new IllegalStateException("by the test");
            }

            @Override
            public void charged(AccountId account, Outcome outcome, Duration took) {
                throw new IllegalStateException("by the test");
            }

            @Override
            public void asked(Question question, boolean answered) {
                throw new IllegalStateException("by the test");
            }
        };
        try (AutoRecharge node = AutoRecharge.builder(rig.policy, rig.store, rig.gateway)
                .clock(rig.clock)
                .observer(broken)
                .build()) {
            rig.enabled(AccountId.of("bob"), "1");
            assertThat(node.runOnce().failed()).isZero();
            assertThat(node.balance(AccountId.of("bob"))).isEqualTo(Credits.of(121));
        }
    }

    @Test
    void a_time_that_makes_no_sense_is_refused() {
        AutoRechargeBuilder builder = AutoRecharge.builder(rig.policy, rig.store, rig.gateway);
        for (Duration bad : List.of(Duration.ofSeconds(-1), Duration.ofDays(31))) {
            Refusal.check("reversalCheck", bad, "must be between zero and 30 days", () -> builder.reversalCheck(bad));
        }
    }
}
