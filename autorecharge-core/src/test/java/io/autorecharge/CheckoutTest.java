package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.Account;
import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Refusal;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutRequest;
import io.autorecharge.gateway.CheckoutTerms;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.PeopleLimits;
import io.autorecharge.report.Status;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckoutTest {
    private static final PaymentMethod CARD = new PaymentMethod("cus_alice", "pm_1", "visa", "4242", "fp_1");
    private static final CheckoutOutcome PAID = new CheckoutOutcome.Paid("pi_7", Money.of("9.00", "USD"), CARD);

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void the_first_purchase_enables_saves_the_method_records_the_consent_and_grants_the_bonus_once() {
        rig.library.openCheckout(ALICE, 100, "terms-3", "alice@example.com");
        CheckoutRequest request = rig.checkout.last();

        rig.settle(rig.library, ALICE, request.checkout(), PAID);
        rig.settle(rig.library, ALICE, request.checkout(), PAID);

        assertThat(request)
                .isEqualTo(new CheckoutRequest(
                        ALICE,
                        request.checkout(),
                        "cus_alice",
                        new CheckoutTerms(100, true, "terms-3", null),
                        Money.of("9.00", "USD"),
                        true,
                        rig.clock.instant(),
                        rig.library.installation()));
        assertThat(rig.balance()).isEqualTo(Credits.of(120));
        assertThat(rig.entries())
                .extracting(LedgerEntry::description)
                .containsExactly("Purchase bonus: 20 credits", "Credit purchase: 100 credits");
        assertThat(rig.account().settings()).isEqualTo(new Settings(true, 100, Credits.of(10)));
        assertThat(rig.account().method()).isEqualTo(CARD);
        assertThat(rig.account().state().consent().withBought(null))
                .isEqualTo(
                        new Consent("terms-3", rig.clock.instant(), Money.of("9.00", "USD"), Consent.Source.CHECKOUT));
        assertThat(rig.eventTypes()).containsExactly(EventType.ENABLED, EventType.PURCHASE_PAID);
        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.ACTIVE);
    }

    @Test
    void a_purchase_that_was_to_save_a_method_and_saved_none_says_so_until_one_is_saved() {
        rig.library.openCheckout(ALICE, 100, "terms-3", null);
        CheckoutOutcome nothingSaved = new CheckoutOutcome.Paid("pi_1", Money.of("9.00", "USD"), null);
        rig.settle(rig.library, ALICE, rig.checkout.last().checkout(), nothingSaved);
        rig.settle(rig.library, ALICE, rig.checkout.last().checkout(), nothingSaved);

        assertThat(rig.events)
                .filteredOn(it -> it.type() == EventType.METHOD_NOT_SAVED)
                .singleElement()
                .satisfies(it -> assertThat(it.subject())
                        .isEqualTo(rig.checkout.last().checkout().value()));
        Status status = rig.library.status(ALICE);
        assertThat(status.state()).isEqualTo(Status.State.INCOMPLETE);
        assertThat(status.reason()).isEqualTo("METHOD_NOT_SAVED");
        assertThat(status.missing()).containsExactly(HoldReason.METHOD_NOT_SAVED);
        assertThat(rig.balance()).isEqualTo(Credits.of(120));

        rig.library.savePaymentMethod(ALICE, CARD);
        rig.library.forgetPaymentMethod(ALICE);
        assertThat(rig.library.status(ALICE).reason()).isEqualTo("NO_PAYMENT_METHOD");
    }

    @Test
    void a_purchase_that_saved_nothing_leaves_the_method_that_is_saved() {
        buy("terms-3", "pi_1");
        rig.library.openCheckout(ALICE, 100, "terms-3", null);
        rig.settle(
                rig.library,
                ALICE,
                rig.checkout.last().checkout(),
                new CheckoutOutcome.Paid("pi_2", Money.of("9.00", "USD"), null));

        assertThat(rig.eventTypes()).contains(EventType.METHOD_NOT_SAVED);
        assertThat(rig.account().method()).isEqualTo(CARD);
        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.ACTIVE);
        buy("terms-3", "pi_3");
        assertThat(rig.account().state().notSavedSince()).isNull();
    }

    @Test
    void enabling_again_by_another_purchase_grants_no_second_bonus() {
        buy("terms-3", "pi_1");
        rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
        buy("terms-3", "pi_2");

        assertThat(rig.balance()).isEqualTo(Credits.of(220));
    }

    @Test
    void a_purchase_that_does_not_enable_saves_no_method_and_grants_no_bonus() {
        rig.library.openCheckout(ALICE, 100, null, null);

        rig.settle(
                rig.library,
                ALICE,
                rig.checkout.last().checkout(),
                new CheckoutOutcome.Paid("pi_1", Money.of("9.00", "USD"), null));

        assertThat(rig.checkout.last().saveMethod()).isFalse();
        assertThat(rig.balance()).isEqualTo(Credits.of(100));
        assertThat(rig.account().settings().enabled()).isFalse();
        assertThat(rig.account().method()).isNull();
    }

    @Test
    void a_lost_webhook_is_replaced_by_looking_up_the_checkout() {
        rig.library.openCheckout(ALICE, 100, "terms-3", null);
        rig.checkout.outcomes.put("cs_1", PAID);

        rig.check();
        assertThat(rig.balance()).as("not yet due").isEqualTo(Credits.ZERO);
        rig.clock.advance(Duration.ofMinutes(2));
        assertThat(rig.store.takeDue(rig.clock.instant(), rig.clock.instant().plusSeconds(60), 10))
                .as("the checkout is scheduled")
                .containsExactly(ALICE);
        rig.check();

        assertThat(rig.balance()).isEqualTo(Credits.of(120));
    }

    @Test
    void each_check_looks_up_a_few_of_many_checkouts_and_the_next_check_the_others() {
        AutoRecharge generous = AutoRecharge.builder(rig.policy, rig.store, rig.gateway)
                .checkout(rig.checkout)
                .clock(rig.clock)
                .callsPerSecond(100_000)
                .peopleLimits(PeopleLimits.ofDefaults().withOpenCheckouts(12))
                .build();
        try (generous) {
            for (int i = 0; i < 12; i++) {
                generous.openCheckout(ALICE, 100, null, null);
            }
        }
        rig.clock.advance(Duration.ofMinutes(2));

        rig.check();
        assertThat(rig.checkout.lookUps).hasSize(5);
        rig.clock.advance(Duration.ofMinutes(1));
        assertThat(rig.store.takeDue(rig.clock.instant(), rig.clock.instant().plusSeconds(60), 10))
                .as("the rest is due in a minute")
                .containsExactly(ALICE);
        rig.check();
        assertThat(rig.checkout.lookUps).hasSize(10).doesNotHaveDuplicates();
        rig.clock.advance(Duration.ofMinutes(1));
        rig.check();
        assertThat(Set.copyOf(rig.checkout.lookUps))
                .as("no checkout waits until the first one is looked up again")
                .hasSize(12);
    }

    @Test
    void returning_from_the_checkout_looks_it_up_immediately() {
        rig.library.openCheckout(ALICE, 100, "terms-3", null);
        rig.checkout.outcomes.put("cs_1", PAID);

        rig.library.refreshCheckouts(ALICE);

        assertThat(rig.balance()).isEqualTo(Credits.of(120));
    }

    @Test
    void an_expired_checkout_is_closed_and_not_looked_up_again_but_a_late_payment_is_granted() {
        rig.library.openCheckout(ALICE, 100, "terms-3", null);
        rig.checkout.outcomes.put("cs_1", new CheckoutOutcome.Closed("expired"));
        rig.library.refreshCheckouts(ALICE);
        assertThat(rig.account().state().dueAt()).isNull();

        rig.settle(rig.library, ALICE, rig.checkout.last().checkout(), PAID);

        assertThat(rig.balance()).isEqualTo(Credits.of(100));
        assertThat(rig.account().settings().enabled())
                .as("the consent of an expired checkout has no effect")
                .isFalse();
    }

    @Test
    void a_checkout_whose_session_was_never_created_is_given_up_after_an_hour() {
        rig.checkout.broken = true;
        assertThatThrownBy(() -> rig.library.openCheckout(ALICE, 100, "terms-3", null))
                .isInstanceOf(GatewayException.class);
        assertThat(rig.account().state().dueAt()).isNotNull();

        for (int i = 0; i < 8; i++) {
            rig.clock.advance(Duration.ofMinutes(30));
            rig.check();
        }

        assertThat(rig.account().state().dueAt()).isNull();
    }

    @Test
    void a_payment_of_another_amount_is_not_granted_but_reported() {
        rig.library.openCheckout(ALICE, 500, "terms-3", null);

        rig.settle(rig.library, ALICE, rig.checkout.last().checkout(), PAID);

        assertThat(rig.balance()).isEqualTo(Credits.ZERO);
        assertThat(rig.events)
                .extracting(AutoRechargeEvent::id)
                .containsExactly("CAPTURE_MISMATCH:" + rig.checkout.last().checkout() + "/pi_7");
    }

    @Test
    void a_payment_of_another_customer_or_session_is_reported_once_and_changes_nothing() {
        rig.library.openCheckout(ALICE, 100, "terms-3", null);
        CheckoutId checkout = rig.checkout.last().checkout();
        Account before = rig.account();

        assertThat(rig.library.settle(new ProviderReport.Checkout(
                        ALICE, checkout, "cs_1", "cus_ben", PAID, rig.library.installation(), null)))
                .isFalse();
        assertThat(rig.library.settle(new ProviderReport.Checkout(
                        ALICE, checkout, "cs_2", "cus_alice", PAID, rig.library.installation(), null)))
                .isFalse();
        assertThat(rig.library.settle(new ProviderReport.Checkout(
                        ALICE,
                        checkout,
                        "cs_2",
                        "cus_alice",
                        new CheckoutOutcome.Closed("expired"),
                        rig.library.installation(),
                        null)))
                .isFalse();

        assertThat(rig.events).singleElement().satisfies(event -> {
            assertThat(event.id()).isEqualTo("CAPTURE_MISMATCH:" + checkout + "/pi_7");
            assertThat(event.subject()).isEqualTo(checkout.value());
            assertThat(event.reason()).isEqualTo("pi_7");
        });
        assertThat(rig.account()).isEqualTo(before);
        assertThat(rig.entries()).isEmpty();
        assertThat(rig.settle(rig.library, ALICE, checkout, PAID))
                .as("its own payment is still granted")
                .isTrue();
        assertThat(rig.balance()).isEqualTo(Credits.of(120));
    }

    @Test
    void a_consent_version_that_is_too_long_is_refused_before_a_customer_is_created() {
        assertThat(Refusal.of(() -> rig.library.openCheckout(ALICE, 100, "v".repeat(256), null))
                        .field())
                .isEqualTo("consentVersion");

        assertThat(rig.checkout.customers).isZero();
    }

    @Test
    void a_checkout_paid_with_another_amount_is_not_looked_up_for_ever() {
        rig.library.openCheckout(ALICE, 100, null, null);
        rig.checkout.outcomes.put("cs_1", new CheckoutOutcome.Paid("pi_1", Money.of("8.00", "USD"), null));
        rig.library.refreshCheckouts(ALICE);

        assertThat(rig.account().state().dueAt()).isNull();
        rig.settle(
                rig.library,
                ALICE,
                rig.checkout.last().checkout(),
                new CheckoutOutcome.Paid("pi_2", Money.of("9.00", "USD"), null));
        assertThat(rig.balance()).isEqualTo(Credits.of(100));
    }

    @Test
    void a_checkout_that_a_node_with_a_fast_clock_gave_up_during_its_creation_is_still_looked_up() {
        rig.checkout.meanwhile = () -> {
            rig.clock.advance(Duration.ofHours(2));
            rig.check();
            rig.clock.advance(Duration.ofHours(-2));
        };
        rig.library.openCheckout(ALICE, 100, null, null);
        rig.checkout.outcomes.put("cs_1", new CheckoutOutcome.Paid("pi_1", Money.of("9.00", "USD"), null));

        assertThat(rig.account().state().dueAt()).isNotNull();
        rig.clock.advance(Duration.ofHours(1));
        rig.check();
        assertThat(rig.balance()).isEqualTo(Credits.of(100));
    }

    @Test
    void a_checkout_that_the_provider_cannot_report_on_is_given_up_after_a_month() {
        rig.library.openCheckout(ALICE, 100, null, null);
        rig.checkout.unknown = "cs_1";
        rig.clock.advance(Duration.ofDays(29));
        rig.check();
        assertThat(rig.account().state().dueAt()).isNotNull();
        rig.clock.advance(Duration.ofDays(2));
        rig.check();

        assertThat(rig.account().state().dueAt()).isNull();
        rig.settle(
                rig.library,
                ALICE,
                rig.checkout.last().checkout(),
                new CheckoutOutcome.Paid("pi_1", Money.of("9.00", "USD"), null));
        assertThat(rig.balance()).as("a payment that is reported later").isEqualTo(Credits.of(100));
    }

    @Test
    void a_report_about_a_known_checkout_is_answered_with_true() {
        rig.library.openCheckout(ALICE, 100, "terms-3", null);

        assertThat(rig.settle(rig.library, ALICE, rig.checkout.last().checkout(), PAID))
                .isTrue();
    }

    @Test
    void returns_the_created_session_for_another_customer_too() {
        assertThat(rig.library.openCheckout(ALICE, 100, null, null).sessionId()).isEqualTo("cs_1");
        rig.checkout.gone = "cus_alice";

        assertThat(rig.library.openCheckout(ALICE, 100, null, null).sessionId()).isEqualTo("cs_2");
    }

    @Test
    void a_checkout_of_another_account_is_not_known() {
        rig.library.openCheckout(ALICE, 100, "terms-3", null);

        assertThat(rig.settle(
                        rig.library,
                        io.autorecharge.credit.AccountId.of("bob"),
                        rig.checkout.last().checkout(),
                        PAID))
                .isFalse();
        assertThat(rig.settle(rig.library, ALICE, new CheckoutId("made-up"), PAID))
                .isFalse();
    }

    @Test
    void a_report_about_another_session_or_customer_is_refused_under_the_lock() {
        rig.library.openCheckout(ALICE, 100, "terms-3", null);
        CheckoutId id = rig.checkout.last().checkout();

        assertThat(rig.library.settle(new ProviderReport.Checkout(
                        ALICE, id, "cs_1", "cus_mallory", PAID, rig.library.installation(), null)))
                .isFalse();
        assertThat(rig.library.settle(
                        new ProviderReport.Checkout(ALICE, id, "cs_1", "", PAID, rig.library.installation(), null)))
                .isFalse();
        assertThat(rig.library.settle(new ProviderReport.Checkout(
                        ALICE, id, "cs_other", "cus_alice", PAID, rig.library.installation(), null)))
                .isFalse();
        assertThat(rig.balance()).isEqualTo(Credits.ZERO);
        assertThat(rig.account().settings().enabled()).isFalse();

        assertThat(rig.library.settle(new ProviderReport.Checkout(
                        ALICE, id, "cs_1", "cus_alice", PAID, rig.library.installation(), null)))
                .isTrue();
        assertThat(rig.balance()).isEqualTo(Credits.of(120));
    }

    @Test
    void a_payment_method_of_another_customer_is_not_saved_by_a_paid_checkout() {
        rig.library.openCheckout(ALICE, 100, "terms-3", null);
        PaymentMethod strangers = new PaymentMethod("cus_mallory", "pm_9", "visa", "1881", "fp_9");
        CheckoutOutcome paid = new CheckoutOutcome.Paid("pi_7", Money.of("9.00", "USD"), strangers);

        assertThat(rig.settle(rig.library, ALICE, rig.checkout.last().checkout(), paid))
                .isTrue();

        assertThat(rig.balance()).isEqualTo(Credits.of(120));
        assertThat(rig.account().method()).isNull();
        assertThat(rig.account().customerId()).isEqualTo("cus_alice");
    }

    @Test
    void a_payment_method_of_another_customer_is_refused_when_the_host_saves_it() {
        rig.enabled(ALICE, "100");
        PaymentMethod strangers = new PaymentMethod("cus_mallory", "pm_9", "visa", "1881", "fp_9");

        assertThatThrownBy(() -> rig.library.savePaymentMethod(ALICE, strangers))
                .isInstanceOfSatisfying(InvalidValueException.class, e -> {
                    assertThat(e.field()).isEqualTo("method.customerId");
                    assertThat(e.value()).isEqualTo("cus_mallory");
                });
        assertThat(rig.account().method()).isEqualTo(Rig.CARD);
        assertThat(rig.account().customerId()).isEqualTo("cus_1");
    }

    @Test
    void a_notification_that_was_handled_is_not_applied_again() {
        rig.library.openCheckout(ALICE, 100, "terms-3", null);
        CheckoutId id = rig.checkout.last().checkout();
        ProviderReport report = new ProviderReport.Checkout(
                ALICE,
                id,
                "cs_1",
                "cus_alice",
                PAID,
                rig.library.installation(),
                new ProviderReport.Notification("evt_1", "checkout.session.completed"));

        assertThat(rig.library.settle(report)).isTrue();
        assertThat(rig.store.isHandled("evt_1")).isTrue();
        assertThat(rig.library.settle(report)).isTrue();
        assertThat(rig.balance()).isEqualTo(Credits.of(120));
    }

    @Test
    void a_report_about_an_unknown_account_creates_none() {
        AccountId nobody = AccountId.of("nobody");

        assertThat(rig.settle(rig.library, nobody, new CheckoutId("c"), PAID)).isFalse();
        assertThat(rig.store.find(nobody)).isEmpty();
    }

    @Test
    void one_customer_an_account() {
        rig.library.openCheckout(ALICE, 100, "terms-3", null);
        rig.library.openCheckout(ALICE, 50, "terms-3", null);

        assertThat(rig.checkout.customers).isEqualTo(1);
    }

    @Test
    void an_account_whose_customer_was_deleted_at_the_provider_can_buy_again() {
        buy("terms-3", "pi_1");
        rig.checkout.gone = "cus_alice";

        rig.library.openCheckout(ALICE, 100, "terms-3", null);

        assertThat(rig.checkout.last().customerId()).isEqualTo("cus_alice_anew");
        assertThat(rig.account().customerId()).isEqualTo("cus_alice_anew");
        assertThat(rig.account().method()).as("it went with its customer").isNull();
    }

    @Test
    void an_unknown_package_is_refused_before_anything_is_made() {
        Refusal.check(
                "credits",
                77,
                "must be one of [50, 100, 250, 500]",
                () -> rig.library.openCheckout(ALICE, 77, "terms-3", null));
        assertThat(rig.checkout.customers).isZero();
    }

    @Test
    void a_purchase_with_another_card_ends_a_suspension() {
        rig.enabled(ALICE, "1");
        rig.gateway.declineNext("stolen_card", Kind.HARD);
        rig.check();

        buy("terms-3", "pi_9");

        assertThat(rig.account().state().suspension()).isNull();
        assertThat(rig.eventTypes()).contains(EventType.RESUMED);
        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.ACTIVE);
    }

    private void buy(String consent, String reference) {
        rig.library.openCheckout(ALICE, 100, consent, null);
        String customer = rig.checkout.last().customerId();
        PaymentMethod card = new PaymentMethod(customer, "pm_1", "visa", "4242", "fp_1");
        rig.settle(
                rig.library,
                ALICE,
                rig.checkout.last().checkout(),
                new CheckoutOutcome.Paid(reference, Money.of("9.00", "USD"), card));
    }
}
