package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.Settings;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The provider reports one outcome and later the opposite: the money decides, and operators are notified once. */
class ContraryOutcomeTest {
    private static final Money PRICE = Money.of("9.00", "USD");

    private final Rig rig = new Rig().alone();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void a_success_after_a_decline_is_granted_and_reported_once() {
        rig.enabled(ALICE, "1");
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);
        rig.check();

        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Paid("pi_declined", PRICE));
        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Paid("pi_declined", PRICE));

        assertThat(rig.balance()).isEqualTo(Credits.of(121));
        assertThat(contrary()).containsExactly("DECLINED");
    }

    @Test
    void a_success_after_the_attempt_was_given_up_is_granted_and_reported_once() {
        rig.enabled(ALICE, "1");
        rig.gateway.timeOutBeforeCaptureNext();
        rig.check();
        rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
        for (int hours = 0; hours < 30; hours++) {
            rig.clock.advance(Duration.ofHours(1));
            rig.check();
        }
        assertThat(rig.eventTypes()).contains(EventType.RECHARGE_ABANDONED);

        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Paid("pi_late", PRICE));

        assertThat(rig.balance()).isEqualTo(Credits.of(121));
        assertThat(contrary()).containsExactly("NOT_CHARGED");
    }

    @Test
    void a_failure_after_the_payment_removes_nothing_and_is_reported_once() {
        rig.enabled(ALICE, "1");
        rig.check();

        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Declined("pi_1", "canceled", Kind.SOFT));
        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Declined("pi_1", "canceled", Kind.SOFT));
        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.ActionRequired("pi_1", "requires_action"));

        assertThat(rig.balance()).isEqualTo(Credits.of(121));
        assertThat(contrary()).containsExactly("PAID");
        assertThat(contraryIds()).containsExactly("CONTRARY_OUTCOME:" + rig.lastAttempt() + "/failed");
        assertThat(rig.account().state().declines()).isZero();
        assertThat(rig.account().state().suspension()).isNull();
    }

    @Test
    void an_authentication_demand_after_the_payment_is_reported() {
        rig.enabled(ALICE, "1");
        rig.check();
        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.ActionRequired("pi_2", "requires_action"));
        assertThat(contrary()).as("of another charge").isEmpty();

        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.ActionRequired("pi_1", "requires_action"));

        assertThat(contrary()).containsExactly("PAID");
        assertThat(rig.account().state().suspension()).isNull();
    }

    @Test
    void a_failure_of_the_charge_that_was_paid_is_reported() {
        rig.enabled(ALICE, "1");
        rig.check();

        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Declined("pi_1", "canceled", Kind.SOFT));

        assertThat(contrary()).containsExactly("PAID");
    }

    @Test
    void the_end_of_another_charge_of_a_paid_attempt_is_no_contradiction() {
        rig.enabled(ALICE, "1");
        rig.check();

        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Declined("pi_2", "canceled", Kind.SOFT));
        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Unknown("timed out"));

        assertThat(contrary()).isEmpty();
    }

    @Test
    void a_checkout_paid_by_two_payments_is_granted_once_and_reported_once() {
        rig.library.openCheckout(ALICE, 100, null, null);
        CheckoutId checkout = rig.checkout.last().checkout();
        Money price = Money.of("9.00", "USD");
        rig.settle(rig.library, ALICE, checkout, new CheckoutOutcome.Paid("pi_7", price, null));
        rig.settle(rig.library, ALICE, checkout, new CheckoutOutcome.Paid("pi_7", price, null));
        assertThat(rig.eventTypes()).doesNotContain(EventType.CONTRARY_OUTCOME);

        rig.settle(rig.library, ALICE, checkout, new CheckoutOutcome.Paid("pi_8", price, null));
        rig.settle(rig.library, ALICE, checkout, new CheckoutOutcome.Paid("pi_8", price, null));

        assertThat(rig.balance()).isEqualTo(Credits.of(100));
        assertThat(rig.events)
                .filteredOn(it -> it.type() == EventType.CONTRARY_OUTCOME)
                .extracting(AutoRechargeEvent::reason)
                .containsExactly("PAID_TWICE");
        assertThat(contraryIds()).containsExactly("CONTRARY_OUTCOME:" + checkout + "/PAID_TWICE");
    }

    @Test
    void a_checkout_paid_after_it_was_closed_or_closed_after_it_was_paid_is_reported() {
        rig.library.openCheckout(ALICE, 100, null, null);
        CheckoutOutcome paid = new CheckoutOutcome.Paid("pi_7", PRICE, null);
        rig.settle(rig.library, ALICE, rig.checkout.last().checkout(), new CheckoutOutcome.Closed("expired"));
        rig.settle(rig.library, ALICE, rig.checkout.last().checkout(), paid);
        assertThat(contrary()).containsExactly("CLOSED");

        rig.settle(rig.library, ALICE, rig.checkout.last().checkout(), new CheckoutOutcome.Closed("canceled"));
        rig.settle(rig.library, ALICE, rig.checkout.last().checkout(), new CheckoutOutcome.Closed("canceled"));

        assertThat(rig.balance()).isEqualTo(Credits.of(100));
        assertThat(contrary()).containsExactly("CLOSED", "PAID");
        CheckoutId checkout = rig.checkout.last().checkout();
        assertThat(contraryIds())
                .containsExactly("CONTRARY_OUTCOME:" + checkout + "/CLOSED", "CONTRARY_OUTCOME:" + checkout + "/PAID");
    }

    private List<String> contraryIds() {
        return rig.events.stream()
                .filter(it -> it.type() == EventType.CONTRARY_OUTCOME)
                .map(AutoRechargeEvent::id)
                .toList();
    }

    private List<String> contrary() {
        return rig.events.stream()
                .filter(it -> it.type() == EventType.CONTRARY_OUTCOME)
                .map(AutoRechargeEvent::reason)
                .toList();
    }
}
