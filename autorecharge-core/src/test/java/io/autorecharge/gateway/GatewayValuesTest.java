package io.autorecharge.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Reference;
import io.autorecharge.credit.Refusal;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the values of the provider's ports refuse. */
class GatewayValuesTest {
    private static final Money NOTHING = Money.ofMinor(0, "USD");

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", " a", "a\nb", "\uD800"})
    void ids_must_be_given_and_printable_and_are_refused_by_name(String bad) {
        refused("attemptId", bad, AttemptId::new);
        refused("rechargeId", bad, RechargeId::new);
        refused("checkoutId", bad, CheckoutId::new);
        refused("reversalId", bad, it -> new Reversal(it, Reversal.Kind.REFUND, NOTHING, NOTHING));
        refused("noticeId", bad, it -> new ReversalNotice(it, "charge.refunded", "pi_1"));
        refused("type", bad, it -> new ReversalNotice("evt_1", it, "pi_1"));
        refused("notificationId", bad, it -> new ProviderReport.Notification(it, "charge.updated"));
        refused("type", bad, it -> new ProviderReport.Notification("evt_1", it));
        refused("providerReference", bad, it -> new ReversalNotice("evt_1", "charge.refunded", it));
        refused("providerReference", bad, Reference::purchase);
        refused("customerId", bad, it -> new PaymentMethod(it, "pm_1", null, null, null));
        refused("paymentMethodId", bad, it -> new PaymentMethod("cus_1", it, null, null, null));
        refused("consentVersion", bad, it -> new Consent(it, Instant.EPOCH));
    }

    @Test
    void the_terms_of_a_charge_have_a_package_and_credits() {
        Credits some = Credits.of(100);

        Refusal.check("packageCredits", 0, "must be at least 1", () -> new ChargeTerms(0, some, Credits.ZERO));
        Refusal.check("credits", "0", "must be positive", () -> new ChargeTerms(100, Credits.ZERO, Credits.ZERO));
        Refusal.check("bonus", "-1", "must not be negative", () -> new ChargeTerms(100, some, Credits.of(-1)));
    }

    @Test
    void the_terms_of_a_checkout_have_no_negative_credits_and_no_blank_consent() {
        Refusal.check("credits", -1, "must be at least 0", () -> CheckoutTerms.of(-1));
        Refusal.check("consentVersion", " ", "must not be blank", () -> new CheckoutTerms(100, true, " ", null));
    }

    @Test
    void a_report_names_the_argument_that_is_null() {
        AttemptId attempt = new AttemptId("a-1");
        assertThatNullPointerException()
                .isThrownBy(
                        () -> new ProviderReport.Charge(null, attempt, "cus_1", new Outcome.Unknown("?"), null, null))
                .withMessage("account");
    }

    private static void refused(String field, String bad, Consumer<String> taker) {
        assertThat(Refusal.of(() -> taker.accept(bad)).field()).isEqualTo(field);
    }
}
