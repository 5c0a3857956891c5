package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutRequest;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.CheckoutTerms;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.Status;
import io.autorecharge.store.RechargeState;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bank wanted the customer present for a recharge of 100 credits and 20 for 9 dollars; the customer comes, and pays it on a page. */
class RecoveryTest {
    private static final Money PRICE = Money.of("9.00", "USD");
    private static final PaymentMethod CARD = new PaymentMethod("cus_1", "pm_1", "visa", "3184", "fp_1");

    private final Rig rig = new Rig().alone();

    @AfterEach
    void close() {
        rig.close();
    }

    @BeforeEach
    void a_recharge_that_needs_the_customer() {
        rig.enabled(ALICE, "1");
        rig.gateway.requireActionNext();
        rig.look();
        rig.events.clear();
    }

    @Test
    void the_page_pays_the_same_recharge_with_its_bonus_and_ends_the_stop() {
        CheckoutSession page = rig.library.openRecovery(ALICE).orElseThrow();
        CheckoutRequest request = rig.checkout.last();
        assertThat(request)
                .isEqualTo(new CheckoutRequest(
                        ALICE,
                        request.checkout(),
                        "cus_1",
                        new CheckoutTerms(100, false, "v1", rig.lastAttempt()),
                        PRICE,
                        true,
                        rig.clock.instant()));
        rig.checkout.outcomes.put(page.sessionId(), paid("pi_9"));

        rig.library.refreshCheckouts(ALICE);
        rig.settle(rig.library, ALICE, request.checkout(), paid("pi_9"));

        assertThat(rig.balance()).isEqualTo(Credits.of(121));
        assertThat(rig.entries())
                .extracting(LedgerEntry::description)
                .startsWith("Auto-recharge bonus: 20 credits", "Auto-recharge: 100 credits");
        assertThat(rig.store.recharges(ALICE, 10)).hasSize(1);
        assertThat(rig.lastRecharge().recharge().state()).isEqualTo(RechargeState.PAID);
        assertThat(rig.eventTypes()).containsExactly(EventType.RESUMED, EventType.RECHARGE_PAID);
        assertThat(rig.events.get(1).subject())
                .isEqualTo(rig.lastRecharge().recharge().id().value());
        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.ACTIVE);
        assertThat(rig.gateway.captures()).isEmpty();
        assertThat(rig.library.openRecovery(ALICE)).as("nothing is left to pay").isEmpty();
    }

    @Test
    void asked_for_again_it_is_the_same_page_until_that_has_run_out() {
        CheckoutSession first = rig.library.openRecovery(ALICE).orElseThrow();
        assertThat(rig.library.openRecovery(ALICE)).contains(first);

        rig.checkout.outcomes.put(first.sessionId(), new CheckoutOutcome.Closed("expired"));
        CheckoutSession second = rig.library.openRecovery(ALICE).orElseThrow();

        assertThat(second.sessionId()).isNotEqualTo(first.sessionId());
        assertThat(rig.store.recharges(ALICE, 10)).hasSize(1);
    }

    @Test
    void while_the_page_is_open_nothing_is_charged_automatically() {
        CheckoutSession page = rig.library.openRecovery(ALICE).orElseThrow();
        rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
        rig.clock.advance(Duration.ofDays(2));

        assertThat(reasonOf(rig.look())).isEqualTo(HoldReason.RECHARGE_OPEN);
        assertThat(rig.gateway.captures()).isEmpty();
        rig.checkout.outcomes.put(page.sessionId(), new CheckoutOutcome.Closed("expired"));
        rig.clock.advance(Duration.ofHours(2));
        rig.look();
        assertThat(rig.gateway.captures())
                .as("the one more try that was asked for")
                .hasSize(1);
    }

    @Test
    void a_late_success_of_the_first_charge_closes_the_page_so_that_it_is_paid_once() {
        CheckoutSession page = rig.library.openRecovery(ALICE).orElseThrow();

        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Paid("pi_action", PRICE));
        rig.look();

        assertThat(rig.checkout.outcomes.get(page.sessionId())).isInstanceOf(CheckoutOutcome.Closed.class);
        assertThat(rig.balance()).isEqualTo(Credits.of(121));
        assertThat(rig.account().state().dueAt()).isNull();
        assertThat(rig.eventTypes()).contains(EventType.CONTRARY_OUTCOME);
    }

    @Test
    void a_success_that_nobody_told_of_is_found_before_a_page_is_offered() {
        rig.gateway.finish(rig.lastAttempt(), true);

        assertThat(rig.library.openRecovery(ALICE)).isEmpty();

        assertThat(rig.checkout.requests).isEmpty();
        assertThat(rig.balance()).isEqualTo(Credits.of(121));
    }

    @Test
    void no_page_is_offered_while_the_provider_cannot_say_that_the_first_charge_is_closed() {
        rig.gateway.failLookUps(false);

        assertThatThrownBy(() -> rig.library.openRecovery(ALICE)).isInstanceOf(GatewayException.class);

        assertThat(rig.checkout.requests).isEmpty();
        rig.gateway.answerLookUps();
        assertThat(rig.library.openRecovery(ALICE)).isPresent();
    }

    @Test
    void a_wrong_key_is_told_apart_from_a_provider_that_does_not_answer() {
        for (boolean wrongKey : new boolean[] {true, false}) {
            rig.gateway.failLookUps(wrongKey);

            assertThatThrownBy(() -> rig.library.openRecovery(ALICE))
                    .isInstanceOfSatisfying(
                            GatewayException.class,
                            it -> assertThat(it.isConfiguration()).isEqualTo(wrongKey));
        }
    }

    @Test
    void when_both_are_captured_all_the_same_both_are_granted_and_people_are_told() {
        rig.library.openRecovery(ALICE);
        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Paid("pi_action", PRICE));
        rig.events.clear();

        rig.settle(rig.library, ALICE, rig.checkout.last().checkout(), paid("pi_9"));

        assertThat(rig.balance()).as("without a second bonus").isEqualTo(Credits.of(221));
        assertThat(rig.events)
                .filteredOn(it -> it.type() == EventType.CONTRARY_OUTCOME)
                .extracting(AutoRechargeEvent::reason)
                .containsExactly("PAID_TWICE");
    }

    @Test
    void when_the_first_charge_is_captured_after_the_page_it_brings_no_second_bonus_either() {
        rig.library.openRecovery(ALICE);
        rig.settle(rig.library, ALICE, rig.checkout.last().checkout(), paid("pi_9"));
        rig.events.clear();

        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Paid("pi_action", PRICE));

        assertThat(rig.balance()).isEqualTo(Credits.of(221));
        assertThat(rig.events)
                .filteredOn(it -> it.type() == EventType.RECHARGE_PAID)
                .extracting(AutoRechargeEvent::bonus)
                .containsExactly(Credits.ZERO);
        assertThat(rig.events)
                .filteredOn(it -> it.type() == EventType.CONTRARY_OUTCOME)
                .extracting(AutoRechargeEvent::reason)
                .containsExactly("PAID_TWICE");
    }

    @Test
    void nothing_is_offered_to_an_account_whose_last_recharge_waits_for_nobody() {
        rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
        rig.clock.advance(Duration.ofDays(2));
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);
        rig.look();

        assertThat(rig.library.openRecovery(ALICE)).isEmpty();
        assertThat(rig.library.openRecovery(io.autorecharge.credit.AccountId.of("nobody")))
                .isEmpty();
    }

    private CheckoutOutcome paid(String charge) {
        return new CheckoutOutcome.Paid(charge, PRICE, CARD);
    }

    private static HoldReason reasonOf(CheckResult visit) {
        return ((CheckResult.Held) visit).hold().reason();
    }
}
