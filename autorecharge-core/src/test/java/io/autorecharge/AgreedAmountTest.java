package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.autorecharge.account.Agreement;
import io.autorecharge.account.Consent;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.policy.Bonus;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.Sizing;
import io.autorecharge.report.SaveResult;
import io.autorecharge.report.SettingsPreview;
import io.autorecharge.report.Status;
import io.autorecharge.testkit.FakeGateway;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Nothing is charged that the payer was not shown. The balance is 125, the threshold 400, and the package 50 credits for 5 dollars, without a
 * bonus: six packages close the gap.
 */
class AgreedAmountTest {
    private static final Settings ON = new Settings(true, 50, Credits.of(400));
    private static final Settings OFF = new Settings(false, 50, Credits.of(400));
    private static final Agreement TEXT = Agreement.bySwitchingOn("v1");

    private Rig rig = new Rig(b -> b.bonus(Bonus.none())).alone();

    @AfterEach
    void close() {
        rig.close();
    }

    private void alice(String balance) {
        rig.library.grant(new Grant(ALICE, Credits.of(balance), Category.PAID, "start", "Start"));
        rig.card(ALICE, Rig.CARD);
    }

    @Test
    void saving_without_a_confirmation_charges_one_package_and_the_rest_of_the_gap_is_not_charged_later() {
        alice("125");

        rig.library.save(ALICE, ON, TEXT);
        rig.check();
        assertThat(charges()).containsExactly(usd("5.00"));
        for (int i = 0; i < 40; i++) {
            rig.clock.advance(Duration.ofMinutes(5));
            rig.debit("0.1", "use-" + i);
            rig.check();
        }

        assertThat(charges()).containsExactly(usd("5.00"));
        assertThat(status().state()).isEqualTo(Status.State.ACTIVE);
        assertThat(status().reason()).isEqualTo(HoldReason.AMOUNT_NOT_AGREED.name());
    }

    @Test
    void the_preview_says_what_saving_charges_with_and_without_a_confirmation() {
        alice("125");

        SettingsPreview preview = rig.library.preview(ALICE, ON);

        assertThat(preview.amount()).isEqualTo(usd("30.00"));
        assertThat(preview.unconfirmedAmount()).isEqualTo(usd("5.00"));
        assertThat(preview.max()).as("from a balance of zero").isEqualTo(usd("45.00"));
        assertThat(preview.method()).isEqualTo(Rig.CARD);
        assertThat(rig.account().settings().enabled()).isFalse();
        assertThat(rig.account().state().consent()).isNull();
        assertThat(rig.events).isEmpty();
    }

    @Test
    void a_confirmed_amount_is_charged_and_the_confirmed_maximum_binds_every_later_recharge() {
        alice("125");

        SaveResult result = rig.library.save(ALICE, ON, TEXT.confirming(usd("30.00"), usd("45.00")));
        rig.check();
        assertThat(result).isInstanceOf(SaveResult.Saved.class);
        assertThat(charges()).containsExactly(usd("30.00"));
        assertThat(consent().max()).isEqualTo(usd("45.00"));

        rig.clock.advance(Duration.ofHours(1));
        rig.debit("425", "all");
        rig.check();
        assertThat(charges()).containsExactly(usd("30.00"), usd("45.00"));

        rig.clock.advance(Duration.ofHours(1));
        rig.debit("501", "overdraft");
        rig.check();
        assertThat(charges()).hasSize(2);
        assertThat(status().reason()).isEqualTo(HoldReason.AMOUNT_NOT_AGREED.name());
    }

    @Test
    void what_the_user_agrees_to_is_an_event_when_it_is_given_and_when_it_changes() {
        alice("500");

        rig.library.save(ALICE, ON, TEXT.confirming(usd("0.00"), usd("45.00")));
        rig.library.save(ALICE, ON, TEXT.confirming(usd("0.00"), usd("30.00")));
        rig.library.save(ALICE, ON, TEXT.confirming(usd("0.00"), usd("30.00")));

        assertThat(rig.events)
                .extracting(AutoRechargeEvent::type, AutoRechargeEvent::amount, AutoRechargeEvent::reason)
                .containsExactly(
                        tuple(EventType.ENABLED, usd("45.00"), "v1"),
                        tuple(EventType.AGREEMENT_CHANGED, usd("30.00"), "v1"));
    }

