package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.MethodPlace;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutTerms;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.SetupRequest;
import io.autorecharge.gateway.TooManyRequestsException;
import io.autorecharge.report.Status;
import io.autorecharge.store.CheckoutState;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checkouts in which a customer adds a payment method and buys nothing. */
class SetupCheckoutTest {
    private static final PaymentMethod VISA = method("pm_visa", "fp_visa");
    private static final PaymentMethod AMEX = method("pm_amex", "fp_amex");

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static PaymentMethod method(String id, String fingerprint) {
        return new PaymentMethod("cus_alice", id, "visa", "4242", fingerprint);
    }

    private SetupRequest open(MethodPlace place) {
        rig.library.openSetup(ALICE, place, null);
        return rig.checkout.setups.get(rig.checkout.setups.size() - 1);
    }

    private boolean report(SetupRequest request, CheckoutOutcome outcome) {
        return rig.settle(rig.library, ALICE, request.checkout(), outcome);
    }

    private static CheckoutOutcome saved(PaymentMethod method) {
        return new CheckoutOutcome.Saved("seti_" + method.id(), method);
    }

    private void add(MethodPlace place, PaymentMethod method) {
        assertThat(report(open(place), saved(method))).isTrue();
    }

    private List<String> listed() {
        return rig.library.paymentMethods(ALICE).all().stream()
                .map(it -> it.method().id())
                .toList();
    }

    @Test
    void the_request_names_the_customer_the_place_and_the_currency_and_is_stored_before_it_is_sent() {
        rig.checkout.meanwhile = () -> assertThat(rig.store
                        .inTransaction(ALICE, tx -> tx.openCheckouts().get(0))
                        .saves())
                .isEqualTo(MethodPlace.PRIMARY);

        SetupRequest request = open(MethodPlace.PRIMARY);

        assertThat(request)
                .isEqualTo(new SetupRequest(
                        ALICE,
                        request.checkout(),
                        "cus_alice",
                        MethodPlace.PRIMARY,
                        Currency.getInstance("USD"),
                        rig.clock.instant(),
                        rig.library.installation()));
        assertThat(request.terms()).isEqualTo(new CheckoutTerms(0, false, null, null, MethodPlace.PRIMARY));
        assertThat(rig.account().state().stampedCustomer()).isEqualTo("cus_alice");
    }

    @ParameterizedTest
    @EnumSource(MethodPlace.class)
    void the_first_method_is_the_primary_one_and_nothing_else_changes(MethodPlace place) {
        SetupRequest request = open(place);

        assertThat(report(request, saved(VISA))).isTrue();
        assertThat(report(request, saved(VISA))).isTrue();

        assertThat(rig.account().method()).isEqualTo(VISA);
        assertThat(rig.balance()).isEqualTo(Credits.ZERO);
        assertThat(rig.entries()).isEmpty();
        assertThat(rig.account().settings().enabled()).isFalse();
        assertThat(rig.account().state().consent()).isNull();
        assertThat(rig.eventTypes()).containsExactly(EventType.METHODS_CHANGED);
    }

    @Test
    void further_methods_become_the_last_backup_or_the_primary_one_as_their_user_asked() {
        add(MethodPlace.BACKUP, VISA);
        add(MethodPlace.BACKUP, AMEX);
        add(MethodPlace.PRIMARY, method("pm_3", "fp_3"));
        add(MethodPlace.BACKUP, method("pm_4", "fp_4"));

        assertThat(listed()).containsExactly("pm_3", "pm_visa", "pm_amex", "pm_4");
    }

    @Test
    void a_method_that_was_removed_since_does_not_come_back_when_it_is_reported_again() {
        SetupRequest request = open(MethodPlace.BACKUP);
        report(request, saved(VISA));
        rig.library.removePaymentMethod(ALICE, VISA.id());

        report(request, saved(VISA));
        rig.checkout.outcomes.put("cs_1", saved(VISA));
        rig.library.refreshCheckouts(ALICE);

        assertThat(listed()).isEmpty();
    }

