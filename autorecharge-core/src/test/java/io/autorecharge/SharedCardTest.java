package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static io.autorecharge.Rig.CARD;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.policy.CardLimit;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.CheckResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One card is not tried more often than the card networks allow, whatever its accounts do, and a stopped card is stopped everywhere. */
class SharedCardTest {
    private static final AccountId BOB = AccountId.of("bob");
    private static final Duration SIX_HOURS = Duration.ofHours(6);

    private final Rig rig = new Rig();

    @Test
    void saving_the_settings_every_six_hours_does_not_try_a_card_more_than_ten_times_in_30_days() {
        rig.enabled(ALICE, "1");
        rig.gateway.declineAll("do_not_honor", Kind.SOFT);
        Instant start = rig.clock.instant();

        while (rig.clock.instant().isBefore(start.plus(Duration.ofDays(30)))) {
            rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), null);
            rig.check();
            rig.clock.advance(SIX_HOURS);
        }

        assertThat(rig.gateway.requests()).hasSize(CardLimit.DEFAULT_ATTEMPTS);
        assertThat(held(HoldReason.CARD_LIMIT))
                .hasSize(1)
                .first()
                .satisfies(it -> assertThat(it.until()).isEqualTo(start.plus(Duration.ofDays(30))));
    }

    @Test
    void two_accounts_share_the_attempts_of_one_card_and_are_charged_again_when_the_first_is_30_days_old() {
        rig.enabled(ALICE, "1").enabled(BOB, "1");
        rig.card(BOB, new PaymentMethod("cus_2", "pm_2", "visa", "4242", CARD.fingerprint()));
        rig.gateway.declineAll("do_not_honor", Kind.SOFT);
        for (int i = 0; i < 20; i++) {
            resumed(ALICE);
            resumed(BOB);
            rig.library.check(ALICE);
            rig.library.check(BOB);
            rig.clock.advance(Duration.ofDays(1));
        }
        assertThat(rig.gateway.requests()).hasSize(CardLimit.DEFAULT_ATTEMPTS);

        rig.gateway.approveAll();
        rig.clock.advance(Duration.ofDays(20));
        resumed(BOB);
        rig.library.check(BOB);

        assertThat(rig.gateway.captures(BOB)).hasSize(1);
    }

    @Test
    void successes_do_not_count() {
        rig.enabled(ALICE, "1");
        for (int i = 0; i < 15; i++) {
            rig.check();
            rig.debit("120", "use-" + i);
            rig.clock.advance(Duration.ofHours(12));
        }

        assertThat(rig.gateway.captures(ALICE)).hasSize(15);
    }

    @Test
    void a_card_that_was_stopped_on_one_account_is_not_charged_on_another() {
        rig.enabled(ALICE, "1").enabled(BOB, "1");
        rig.card(BOB, new PaymentMethod("cus_2", "pm_2", "visa", "4242", CARD.fingerprint()));
        rig.gateway.declineNext("stolen_card", Kind.HARD);
        rig.check();

        assertThat(rig.library.check(BOB))
                .isEqualTo(new CheckResult.Held(BOB, Decision.Hold.because(HoldReason.CARD_STOPPED)));
        rig.library.check(BOB);

        assertThat(rig.gateway.requests()).hasSize(1);
        assertThat(rig.library.preview(BOB)).isEqualTo(Decision.Hold.because(HoldReason.CARD_STOPPED));
        assertThat(held(HoldReason.CARD_STOPPED)).hasSize(1);
        assertThat(rig.store.find(BOB).orElseThrow().state().dueAt()).isNull();

        rig.card(BOB, new PaymentMethod("cus_2", "pm_3", "visa", "1881", "fp_3"));
        rig.library.check(BOB);
        assertThat(rig.gateway.captures(BOB)).hasSize(1);
    }

    @Test
    void an_operator_releases_a_card_that_was_stopped_by_mistake() {
        rig.enabled(ALICE, "1").enabled(BOB, "1");
        rig.card(BOB, new PaymentMethod("cus_2", "pm_2", "visa", "4242", CARD.fingerprint()));
        rig.gateway.declineNext("stolen_card", Kind.HARD);
        rig.check();

        assertThat(rig.library.releaseCard(BOB)).isTrue();
        rig.library.check(BOB);

        assertThat(rig.gateway.captures(BOB)).hasSize(1);
        assertThat(rig.library.releaseCard(AccountId.of("nobody"))).isFalse();
    }

    @Test
    void a_card_that_is_stopped_while_its_attempt_waits_to_be_sent_again_is_not_sent() {
        rig.enabled(ALICE, "1").enabled(BOB, "1");
        rig.card(BOB, new PaymentMethod("cus_2", "pm_2", "visa", "4242", CARD.fingerprint()));
        rig.gateway.refuseNext(io.autorecharge.gateway.Outcome.NotSubmitted.Reason.BUSY);
        rig.library.check(BOB);
        rig.gateway.declineNext("stolen_card", Kind.HARD);
        rig.check();

        rig.clock.advance(Duration.ofMinutes(1));
        rig.library.check(BOB);

        assertThat(rig.gateway.requests()).hasSize(2);
        assertThat(rig.gateway.captures(BOB)).isEmpty();
    }

    @Test
    void a_purchase_with_the_stopped_card_in_person_lifts_its_stop() {
        rig.enabled(ALICE, "1");
        rig.gateway.declineNext("restricted_card", Kind.HARD);
        rig.check();
        rig.library.openCheckout(ALICE, 50, "v1", null);
        rig.settle(
                rig.library,
                ALICE,
                rig.checkout.last().checkout(),
                new CheckoutOutcome.Paid(
                        "pi_in_person",
                        rig.library.policy().packages().require(50).price(),
                        new PaymentMethod(
                                rig.checkout.last().customerId(), "pm_9", "visa", "4242", CARD.fingerprint())));
        rig.debit("100", "use");
        rig.clock.advance(Duration.ofHours(1));

        rig.check();

        assertThat(rig.gateway.captures(ALICE)).hasSize(1);
    }

    private void resumed(AccountId account) {
        rig.library.configure(account, new Settings(true, 100, Credits.of(10)), null);
    }

    private List<AutoRechargeEvent> held(HoldReason reason) {
        return rig.events.stream()
                .filter(it ->
                        it.type() == EventType.RECHARGE_HELD && reason.name().equals(it.reason()))
                .toList();
    }
}
