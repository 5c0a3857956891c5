package io.autorecharge.stripe;

import static io.autorecharge.stripe.FaultRig.ALICE;
import static io.autorecharge.stripe.FaultRig.BEFORE;
import static io.autorecharge.stripe.FaultRig.VISA;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.Suspension;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.report.Status;
import io.autorecharge.stripe.FailureCodes.Fault;
import io.autorecharge.stripe.FailureCodes.Meaning;
import io.autorecharge.stripe.FailureCodes.Retry;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 6 and 21 of docs/faults.md: requests that Stripe refuses, and debits that a bank returns: whose fault it is, and that nothing is repeated without end. */
class RefusalsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration WEEK = Duration.ofDays(7);

    private final FaultRig rig = new FaultRig();

    @BeforeEach
    void enabled() {
        rig.withoutWebhooks().enabled(VISA);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @ParameterizedTest
    @CsvSource({
        "payment_intent_mandate_invalid, , METHOD_UNUSABLE",
        "payment_method_currency_mismatch, payment_method, METHOD_UNUSABLE",
        "bank_account_unverified, , METHOD_UNUSABLE",
        "payment_method_unexpected_state, payment_method, METHOD_UNUSABLE",
        "payment_method_billing_details_address_missing, , METHOD_UNUSABLE",
        "payment_method_bank_account_blocked, payment_method, HARD_DECLINE",
        "a_code_of_next_year, payment_method, METHOD_UNUSABLE",
        ", payment_method, METHOD_UNUSABLE",
        ", mandate_data[customer_acceptance], METHOD_UNUSABLE",
    })
    void row_21_a_refusal_because_of_the_payment_method_is_sent_once_and_suspends(
            @Nullable String code, @Nullable String param, Suspension.Reason reason) {
        rig.stripe.simulator.issuer().refuseAlways(rig.customer(), code, param, "This cannot be charged.");

        rig.run();
        rig.runFor(WEEK);

        assertThat(rig.keys()).hasSize(1);
        assertThat(rig.suspensionReason()).isEqualTo(reason);
        assertThat(rig.eventTypes()).contains(EventType.RECHARGE_DECLINED, EventType.SUSPENDED);
        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.SUSPENDED);
        assertThat(rig.balance()).isEqualTo(BEFORE);
    }

    @ParameterizedTest
    @CsvSource({
        "a_code_of_next_year, ",
        "a_code_of_next_year, amount",
        ", ",
        ", confirm",
        "payment_method_unactivated, payment_method",
        "charge_exceeds_transaction_limit, amount",
    })
    void row_21_a_refusal_that_is_nobodys_fault_or_the_hosts_is_bounded_and_reported(
            @Nullable String code, @Nullable String param) {
        rig.stripe.simulator.issuer().refuseAlways(rig.customer(), code, param, "No.");

        rig.run();
        assertThat(rig.library.status(ALICE).reason()).isEqualTo("REJECTED");
        rig.runFor(WEEK);

        assertThat(rig.keys()).hasSize(9);
        assertThat(rig.suspensionReason()).isEqualTo(Suspension.Reason.REQUEST_REFUSED);
        assertThat(rig.library.status(ALICE).reason()).isEqualTo("REQUEST_REFUSED");
        assertThat(rig.events)
                .filteredOn(it -> it.type() == EventType.RECHARGE_ABANDONED)
                .hasSize(3)
                .extracting(AutoRechargeEvent::reason)
                .containsOnly(code == null ? "REJECTED" : code);
        assertThat(rig.captures()).isEmpty();
    }

    @Test
    void while_a_refused_account_waits_its_status_says_why() {
        rig.stripe.simulator.issuer().refuseAlways(rig.customer(), "a_code_of_next_year", null, "No.");

        rig.run();
        rig.runEvery(HOUR, Duration.ofHours(3));

        Status status = rig.library.status(ALICE);
        assertThat(status.state()).isEqualTo(Status.State.BACKING_OFF);
        assertThat(status.reason()).isEqualTo("a_code_of_next_year");
        assertThat(status.nextTry()).isAfter(rig.clock.instant());
    }

    @Test
    void a_request_that_is_accepted_after_two_refusals_is_paid_once() {
        rig.stripe.simulator.issuer().refuseNext(rig.customer(), "a_code_of_next_year", null, "No.");
        rig.stripe.simulator.issuer().refuseNext(rig.customer(), "a_code_of_next_year", null, "No.");

        rig.run();
        rig.runEvery(HOUR, Duration.ofHours(3));

        assertThat(rig.keys()).hasSize(3).containsOnly(rig.key());
        rig.assertPaidOnce();
    }

    @Test
    void a_host_can_say_that_a_code_is_the_payment_methods_fault() {
        rig.stripe.simulator.issuer().refuseAlways(rig.customer(), "a_code_of_next_year", null, "No.");
        FailureCodes own =
                FailureCodes.ofDefaults().with("a_code_of_next_year", new Meaning(Fault.METHOD, Retry.NEVER));

        rig.run(new StripeGateway(rig.settings().failureCodes(own).build()));

        assertThat(rig.suspensionReason()).isEqualTo(Suspension.Reason.HARD_DECLINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"debit_not_authorized", "account_closed", "no_account", "refer_to_customer"})
    void row_6_a_bank_return_that_will_happen_again_is_tried_once(String code) {
        rig.card("pm_usBankAccount_success");
        rig.run();
        rig.stripe
                .simulator
                .bankDebits()
                .fail(Objects.requireNonNull(rig.last().attempt().providerReference()), code);

        rig.runFor(WEEK);

        assertThat(rig.keys()).hasSize(1);
        assertThat(rig.suspensionReason()).isEqualTo(Suspension.Reason.HARD_DECLINE);
        assertThat(rig.captures()).isEmpty();
    }

    @Test
    void a_bank_return_for_insufficient_funds_may_be_tried_again() {
        rig.card("pm_usBankAccount_success");
        rig.run();
        rig.stripe
                .simulator
                .bankDebits()
                .fail(Objects.requireNonNull(rig.last().attempt().providerReference()), "insufficient_funds");

        rig.runEvery(HOUR, Duration.ofHours(24));

        assertThat(rig.keys()).hasSize(2);
    }

    @Test
    void row_6_a_card_that_was_declined_too_often_is_stopped_although_the_error_looks_ordinary() {
        rig.stripe.simulator.issuer().declineAlways(rig.customer(), "previously_declined_do_not_retry");

        rig.run();
        rig.runFor(WEEK);

        assertThat(rig.keys()).hasSize(1);
        assertThat(rig.suspensionReason()).isEqualTo(Suspension.Reason.HARD_DECLINE);
        assertThat(rig.last().attempt().detail()).isEqualTo("previously_declined_do_not_retry");
    }

    @Test
    void a_card_over_its_rate_limit_is_not_tried_again_within_a_day() {
        rig.stripe.simulator.issuer().declineNext(rig.customer(), "card_decline_rate_limit_exceeded");

        rig.run();
        rig.runEvery(HOUR, Duration.ofHours(23));
        assertThat(rig.keys()).hasSize(1);

        rig.runAfter(Duration.ofHours(2));
        assertThat(rig.keys()).hasSize(2);
        rig.assertLastPaid();
    }

    @Test
    void the_strictest_of_several_codes_counts() {
        DeclineReason advised = new DeclineReason("card_declined", "generic_decline", "do_not_try_again", null);
        DeclineReason ofVisa =
                new DeclineReason("card_declined", "generic_decline", null, null, "generic_decline", "visa/41");
        DeclineReason ofAnother =
                new DeclineReason("card_declined", "generic_decline", null, null, "generic_decline", "mastercard/41");

        assertThat(kind(advised)).isEqualTo(Outcome.Declined.Kind.HARD);
        assertThat(kind(ofVisa)).isEqualTo(Outcome.Declined.Kind.HARD);
        assertThat(kind(ofAnother)).isEqualTo(Outcome.Declined.Kind.SOFT);
    }

    private static Outcome.Declined.Kind kind(DeclineReason reason) {
        return reason.decline(null, "none", FailureCodes.ofDefaults()).kind();
    }
}