    @Test
    void a_confirmation_of_another_amount_saves_and_charges_nothing_and_returns_the_new_amount() {
        alice("125");
        rig.debit("60", "meanwhile");

        SaveResult result = rig.library.save(ALICE, ON, TEXT.confirming(usd("30.00"), usd("45.00")));
        rig.check();

        assertThat(((SaveResult.AmountChanged) result).now().amount()).isEqualTo(usd("35.00"));
        assertThat(rig.account().settings().enabled()).isFalse();
        assertThat(rig.account().settings().credits()).isNull();
        assertThat(rig.account().state().consent()).isNull();
        assertThat(charges()).isEmpty();
        assertThat(rig.eventTypes()).doesNotContain(EventType.ENABLED);
    }

    @Test
    void a_debit_between_saving_and_charging_does_not_raise_the_charge_above_the_maximum() {
        alice("125");
        rig.library.save(ALICE, ON, TEXT.confirming(usd("30.00"), usd("30.00")));
        rig.debit("60", "meanwhile");

        rig.check();

        assertThat(charges()).containsExactly(usd("30.00"));
    }

    @Test
    void confirming_that_nothing_is_charged_saves_nothing_when_something_would_be() {
        alice("125");

        assertThat(rig.library.save(ALICE, ON, TEXT.confirming(usd("0.00"), usd("45.00"))))
                .isInstanceOf(SaveResult.AmountChanged.class);
        assertThat(rig.library.save(ALICE, OFF, TEXT.confirming(usd("30.00"), usd("45.00"))))
                .as("switching off always works")
                .isInstanceOf(SaveResult.Saved.class);
    }

    @Test
    void saving_while_it_is_on_keeps_the_recorded_agreement_and_holds_what_exceeds_it() {
        alice("9");
        rig.library.save(ALICE, new Settings(true, 50, Credits.of(10)), TEXT);
        rig.check();
        Consent given = consent();
        rig.clock.advance(Duration.ofDays(1));

        rig.library.save(ALICE, ON, Agreement.bySwitchingOn("v2"));
        rig.check();

        assertThat(consent()).isEqualTo(given);
        assertThat(rig.account().settings()).isEqualTo(ON);
        assertThat(charges())
                .as("saving again gave no agreement, so not even one package more")
                .hasSize(1);
        assertThat(status().reason()).isEqualTo(HoldReason.AMOUNT_NOT_AGREED.name());
    }

    @Test
    void another_package_is_held_until_its_price_is_confirmed() {
        alice("9");
        rig.library.save(ALICE, new Settings(true, 50, Credits.of(1)), TEXT);
        Settings larger = new Settings(true, 500, Credits.of(10));

        SaveResult saved = rig.library.save(ALICE, larger, TEXT);
        rig.check();

        assertThat(((SaveResult.Saved) saved).next())
                .isEqualTo(io.autorecharge.policy.Decision.Hold.because(HoldReason.AMOUNT_NOT_AGREED));
        assertThat(charges()).isEmpty();
        assertThat(status().state()).isEqualTo(Status.State.INCOMPLETE);
        assertThat(status().missing()).containsExactly(HoldReason.AMOUNT_NOT_AGREED);

        rig.confirmed(ALICE, larger, "35.00");
        rig.check();
        assertThat(charges()).containsExactly(usd("35.00"));
    }

    @Test
    void another_text_is_recorded_only_when_it_was_shown() {
        alice("500");
        rig.library.save(ALICE, ON, TEXT.confirming(usd("0.00"), usd("45.00")));
        Consent first = consent();

        rig.library.save(ALICE, ON, Agreement.bySwitchingOn("v2"));
        assertThat(consent()).isEqualTo(first);
        rig.library.save(ALICE, ON, Agreement.none());
        assertThat(consent()).isEqualTo(first);

        rig.clock.advance(Duration.ofDays(1));
        rig.library.save(ALICE, ON, Agreement.to("v2"));
        assertThat(consent()).isEqualTo(settings("v2", "5.00"));
        rig.library.save(ALICE, ON, Agreement.none().confirming(usd("0.00"), usd("45.00")));
        assertThat(consent()).as("an amount, and no text, was confirmed").isEqualTo(settings("v2", "45.00"));
    }