    @Test
    void a_lost_webhook_is_made_up_for_when_the_customer_returns() {
        open(MethodPlace.BACKUP);
        rig.checkout.outcomes.put("cs_1", saved(VISA));

        rig.library.refreshCheckouts(ALICE);

        assertThat(listed()).containsExactly("pm_visa");
    }

    @Test
    void a_lost_webhook_and_a_closed_browser_are_made_up_for_by_looking_up() {
        open(MethodPlace.BACKUP);
        rig.checkout.outcomes.put("cs_1", saved(VISA));

        for (int i = 0; i < 20 && listed().isEmpty(); i++) {
            rig.clock.advance(Duration.ofMinutes(10));
            rig.library.check(ALICE);
        }

        assertThat(listed()).containsExactly("pm_visa");
    }

    @Test
    void a_process_that_dies_before_it_knows_the_session_loses_nothing() {
        rig.checkout.meanwhile = () -> {
            throw new IllegalStateException("the process dies");
        };
        assertThatThrownBy(() -> rig.library.openSetup(ALICE, MethodPlace.BACKUP, null))
                .isInstanceOf(IllegalStateException.class);
        var checkout = rig.store.inTransaction(ALICE, tx -> tx.openCheckouts().get(0));
        assertThat(checkout.sessionId()).isNull();

        boolean known = rig.library.settle(new ProviderReport.Checkout(
                ALICE, checkout.id(), "cs_of_the_dead", "cus_alice", saved(VISA), rig.library.installation(), null));

        assertThat(known).isTrue();
        assertThat(listed()).containsExactly("pm_visa");
    }

    @Test
    void a_method_that_was_saved_after_its_checkout_was_given_up_is_added_all_the_same() {
        SetupRequest request = open(MethodPlace.BACKUP);
        report(request, new CheckoutOutcome.Closed("given up"));

        report(request, saved(VISA));

        assertThat(listed()).containsExactly("pm_visa");
    }

    @Test
    void a_session_of_another_customer_adds_nothing() {
        SetupRequest request = open(MethodPlace.BACKUP);

        boolean known = rig.library.settle(new ProviderReport.Checkout(
                ALICE, request.checkout(), "cs_1", "cus_mallory", saved(VISA), rig.library.installation(), null));

        assertThat(known).isFalse();
        assertThat(listed()).isEmpty();
    }

    @Test
    void a_method_of_another_customer_is_not_added_and_that_is_reported() {
        SetupRequest request = open(MethodPlace.BACKUP);

        report(
                request,
                new CheckoutOutcome.Saved("seti_1", new PaymentMethod("cus_mallory", "pm_m", "visa", "1", "fp_m")));

        assertThat(listed()).isEmpty();
        assertThat(rig.eventTypes()).containsExactly(EventType.METHOD_NOT_SAVED);
    }

