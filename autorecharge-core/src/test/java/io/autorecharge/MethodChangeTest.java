package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static io.autorecharge.Rig.CARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.gateway.ProviderReport.MethodChange;
import io.autorecharge.gateway.ProviderReport.Notification;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to saved payment methods at the provider, without the library. */
class MethodChangeTest {
    private static final PaymentMethod BACKUP = new PaymentMethod("cus_1", "pm_2", "mastercard", "4444", "fp_2");

    private final Rig rig = new Rig().alone();

    @AfterEach
    void close() {
        rig.close();
    }

    private void low() {
        rig.enabled(ALICE, "1");
        rig.library.addPaymentMethod(ALICE, BACKUP);
        rig.events.clear();
    }

    private boolean report(@Nullable String method, @Nullable PaymentMethod now, String event) {
        return rig.library.settle(new MethodChange(
                ALICE,
                "cus_1",
                method,
                now,
                rig.library.installation(),
                new Notification(event, "payment_method.updated")));
    }

    private static PaymentMethod renewed(PaymentMethod card, String fingerprint) {
        return new PaymentMethod("cus_1", card.id(), card.brand(), "9999", fingerprint, "card", YearMonth.of(2040, 1));
    }

    private List<String> listed() {
        return rig.library.paymentMethods(ALICE).all().stream()
                .map(it -> it.method().id())
                .toList();
    }

    @Test
    void a_detached_method_leaves_the_list_once_and_the_backup_is_charged() {
        low();

        assertThat(report(CARD.id(), null, "evt_1")).isTrue();
        assertThat(report(CARD.id(), null, "evt_2")).isTrue();

        assertThat(listed()).containsExactly("pm_2");
        assertThat(rig.events)
                .extracting(AutoRechargeEvent::type, AutoRechargeEvent::subject, AutoRechargeEvent::reason)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(EventType.METHODS_CHANGED, "pm_1", "DETACHED"));
        rig.check();
        assertThat(rig.gateway.requests())
                .extracting(ChargeRequest::paymentMethodId)
                .containsExactly("pm_2");
    }

    @Test
    void without_any_method_the_status_says_what_is_missing() {
        low();

        report(CARD.id(), null, "evt_1");
        report(BACKUP.id(), null, "evt_2");

        assertThat(rig.library.status(ALICE).reason()).isEqualTo("NO_PAYMENT_METHOD");
        rig.check();
        assertThat(rig.gateway.requests()).isEmpty();
    }

    @Test
    void a_deleted_customer_takes_all_methods_along() {
        low();

        assertThat(report(null, null, "evt_1")).isTrue();
        assertThat(report(null, null, "evt_2")).isTrue();

        assertThat(listed()).isEmpty();
        assertThat(rig.events).extracting(AutoRechargeEvent::reason).containsExactly("CUSTOMER_DELETED");
    }

    @Test
    void renewed_details_are_shown_and_keep_the_place() {
        low();

        report(CARD.id(), renewed(CARD, CARD.fingerprint()), "evt_1");
        report(CARD.id(), renewed(CARD, CARD.fingerprint()), "evt_2");

        assertThat(listed()).containsExactly("pm_1", "pm_2");
        assertThat(rig.account().method().last4()).isEqualTo("9999");
        assertThat(rig.account().method().expiry()).isEqualTo(YearMonth.of(2040, 1));
        assertThat(rig.events).extracting(AutoRechargeEvent::reason).containsExactly("UPDATED");
    }

    @Test
    void a_renewed_card_ends_the_stop_of_the_one_that_was_out_of_date() {
        rig.enabled(ALICE, "1");
        stopped(Suspension.Reason.METHOD_UNUSABLE);

        report(CARD.id(), renewed(CARD, CARD.fingerprint()), "evt_1");

        assertThat(rig.account().state().suspension()).isNull();
        rig.check();
        assertThat(rig.gateway.captures()).hasSize(1);
    }

    @Test
    void a_renewed_card_that_was_stolen_stays_stopped() {
        rig.enabled(ALICE, "1");
        rig.gateway.declineNext("stolen_card", Kind.HARD);
        rig.check();

        report(CARD.id(), renewed(CARD, CARD.fingerprint()), "evt_1");

        assertThat(rig.account().state().suspension().reason()).isEqualTo(Suspension.Reason.HARD_DECLINE);
        assertThat(rig.account().method().last4()).isEqualTo("9999");
    }

    @Test
    void the_same_details_again_change_nothing() {
        low();

        report(CARD.id(), CARD, "evt_1");

        assertThat(rig.events).isEmpty();
    }

    @Test
    void a_method_that_is_not_listed_is_not_added() {
        low();

        assertThat(report("pm_9", new PaymentMethod("cus_1", "pm_9", "visa", "1", "fp_9"), "evt_1"))
                .isTrue();

        assertThat(listed()).containsExactly("pm_1", "pm_2");
    }

    @Test
    void customers_of_others_and_of_other_installations_change_nothing() {
        low();
        InstallationId ours = rig.library.installation();
        Notification event = new Notification("evt_1", "payment_method.detached");

        assertThat(rig.library.settle(new MethodChange(ALICE, "cus_other", CARD.id(), null, ours, event)))
                .isFalse();
        assertThat(rig.library.settle(
                        new MethodChange(ALICE, "cus_1", CARD.id(), null, new InstallationId("theirs"), event)))
                .isFalse();
        assertThat(rig.library.settle(new MethodChange(AccountId.of("nobody"), "cus_1", CARD.id(), null, ours, event)))
                .isFalse();
        assertThat(rig.library.settle(new MethodChange(ALICE, "cus_other", CARD.id(), null, null, event)))
                .isFalse();
        assertThat(listed()).containsExactly("pm_1", "pm_2");
        // A customer from before installations had ids is the account's.
        assertThat(rig.library.settle(new MethodChange(ALICE, "cus_1", CARD.id(), null, null, event)))
                .isTrue();
    }

    @Test
    void a_report_names_the_method_of_its_customer() {
        assertThatThrownBy(() -> new MethodChange(ALICE, "cus_other", CARD.id(), CARD, null, null))
                .isInstanceOf(InvalidValueException.class);
    }

    private void stopped(Suspension.Reason reason) {
        rig.store.inTransaction(ALICE, tx -> {
            tx.save(rig.account().state().stopped(new Suspension(reason, rig.clock.instant(), CARD.fingerprint())));
            return tx;
        });
    }
}
