package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.CheckResult;
import io.autorecharge.store.RechargeState;
import io.autorecharge.testkit.ForwardingGateway;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Users, other nodes and long pauses that come between the steps of a charge or a purchase. */
class InterferenceTest {
    private static final PaymentMethod OTHER_CARD = new PaymentMethod("cus_1", "pm_2", "visa", "1111", "fp_2");

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void a_checkout_paid_after_the_user_switched_off_switches_nothing_on() {
        rig.library.openCheckout(ALICE, 500, "v1", null);
        rig.library.configure(ALICE, new Settings(false, 50, Credits.of(10)), null);

        pay(OTHER_CARD);

        assertThat(rig.library.settings(ALICE)).isEqualTo(new Settings(false, 50, Credits.of(10)));
        assertThat(rig.balance())
                .as("what was bought, without the bonus for enabling")
                .isEqualTo(Credits.of(500));
    }

    @Test
    void a_checkout_paid_after_the_user_changed_the_settings_keeps_them_and_grants_the_bonus() {
        rig.library.openCheckout(ALICE, 500, "v1", null);
        rig.library.configure(ALICE, new Settings(true, 50, Credits.of(10)), "v2");

        pay(OTHER_CARD);

        assertThat(rig.library.settings(ALICE)).isEqualTo(new Settings(true, 50, Credits.of(10)));
        assertThat(rig.account().state().consent().version()).isEqualTo("v2");
        assertThat(rig.balance()).isEqualTo(Credits.of(520));
    }

    @Test
    void the_same_payment_reported_again_does_not_switch_on_what_was_switched_off_since() {
        rig.library.openCheckout(ALICE, 500, "v1", null);
        pay(OTHER_CARD);
        rig.library.configure(ALICE, new Settings(false, 500, Credits.of(10)), null);

        pay(OTHER_CARD);

        assertThat(rig.library.settings(ALICE).enabled()).isFalse();
        assertThat(rig.balance()).isEqualTo(Credits.of(520));
    }

