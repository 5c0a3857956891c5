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

/** The provider says one thing, and later the opposite: money decides, and people are told once. */
class ContraryOutcomeTest {
    private static final Money PRICE = Money.of("9.00", "USD");

    private final Rig rig = new Rig().alone();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void a_success_after_a_decline_is_granted_and_told_once() {
        rig.enabled(ALICE, "1");
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);
        rig.look();

        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Paid("pi_declined", PRICE));
        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Paid("pi_declined", PRICE));

        assertThat(rig.balance()).isEqualTo(Credits.of(121));
        assertThat(contrary()).containsExactly("DECLINED");
    }

    @Test
    void a_success_after_the_attempt_was_given_up_is_granted_and_told_once() {
        rig.enabled(ALICE, "1");
        rig.gateway.timeOutBeforeCaptureNext();
        rig.look();
        rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
        for (int hours = 0; hours < 30; hours++) {
            rig.clock.advance(Duration.ofHours(1));
            rig.look();
        }
        assertThat(rig.eventTypes()).contains(EventType.RECHARGE_ABANDONED);

        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Paid("pi_late", PRICE));

        assertThat(rig.balance()).isEqualTo(Credits.of(121));
        assertThat(contrary()).containsExactly("NOT_CHARGED");
    }

    @Test
    void a_failure_after_the_payment_takes_nothing_and_is_told_once() {
        rig.enabled(ALICE, "1");
        rig.look();

        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Declined("pi_1", "canceled", Kind.SOFT));
        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Declined("pi_1", "canceled", Kind.SOFT));
        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.ActionRequired("pi_1", "requires_action"));

        assertThat(rig.balance()).isEqualTo(Credits.of(121));
        assertThat(contrary()).containsExactly("PAID");
        assertThat(rig.account().state().declines()).isZero();
        assertThat(rig.account().state().suspension()).isNull();
    }

    @Test
    void a_demand_for_the_customer_after_the_payment_is_told() {
        rig.enabled(ALICE, "1");
        rig.look();
        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.ActionRequired("pi_2", "requires_action"));
        assertThat(contrary()).as("of another charge").isEmpty();

        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.ActionRequired("pi_1", "requires_action"));

        assertThat(contrary()).containsExactly("PAID");
        assertThat(rig.account().state().suspension()).isNull();
    }

    @Test
    void a_failure_of_the_very_charge_that_was_paid_is_told() {
        rig.enabled(ALICE, "1");
        rig.look();

        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Declined("pi_1", "canceled", Kind.SOFT));

        assertThat(contrary()).containsExactly("PAID");
    }

    @Test
    void the_end_of_another_charge_of_a_paid_attempt_is_no_contradiction() {
        rig.enabled(ALICE, "1");
        rig.look();

        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Declined("pi_2", "canceled", Kind.SOFT));
        rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Unknown("timed out"));

        assertThat(contrary()).isEmpty();
    }

    @Test
    void a_page_that_is_paid_by_two_payments_is_granted_once_and_told_once() {
        rig.library.openCheckout(ALICE, 100, null, null);
        CheckoutId page = rig.checkout.last().checkout();
        Money price = Money.of("9.00", "USD");
        rig.settle(rig.library, ALICE, page, new CheckoutOutcome.Paid("pi_7", price, null));
        rig.settle(rig.library, ALICE, page, new CheckoutOutcome.Paid("pi_7", price, null));
        assertThat(rig.eventTypes()).doesNotContain(EventType.CONTRARY_OUTCOME);

        rig.settle(rig.library, ALICE, page, new CheckoutOutcome.Paid("pi_8", price, null));
        rig.settle(rig.library, ALICE, page, new CheckoutOutcome.Paid("pi_8", price, null));

        assertThat(rig.balance()).isEqualTo(Credits.of(100));
        assertThat(rig.events)
                .filteredOn(it -> it.type() == EventType.CONTRARY_OUTCOME)
                .extracting(AutoRechargeEvent::reason)
                .containsExactly("PAID_TWICE");
    }

    @Test
    void a_page_that_is_paid_after_it_was_closed_or_closed_after_it_was_paid_is_told() {
        rig.library.openCheckout(ALICE, 100, null, null);
        CheckoutOutcome paid = new CheckoutOutcome.Paid("pi_7", PRICE, null);
        rig.settle(rig.library, ALICE, rig.checkout.last().checkout(), new CheckoutOutcome.Closed("expired"));
        rig.settle(rig.library, ALICE, rig.checkout.last().checkout(), paid);
        assertThat(contrary()).containsExactly("CLOSED");

        rig.settle(rig.library, ALICE, rig.checkout.last().checkout(), new CheckoutOutcome.Closed("canceled"));
        rig.settle(rig.library, ALICE, rig.checkout.last().checkout(), new CheckoutOutcome.Closed("canceled"));

        assertThat(rig.balance()).isEqualTo(Credits.of(100));
        assertThat(contrary()).containsExactly("CLOSED", "PAID");
    }

    private List<String> contrary() {
        return rig.events.stream()
                .filter(it -> it.type() == EventType.CONTRARY_OUTCOME)
                .map(AutoRechargeEvent::reason)
                .toList();
    }
}
