package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.Settings;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.policy.Bonus;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.Limits;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.Status;
import io.autorecharge.testkit.ForwardingGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What went wrong in other systems that do this job, replayed here; the names are those of the public reports. */
class IncidentsTest {
    private Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    @DisplayName("useautumn/autumn#2962: a lease shorter than the provider call makes no second charge")
    void a_lease_shorter_than_the_provider_call_makes_no_second_charge() {
        rig.enabled(ALICE, "1");
        Gateway slow = new Slow(rig.gateway, () -> {
            rig.clock.advance(Duration.ofMinutes(10));
            rig.check();
        });
        try (AutoRecharge first = AutoRecharge.builder(rig.policy, rig.store, slow)
                .clock(rig.clock)
                .build()) {
            first.check(ALICE);
        }

        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(rig.gateway.requests()).extracting(ChargeRequest::attempt).containsOnly(rig.lastAttempt());
        assertThat(rig.balance()).isEqualTo(Credits.of(121));
    }

    @Test
    @DisplayName(
            "useautumn/autumn#2420, getlago/lago-api#6176, akash-network/console#3756, openstory#1334: one declining card makes three attempts, not 670")
    void a_declining_card_is_attempted_three_times_however_often_the_account_is_checked() {
        rig.enabled(ALICE, "1");
        rig.gateway.declineAll("generic_decline", Kind.SOFT);

        for (int minutes = 0; minutes < 30 * 24 * 60; minutes += 30) {
            rig.check();
            rig.clock.advance(Duration.ofMinutes(30));
        }

        assertThat(rig.gateway.requests()).hasSize(3);
        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.SUSPENDED);
    }

    @Test
    @DisplayName("getlago/lago-api#6177: one charge closes the gap, counts the bonus, and lands above")
    void one_charge_closes_the_gap_counts_the_bonus_and_lands_above() {
        rig.close();
        rig = new Rig(b -> b.bonus(Bonus.none()));
        rig.enabled(ALICE, "0").confirmed(ALICE, new Settings(true, 100, Credits.of(10)), "45.00");
        rig.debit("419.8", "burst");
        rig.check();
        rig.clock.advance(Duration.ofHours(1));
        rig.check();

        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(rig.gateway.captures().get(0).amount()).isEqualTo(Money.of("45.00", "USD"));
        assertThat(rig.balance()).isEqualTo(Credits.of("80.2"));
    }

    @Test
    @DisplayName("getlago/lago-api#1962: an open recharge blocks the next, however long it is open")
    void an_open_recharge_blocks_the_next_however_long_it_is_open() {
        rig.enabled(ALICE, "1");
        rig.gateway.processNext();

        for (int hours = 0; hours < 14 * 24; hours++) {
            rig.check();
            rig.clock.advance(Duration.ofHours(1));
        }

        assertThat(rig.gateway.requests()).hasSize(1);
        assertThat(rig.store.recharges(ALICE, 10)).hasSize(1);
    }

    @Test
    @DisplayName(
            "getlago/lago-api#6103, anthropics/claude-code#68773: a runaway debit loop is stopped by limits that are on by default")
    void a_runaway_loop_is_stopped_by_limits_that_are_on_by_default() {
        rig.enabled(ALICE, "50");
        for (int minute = 0; minute < 24 * 60; minute++) {
            rig.debit("100", "loop-" + minute);
            rig.check();
            rig.clock.advance(Duration.ofMinutes(1));
        }

        assertThat(rig.gateway.captures()).hasSizeLessThanOrEqualTo(Limits.DEFAULT_PURCHASES);
    }

    @Test
    @DisplayName("ever-works#2251, murph#2035: time-outs, 409, 429 and 5xx are no declines")
    void what_is_not_a_decline_is_not_counted_as_one_and_keeps_its_key() {
        rig.enabled(ALICE, "1");
        rig.gateway.timeOutBeforeCaptureNext();
        rig.gateway.refuseNext(Outcome.NotSubmitted.Reason.BUSY);
        rig.gateway.timeOutBeforeCaptureNext();
        for (int i = 0; i < 6; i++) {
            rig.check();
            rig.clock.advance(Duration.ofMinutes(30));
        }

        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(rig.gateway.requests())
                .hasSizeGreaterThan(1)
                .extracting(ChargeRequest::attempt)
                .containsOnly(rig.lastAttempt());
        assertThat(rig.account().state().declines()).isZero();
    }

    @Test
    @DisplayName(
            "significant-gravitas/AutoGPT#10672, vm0-ai/vm0#10668, pollinations#10621, LIT-Protocol/chipotle#448: many reports of one payment credit it once")
    void many_reports_of_one_payment_at_once_credit_it_once() throws Exception {
        rig.enabled(ALICE, "1");
        rig.gateway.timeOutBeforeCaptureNext();
        rig.check();
        Outcome paid = new Outcome.Paid("pi_1", Money.of("9.00", "USD"));

        atOnce(32, () -> rig.settle(rig.library, ALICE, rig.lastAttempt(), paid));

        assertThat(rig.balance()).isEqualTo(Credits.of(121));
    }

    @Test
    @DisplayName("LIT-Protocol/chipotle#447, getlago/lago-api#5870: simultaneous checks of many nodes keep every limit")
    void simultaneous_checks_of_many_nodes_make_one_charge() throws Exception {
        rig.enabled(ALICE, "1");

        atOnce(32, () -> rig.library.check(ALICE));

        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(rig.balance()).isEqualTo(Credits.of(121));
    }

    @Test
    @DisplayName("akash-network/console#3809: an authentication demand is no success")
    void an_authentication_demand_grants_nothing_and_is_reported() {
        rig.enabled(ALICE, "1");
        rig.gateway.requireActionNext();
        rig.check();

        assertThat(rig.balance()).isEqualTo(Credits.of(1));
        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.NEEDS_AUTHENTICATION);
    }

    @Test
    @DisplayName("akash-network/console#3769: the status says what happens after the first decline, not merely \"on\"")
    void the_status_says_back_off_reason_and_next_try_after_the_first_decline() {
        rig.enabled(ALICE, "1");
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);
        rig.check();

        Status status = rig.library.status(ALICE);

        assertThat(status.state()).isEqualTo(Status.State.BACKING_OFF);
        assertThat(status.reason()).isEqualTo("insufficient_funds");
        assertThat(status.nextTry()).isEqualTo(rig.clock.instant().plus(Duration.ofHours(6)));
        assertThat(rig.eventTypes()).as("the first decline").contains(EventType.RECHARGE_DECLINED);
    }

    @Test
    @DisplayName(
            "theopenco/llmgateway#2020, recoupable/app#1960: auto-recharge is off, and charges nothing, until the user agrees")
    void a_switch_without_an_agreement_charges_no_account() {
        rig.enabled(ALICE, "1");
        rig.store.inTransaction(ALICE, tx -> {
            tx.save(tx.account().state().withConsent(null));
            return tx;
        });
        rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), null);

        assertThat(rig.check())
                .isEqualTo(new CheckResult.Held(
                        ALICE, io.autorecharge.policy.Decision.Hold.because(HoldReason.NO_CONSENT)));
    }

    private static void atOnce(int threads, Callable<?> task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Object>> tasks = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                tasks.add(task::call);
            }
            for (Future<Object> done : pool.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** Answers so late that other things happen before. */
    private static final class Slow extends ForwardingGateway {
        private final Runnable meanwhile;

        Slow(Gateway real, Runnable meanwhile) {
            super(real);
            this.meanwhile = meanwhile;
        }

        @Override
        public Outcome charge(ChargeRequest request) {
            Outcome outcome = super.charge(request);
            meanwhile.run();
            return outcome;
        }
    }
}
