package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static io.autorecharge.Rig.CARD;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.Money;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.CheckResult;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The breaker is keyed to the card, not to the id under which it is saved. */
class StoppedCardTest {
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @BeforeEach
    void low() {
        rig.enabled(ALICE, "1");
    }

    @Test
    void a_stopped_card_that_is_saved_again_stays_stopped_and_another_card_is_charged() {
        rig.gateway.declineNext("stolen_card", Kind.HARD);
        rig.check();
        int asked = rig.gateway.requests().size();

        save(card("pm_2", CARD.fingerprint()));
        rig.clock.advance(Duration.ofDays(3));
        assertThat(reasonOf(rig.check())).isEqualTo(HoldReason.SUSPENDED);
        rig.library.forgetPaymentMethod(ALICE);
        save(card("pm_3", CARD.fingerprint()));
        assertThat(reasonOf(rig.check())).isEqualTo(HoldReason.SUSPENDED);
        assertThat(rig.gateway.requests()).hasSize(asked);

        save(card("pm_4", "fp_other"));
        assertThat(rig.eventTypes()).contains(EventType.RESUMED);
        rig.check();
        assertThat(rig.gateway.captures()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"fp_1", ","})
    void a_card_that_may_be_the_stopped_one_ends_nothing(@Nullable String fingerprint) {
        rig.gateway.declineNext("stolen_card", Kind.HARD);
        rig.check();

        save(card("pm_2", fingerprint));

        assertThat(rig.account().state().suspension()).isNotNull();
    }

    @Test
    void a_card_that_declined_thrice_is_no_better_when_it_is_saved_again() {
        rig.gateway.declineAll("insufficient_funds", Kind.SOFT);
        for (int i = 0; i < 3; i++) {
            rig.check();
            rig.clock.advance(Duration.ofHours(48));
        }
        save(card("pm_2", CARD.fingerprint()));
        assertThat(reasonOf(rig.check())).isEqualTo(HoldReason.SUSPENDED);
    }

    @Test
    void saving_the_same_card_again_does_not_shorten_the_back_off_and_another_card_does_not_wait() {
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);
        rig.check();
        rig.clock.advance(Duration.ofMinutes(10));

        save(card("pm_2", CARD.fingerprint()));
        assertThat(reasonOf(rig.check())).isEqualTo(HoldReason.BACKING_OFF);
        save(card("pm_3", "fp_other"));
        rig.check();

        assertThat(rig.gateway.captures()).hasSize(1);
    }

    @Test
    void a_card_that_was_deleted_at_the_provider_is_usable_again_only_under_a_new_id() {
        rig.gateway.declineNext("payment_method_gone", Kind.METHOD_UNUSABLE);
        rig.check();

        save(CARD);
        assertThat(rig.account().state().suspension()).isNotNull();
        save(card("pm_2", CARD.fingerprint()));

        assertThat(rig.account().state().suspension()).isNull();
    }

    @Test
    void another_card_does_not_end_the_stop_of_a_dispute() {
        rig.check();
        Money none = Money.of("0.00", "USD");
        Reversal dispute = new Reversal("dp_1", Reversal.Kind.DISPUTE, none, none);
        rig.settle(
                rig.library, ALICE, new PaymentReversals("pi_1", "cus_1", Money.of("9.00", "USD"), List.of(dispute)));

        save(card("pm_2", "fp_other"));

        assertThat(rig.account().state().suspension()).isNotNull();
    }

    private void save(PaymentMethod method) {
        rig.library.savePaymentMethod(ALICE, method);
    }

    private static PaymentMethod card(String id, @Nullable String fingerprint) {
        return new PaymentMethod("cus_1", id, "visa", "4242", fingerprint);
    }

    private static HoldReason reasonOf(CheckResult visit) {
        return ((CheckResult.Held) visit).hold().reason();
    }
}