    @Test
    void switching_off_withdraws_the_consent() {
        rig.enabled(ALICE, "1");
        rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
        rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), null);

        assertThat(reasonOf(rig.check())).isEqualTo(HoldReason.NO_CONSENT);
    }

    @Test
    void a_refusal_of_the_first_send_that_comes_after_the_second_was_captured_loses_no_credits() {
        rig.enabled(ALICE, "1");
        Gateway held = gateway(request -> {
            // While the first send is held up, another node looks the attempt up, sends again, and its answer is lost.
            rig.clock.advance(Duration.ofMinutes(3));
            rig.gateway.timeOutAfterCaptureNext();
            rig.check();
            return new Outcome.NotSubmitted(Reason.BUSY, "429 for the first send");
        });
        look(held);
        rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
        rig.clock.advance(Duration.ofHours(1));
        rig.check();

        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(rig.balance()).isEqualTo(Credits.of(121));
    }

    @Test
    void a_switch_off_that_is_committed_while_a_check_waits_for_its_turn_prevents_the_charge() {
        rig.enabled(ALICE, "1");
        AtomicInteger asked = new AtomicInteger();
        AutoRecharge waiting = AutoRecharge.builder(rig.policy, rig.store, rig.gateway)
                .clock(rig.clock)
                .ids(new Ids())
                .rateLimiterClock(() -> {
                    int question = asked.getAndIncrement();
                    if (question == 3) {
                        rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
                    }
                    // The turn is not free at first: the check finds that it has something to charge, and waits.
                    return question == 1 || question == 2 ? -1 : 0;
                })
                .build();
        try (waiting) {
            assertThat(reasonOf(waiting.check(ALICE))).isEqualTo(HoldReason.DISABLED);
        }

        assertThat(asked).hasValueGreaterThan(3);
        assertThat(rig.gateway.requests()).isEmpty();
        assertThat(rig.store.recharges(ALICE, 1)).isEmpty();
    }

    @Test
    void a_check_that_is_interrupted_while_it_waits_for_its_turn_claims_nothing() {
        rig.enabled(ALICE, "1");
        AutoRecharge slow = AutoRecharge.builder(rig.policy, rig.store, rig.gateway)
                .clock(rig.clock)
                .ids(new Ids())
                .rateLimiterClock(new java.util.function.LongSupplier() {
                    private boolean built;

                    @Override
                    public long getAsLong() {
                        long now = built ? -1 : 0;
                        built = true;
                        return now;
                    }
                })
                .build();
        try (slow) {
            Thread.currentThread().interrupt();
            assertThat(reasonOf(slow.check(ALICE))).isEqualTo(HoldReason.CONTENTION);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(rig.gateway.requests()).isEmpty();
        assertThat(rig.store.recharges(ALICE, 1)).isEmpty();
    }

    @Test
    void a_node_that_was_held_up_before_it_sent_does_not_send_any_more() {
        rig.enabled(ALICE, "1");
        AtomicInteger sends = new AtomicInteger();
        Gateway counting = gateway(request -> {
            sends.incrementAndGet();
            return rig.gateway.charge(request);
        });
        try (AutoRecharge stalled = stalledBeforeSending(counting)) {
            stalled.check(ALICE);
        }

        assertThat(sends).as("sends of the node that slept").hasValue(0);
        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(rig.balance()).isEqualTo(Credits.of(121));
    }

    @Test
    void what_surely_was_not_charged_is_not_sent_again_for_a_package_that_was_replaced() {
        rig.enabled(ALICE, "1");
        rig.gateway.refuseNext(Reason.BUSY);
        rig.check();
        rig.library.configure(ALICE, new Settings(true, 50, Credits.of(10)), "v1");
        rig.clock.advance(Duration.ofMinutes(5));
        rig.check();
        rig.check();

        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(rig.gateway.captures().get(0).amount()).isEqualTo(Money.of("5.00", "USD"));
    }

    @Test
    void a_late_decline_of_a_card_that_was_replaced_says_nothing_about_the_new_one() {
        rig.enabled(ALICE, "1");
        rig.gateway.processNext();
        rig.check();
        rig.card(ALICE, OTHER_CARD);

        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Declined("pi_1", "stolen_card", Kind.HARD));

        assertThat(rig.account().state().suspension()).isNull();
        assertThat(rig.account().state().declines()).isZero();
        assertThat(rig.lastRecharge().recharge().state()).isEqualTo(RechargeState.FAILED);
        assertThat(rig.eventTypes()).contains(EventType.RECHARGE_DECLINED).doesNotContain(EventType.SUSPENDED);
    }

    @Test
    void a_late_payment_of_a_customer_that_was_replaced_since_is_granted_and_one_of_another_customer_is_not() {
        rig.enabled(ALICE, "1");
        rig.gateway.processNext();
        rig.check();
        rig.card(ALICE, new PaymentMethod("cus_2", "pm_2", "visa", "1111", "fp_2"));
        Outcome paid = new Outcome.Paid("pi_1", Money.of("9.00", "USD"));

        assertThat(rig.settle(rig.library, ALICE, rig.lastAttempt(), "cus_2", paid))
                .isFalse();
        assertThat(rig.balance()).isEqualTo(Credits.of(1));
        assertThat(rig.eventTypes()).contains(EventType.CAPTURE_MISMATCH);
        assertThat(rig.lastRecharge().recharge().state()).isEqualTo(RechargeState.OPEN);

        assertThat(rig.settle(rig.library, ALICE, rig.lastAttempt(), "cus_1", paid))
                .isTrue();
        assertThat(rig.balance()).isEqualTo(Credits.of(121));
    }

    @Test
    void a_failure_of_another_customers_payment_ends_no_attempt() {
        rig.enabled(ALICE, "1");
        rig.gateway.processNext();
        rig.check();

        rig.settle(
                rig.library, ALICE, rig.lastAttempt(), "cus_2", new Outcome.Declined("pi_9", "lost_card", Kind.HARD));

        assertThat(rig.lastRecharge().recharge().state()).isEqualTo(RechargeState.OPEN);
        assertThat(rig.account().state().suspension()).isNull();
    }

    @Test
    void saving_the_settings_every_five_minutes_makes_one_try_a_day() {
        rig.enabled(ALICE, "1");
        rig.gateway.declineAll("insufficient_funds", Kind.SOFT);
        for (int i = 0; i < 3; i++) {
            rig.check();
            rig.clock.advance(Duration.ofHours(48));
        }
        for (int minutes = 0; minutes < 3 * 24 * 60; minutes += 5) {
            rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
            rig.check();
            rig.clock.advance(Duration.ofMinutes(5));
        }

        assertThat(rig.gateway.requests()).hasSizeBetween(5, 3 + 4);
    }

    @Test
    void a_purchase_that_saves_no_card_does_not_make_a_stolen_one_good_again() {
        rig.enabled(ALICE, "1");
        rig.gateway.declineNext("stolen_card", Kind.HARD);
        rig.check();
        rig.library.openCheckout(ALICE, 50, null, null);
        rig.settle(
                rig.library,
                ALICE,
                rig.checkout.last().checkout(),
                new CheckoutOutcome.Paid("pi_5", Money.of("5.00", "USD"), null));

        assertThat(rig.account().state().suspension()).isNotNull();
    }

    @Test
    void a_check_that_holds_schedules_the_next_one_for_the_end_of_the_hold() {
        rig.enabled(ALICE, "1");
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);
        rig.check();
        rig.store.markDue(ALICE, rig.clock.instant());

        rig.check();

        assertThat(rig.account().state().dueAt()).isEqualTo(rig.clock.instant().plus(Duration.ofHours(6)));
    }

    private void pay(PaymentMethod saved) {
        Money price = rig.checkout.last().price();
        rig.settle(rig.library, ALICE, rig.checkout.last().checkout(), new CheckoutOutcome.Paid("pi_7", price, saved));
    }

    private static HoldReason reasonOf(CheckResult visit) {
        assertThat(visit).isInstanceOf(CheckResult.Held.class);
        return ((CheckResult.Held) visit).hold().reason();
    }

    private void look(Gateway gateway) {
        try (AutoRecharge node = AutoRecharge.builder(rig.policy, rig.store, gateway)
                .clock(rig.clock)
                .ids(new Ids())
                .build()) {
            node.check(ALICE);
        }
    }

    /** Between its claim and its send three days pass, in which another node does the work. */
    private AutoRecharge stalledBeforeSending(Gateway gateway) {
        return AutoRecharge.builder(rig.policy, rig.store, gateway)
                .clock(rig.clock)
                .ids(new Ids())
                .observer(new AutoRechargeObserver() {
                    private boolean slept;

                    @Override
                    public void decided(AccountId account, Decision decision) {
                        // After the commit of the claim, and before the request.
                        if (decision instanceof Decision.Recharge && !slept) {
                            slept = true;
                            rig.clock.advance(Duration.ofMinutes(3));
                            rig.check();
                            rig.clock.advance(Duration.ofDays(3));
                        }
                    }
                })
                .build();
    }

    private Gateway gateway(java.util.function.Function<ChargeRequest, Outcome> charge) {
        return new ForwardingGateway(rig.gateway) {
            @Override
            public Outcome charge(ChargeRequest request) {
                return charge.apply(request);
            }
        };
    }

    private static final class Ids implements Supplier<String> {
        private final AtomicInteger last = new AtomicInteger();

        @Override
        public String get() {
            return "other-" + last.incrementAndGet();
        }
    }
}