    @Test
    void switching_on_without_any_text_records_nothing_and_charges_nothing() {
        alice("1");

        rig.library.save(ALICE, ON, Agreement.none());
        rig.check();

        assertThat(rig.account().state().consent()).isNull();
        assertThat(charges()).isEmpty();
        assertThat(status().missing()).containsExactly(HoldReason.NO_CONSENT);
    }

    @Test
    void a_higher_price_after_a_change_of_the_configuration_is_not_charged() {
        alice("125");
        rig.library.save(ALICE, new Settings(true, 50, Credits.of(100)), TEXT);
        RechargePolicy dearer = RechargePolicy.builder(PackageCatalog.of(Rig.pack(50, "6.00")))
                .bonus(Bonus.none())
                .build();
        Rig restarted = new Rig(dearer, rig.store).alone();
        restarted.debit("50", "use");

        restarted.check();

        assertThat(restarted.gateway.captures()).isEmpty();
        assertThat(restarted.library.status(ALICE).missing())
                .containsExactly(HoldReason.PRICE_CHANGED, HoldReason.AMOUNT_NOT_AGREED);
        restarted.confirmed(ALICE, new Settings(true, 50, Credits.of(100)), "6.00");
        restarted.check();
        assertThat(restarted.gateway.captures()).hasSize(1);
        restarted.close();
    }

    @Test
    void an_agreement_from_before_covers_one_package_or_the_dearest_paid_recharge() {
        alice("125");
        rig.library.save(ALICE, ON, TEXT.confirming(usd("30.00"), usd("30.00")));
        rig.check();
        asBefore();
        rig.clock.advance(Duration.ofHours(1));
        rig.debit("280", "use");
        rig.check();
        assertThat(charges()).as("as much as before").containsExactly(usd("30.00"), usd("30.00"));
        assertThat(consent().max()).as("recorded with the first recharge").isEqualTo(usd("30.00"));

        asBefore();
        rig.clock.advance(Duration.ofHours(1));
        rig.debit("380", "more");
        rig.check();
        assertThat(charges()).hasSize(2);
        assertThat(status().reason()).isEqualTo(HoldReason.AMOUNT_NOT_AGREED.name());
    }

    @Test
    void an_agreement_from_before_without_a_paid_recharge_covers_one_package_and_no_other_package() {
        alice("125");
        rig.library.save(ALICE, new Settings(true, 50, Credits.of(10)), TEXT);
        asBefore();

        rig.library.save(ALICE, new Settings(true, 500, Credits.of(400)), TEXT);
        rig.check();

        assertThat(charges()).isEmpty();
        assertThat(consent().max()).isEqualTo(usd("5.00"));
    }

    @Test
    void a_recharge_to_a_target_is_reduced_to_the_maximum_when_that_lifts_the_balance_above_the_threshold() {
        rig.close();
        rig = new Rig(b -> b.bonus(Bonus.none()).sizing(Sizing.target(Credits.of(500)))).alone();
        alice("390");
        Settings on = new Settings(true, 100, Credits.of(400));
        rig.confirmed(ALICE, on, "20.00");
        rig.check();
        assertThat(charges()).containsExactly(usd("9.90"));

        rig.clock.advance(Duration.ofHours(1));
        rig.debit("250", "use");
        rig.check();
        assertThat(charges()).as("22.50 would reach the target").containsExactly(usd("9.90"), usd("20.00"));

        rig.clock.advance(Duration.ofHours(1));
        rig.debit("350", "more");
        rig.check();
        assertThat(charges()).as("20.00 would leave it low").hasSize(2);
    }

    @Test
    void an_attempt_that_was_refused_is_not_sent_again_above_a_maximum_that_was_lowered_since() {
        alice("125");
        rig.library.save(ALICE, ON, TEXT.confirming(usd("30.00"), usd("45.00")));
        rig.gateway.refuseNext(Reason.BUSY);
        rig.check();
        rig.library.save(ALICE, OFF, Agreement.none());
        rig.library.save(ALICE, ON, TEXT);
        rig.clock.advance(Duration.ofMinutes(10));

        rig.check();

        assertThat(charges()).isEmpty();
    }