    @Test
    void a_checkout_that_was_completed_for_nothing_is_reported_and_shown_until_a_method_is_saved() {
        rig.library.grant(new Grant(ALICE, Credits.of(50), Category.PAID, "start", "Start"));
        rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
        SetupRequest request = open(MethodPlace.BACKUP);

        report(request, new CheckoutOutcome.Saved("seti_1", null));
        report(request, new CheckoutOutcome.Saved("seti_1", null));

        assertThat(rig.eventTypes()).containsOnlyOnce(EventType.METHOD_NOT_SAVED);
        assertThat(rig.library.status(ALICE).reason()).isEqualTo("METHOD_NOT_SAVED");
        add(MethodPlace.BACKUP, VISA);
        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.ACTIVE);
    }

    @Test
    void money_that_such_a_checkout_reports_buys_nothing_and_is_reported() {
        SetupRequest request = open(MethodPlace.BACKUP);

        report(request, new CheckoutOutcome.Paid("pi_1", Money.of("9.00", "USD"), VISA));

        assertThat(rig.balance()).isEqualTo(Credits.ZERO);
        assertThat(listed()).isEmpty();
        assertThat(rig.eventTypes()).containsExactly(EventType.CAPTURE_MISMATCH);
    }

    @Test
    void another_card_ends_the_suspension_of_the_first() {
        suspended();

        add(MethodPlace.BACKUP, new PaymentMethod("cus_1", "pm_amex", "amex", "0005", "fp_amex"));

        assertThat(rig.account().state().suspension()).isNull();
        assertThat(rig.eventTypes()).contains(EventType.RESUMED);
    }

    @Test
    void the_card_that_is_stopped_stays_so_because_nothing_was_paid_with_it() {
        suspended();

        add(MethodPlace.PRIMARY, new PaymentMethod("cus_1", "pm_again", "visa", "4242", Rig.CARD.fingerprint()));

        assertThat(rig.account().state().suspension().reason()).isEqualTo(Suspension.Reason.HARD_DECLINE);
    }

    private void suspended() {
        rig.enabled(ALICE, "5");
        rig.gateway.declineNext("lost_card", Kind.HARD);
        rig.check();
        assertThat(rig.account().state().suspension().reason()).isEqualTo(Suspension.Reason.HARD_DECLINE);
    }

    @Test
    void a_full_list_is_refused_before_anything_is_created() {
        for (int i = 0; i < PaymentMethods.MAX; i++) {
            rig.library.addPaymentMethod(ALICE, method("pm_" + i, "fp_" + i));
        }

        assertThatThrownBy(() -> rig.library.openSetup(ALICE, MethodPlace.BACKUP, null))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("paymentMethods"));
        assertThat(rig.checkout.setups).isEmpty();
    }

    @Test
    void a_list_that_became_full_meanwhile_takes_no_more_and_that_is_reported() {
        rig.library.addPaymentMethod(ALICE, VISA);
        SetupRequest request = open(MethodPlace.BACKUP);
        for (int i = 1; i < PaymentMethods.MAX; i++) {
            rig.library.addPaymentMethod(ALICE, method("pm_" + i, "fp_" + i));
        }

        report(request, saved(AMEX));

        assertThat(listed()).hasSize(PaymentMethods.MAX).doesNotContain("pm_amex");
        assertThat(rig.eventTypes()).contains(EventType.METHOD_NOT_SAVED);
    }

    @Test
    void they_count_with_purchases_against_the_limits_of_open_checkouts_and_of_an_hour() {
        for (int i = 0; i < 6; i++) {
            rig.library.openSetup(ALICE, MethodPlace.BACKUP, null);
            rig.clock.advance(Duration.ofSeconds(1));
        }
        assertThat(rig.checkout.outcomes.get("cs_1")).isInstanceOf(CheckoutOutcome.Closed.class);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        rig.library.openSetup(ALICE, MethodPlace.BACKUP, null);
                        rig.library.openCheckout(ALICE, 100, null, null);
                        rig.clock.advance(Duration.ofSeconds(20));
                    }
                })
                .isInstanceOf(TooManyRequestsException.class);
    }

    @Test
    void a_customer_who_was_deleted_at_the_provider_is_replaced() {
        rig.checkout.gone = "cus_alice";

        SetupRequest request = open(MethodPlace.BACKUP);

        assertThat(request.customerId()).isEqualTo("cus_alice_anew");
        assertThat(rig.account().customerId()).isEqualTo("cus_alice_anew");
    }

    @Test
    void a_provider_that_refuses_leaves_a_row_that_is_given_up_later() {
        rig.checkout.broken = true;
        assertThatThrownBy(() -> rig.library.openSetup(ALICE, MethodPlace.BACKUP, null))
                .isInstanceOf(GatewayException.class);
        var checkout = rig.store.inTransaction(ALICE, tx -> tx.openCheckouts().get(0));

        rig.clock.advance(Duration.ofHours(2));
        rig.library.check(ALICE);

        assertThat(rig.store
                        .inTransaction(ALICE, tx -> tx.checkout(checkout.id()).orElseThrow())
                        .state())
                .isEqualTo(CheckoutState.CLOSED);
    }
}