    @Test
    void a_checkout_that_enables_auto_recharge_covers_its_package_and_closes_no_larger_gap() {
        alice("10");
        rig.library.save(ALICE, OFF, Agreement.none());
        CheckoutSession session = rig.library.openCheckout(ALICE, 50, "v1", null);
        rig.checkout.outcomes.put(session.sessionId(), new CheckoutOutcome.Paid("pi_1", usd("5.00"), Rig.CARD));

        rig.library.refreshCheckouts(ALICE);
        for (int i = 0; i < 3; i++) {
            rig.check();
            rig.clock.advance(Duration.ofMinutes(6));
        }

        assertThat(rig.balance()).isEqualTo(Credits.of(60));
        assertThat(consent().max()).isEqualTo(usd("5.00"));
        assertThat(charges()).isEmpty();
        assertThat(status().reason()).isEqualTo(HoldReason.AMOUNT_NOT_AGREED.name());
    }

    @Test
    void a_checkout_while_it_is_on_keeps_the_recorded_agreement_unless_another_text_was_shown() {
        alice("500");
        rig.library.save(ALICE, ON, TEXT.confirming(usd("0.00"), usd("45.00")));
        Consent given = consent();
        rig.clock.advance(Duration.ofDays(1));

        pay(Agreement.bySwitchingOn("v2"), "pi_1");
        assertThat(consent().version()).isEqualTo("v1");
        assertThat(consent().at()).isEqualTo(given.at());
        assertThat(consent().max()).isEqualTo(usd("45.00"));

        pay(Agreement.to("v2").confirming(usd("0.00"), usd("40.00")), "pi_2");
        assertThat(consent()).isEqualTo(new Consent("v2", rig.clock.instant(), usd("40.00"), Consent.Source.CHECKOUT));
    }

    private void pay(Agreement agreement, String charge) {
        CheckoutSession session = rig.library.openCheckout(ALICE, agreement, 50, null);
        rig.checkout.outcomes.put(session.sessionId(), new CheckoutOutcome.Paid(charge, usd("5.00"), Rig.CARD));
        rig.library.refreshCheckouts(ALICE);
    }

    @Test
    void amounts_that_cannot_be_confirmed_are_refused() {
        for (String[] bad : new String[][] {{"-1.00", "5.00"}, {"5.00", "4.99"}, {"0.00", "0.00"}}) {
            assertThatThrownBy(() -> TEXT.confirming(usd(bad[0]), usd(bad[1])))
                    .isInstanceOf(InvalidValueException.class);
        }
        assertThatThrownBy(() -> TEXT.confirming(usd("5.00"), Money.of("5.00", "EUR")))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void every_charge_that_is_published_is_within_the_agreement() {
        alice("125");
        rig.library.save(ALICE, ON, TEXT);
        rig.check();

        assertThat(rig.events)
                .filteredOn(it -> it.type() == EventType.RECHARGE_PAID)
                .extracting(AutoRechargeEvent::amount)
                .containsExactly(usd("5.00"));
    }

    /** As a version stored it that recorded no maximum. */
    private void asBefore() {
        rig.store.inTransaction(ALICE, tx -> {
            Consent given = tx.account().state().consent();
            tx.save(tx.account().state().withConsent(new Consent(given.version(), given.at())));
            return tx;
        });
    }

    private Consent settings(String version, String max) {
        return new Consent(version, rig.clock.instant(), usd(max), Consent.Source.SETTINGS);
    }

    private @Nullable Consent consent() {
        Consent consent = rig.account().state().consent();
        return consent == null ? null : consent.withBought(null);
    }

    private Status status() {
        return rig.library.status(ALICE);
    }

    private List<Money> charges() {
        return rig.gateway.captures().stream().map(FakeGateway.Capture::amount).toList();
    }

    private static Money usd(String amount) {
        return Money.of(amount, "USD");
    }
}
